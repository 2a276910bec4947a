"""The dated key figures that come with the house, read from its content files."""

import tomllib
from functools import cache
from pathlib import Path

from samspil.core.business_case.key_figures import KeyFigures, from_content

FOLDER = Path(__file__).parent / "content" / "key_figures"


@cache
def in_the_house() -> tuple[KeyFigures, ...]:
    files = sorted(FOLDER.glob("*.toml"))
    return tuple(from_content(tomllib.loads(file.read_text(encoding="utf-8"))) for file in files)
