"""The house that is kept for a version: the small demo, with everything of the first walk in it."""

from datetime import UTC, datetime

from samspil.organisation.content import load_house
from samspil.web.demo_house import build as build_demo

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def build() -> None:
    load_house(AT)
    build_demo(AT, quick=True)
