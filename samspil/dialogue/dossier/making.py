"""From what was read to the one file: documents are written, the offline page is set, all is sealed.

The same facts give the same bytes. Nothing here asks the database.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from samspil.core import dossier as core
from samspil.dialogue.dossier import names, overview
from samspil.dialogue.dossier.reading import Gathered
from samspil.kit.charts import draw
from samspil.kit.exports import Block, ChartBlock, Document, Export, write
from samspil.kit.exports.filing import COMMITTEE, EVERYBODY, Filing, metadata

INDEX, FILING = "index.html", "filing.json"
WIDE = 920  # px that a chart has on a screen; offline.css shows it from 60rem on


@dataclass(frozen=True)
class Made:
    """A dossier as bytes. `package_sha256` stands in its manifest, `file_sha256` is of the bytes."""

    content: bytes
    package_sha256: str
    file_sha256: str


def make(gathered: Gathered) -> Made:
    with translation.override(gathered.language):
        files = core.sealed(list(_files(gathered)), _about(gathered.facts))
    content = core.pack(files)
    manifest = json.loads(files[-1][1])
    return Made(content, manifest["package_sha256"], core.sha256(content))


def _files(gathered: Gathered) -> Iterator[tuple[str, bytes]]:
    """The front first, then what it leads to, in the order of the folders; what programs read comes last."""
    front = overview.document(gathered.facts, gathered.language)
    front_name = names.folder(1, _("Overview")) + ".pdf"
    inside = {name: _written(gathered.files[name]) for name in sorted(gathered.files) if name != core.JOURNAL}
    yield front_name, _written(front)
    yield INDEX, _index(front, front_name, inside, gathered)
    yield from inside.items()
    yield FILING, _filing(front, inside, gathered)
    yield core.FACTS, core.readable(gathered.facts)
    yield core.JOURNAL, bytes(gathered.files[core.JOURNAL])  # type: ignore[arg-type]


def _written(content: bytes | Document) -> bytes:
    return content if isinstance(content, bytes) else write(content, "pdf").bytes


def _about(facts: Mapping[str, Any]) -> dict[str, str]:
    """What a program reads of a package without opening it."""
    return {
        "title": facts["initiative"]["title"],
        "organisation": facts["organisation"],
        "case_number": facts["initiative"]["case_number"],
        "language": facts["language"],
        "made_on": facts["made_on"],
        "readable_by": _readers(facts),
    }


def _readers(facts: Mapping[str, Any]) -> str:
    return COMMITTEE if facts["closed_but_readable_here"] else EVERYBODY


def _filing(front: Document, inside: Mapping[str, bytes], gathered: Gathered) -> bytes:
    """What an archive asks of the package and of each document in it, with the case numbers."""
    facts = gathered.facts
    whole = Filing(
        kind="dossier",
        document=front,
        readers=_readers(facts),
        initiative=facts["initiative"]["title"],
        parts=[(item["title"], item["case_number"]) for item in facts["items"]],
    )
    every = [Export(name, _kind(name), content) for name, content in inside.items()]
    records = [
        metadata(filing, [Export(name, _kind(name), inside[name]), *filing.files])
        for name, filing in sorted(gathered.records.items())
    ]
    return core.readable({**metadata(whole, every), "records": records})


def _kind(name: str) -> str:
    known = {"pdf": "application/pdf", "json": "application/json"}
    return known.get(name.rpartition(".")[2].lower(), "application/octet-stream")


def _index(front: Document, front_name: str, inside: Mapping[str, bytes], gathered: Gathered) -> bytes:
    """The same to read in a browser without a network, with links to the files."""
    blocks = [_shown(block, gathered.language) for block in front.blocks]
    folders: dict[str, list[str]] = {}
    for name in inside:
        if not name.endswith(".json"):
            folders.setdefault(name.partition("/")[0], []).append(name)
    titles = gathered.titles
    context = {
        "document": front,
        "language": gathered.language,
        "blocks": blocks,
        "front": front_name,
        "folders": [
            (titles.get(folder, folder), [(name, titles.get(name, name)) for name in found])
            for folder, found in folders.items()
        ],
        "frozen": [name for name in inside if name.endswith(".json")],
        "for_programs": [core.FACTS, core.JOURNAL, FILING, core.MANIFEST],
    }
    return render_to_string("dialogue/dossier/offline.html", context).encode()


def _shown(block: Block, language: str) -> dict[str, Any]:
    """A block as the page sets it: a chart for a screen and for a phone; a cell with its heading."""
    shown: dict[str, Any] = {"kind": type(block).__name__, "block": block}
    if isinstance(block, ChartBlock):
        shown["wide"] = draw(block.chart.picture, language, width=WIDE, name="wide").svg
    table = block.chart.table if isinstance(block, ChartBlock) else getattr(block, "table", None)
    if table is not None:
        headings = [column.heading for column in table.headings()]
        shown["rows"] = [list(zip(headings, row, strict=True)) for row in table.worded(language)]
    return shown
