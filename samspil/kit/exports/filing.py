"""A record for the organisation's own records system (ESDH, diarium): the document and what is known of it.

One ZIP with the document as tagged PDF and as Word, the files that belong to it, and the same metadata as
JSON and as CSV. The keys are the same in every language, for programs read them. The same record gives the
same bytes: the archive bears no date of its own.
"""

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from samspil.kit.exports import Document, Export, write
from samspil.kit.exports.as_csv import guarded

FORMAT = "samspil-filing-1"
NO_DATE = (1980, 1, 1, 0, 0, 0)  # the earliest a ZIP can say
EVERYBODY, COMMITTEE = "organisation", "committee"  # who may read it in Samspil


@dataclass(frozen=True)
class Signed:
    """Who released, approved or decided, in which place, and when."""

    act: str
    place: str
    name: str
    on: str


@dataclass(frozen=True)
class Filing:
    """A record and what an archive asks about it. What is not known stays empty."""

    kind: str  # minutes, agenda, gate_decision
    document: Document
    readers: str  # EVERYBODY or COMMITTEE
    committee: str = ""
    initiative: str = ""
    signed: Sequence[Signed] = ()
    fingerprint: str = ""  # of the text that was signed, or of the answers that were frozen
    retention: str = ""
    parts: Sequence[tuple[str, str]] = ()  # title and case number of what it holds
    files: Sequence[Export] = ()


def pack(filing: Filing) -> Export:
    """The record as one file to be handed over."""
    files = [write(filing.document, "pdf"), write(filing.document, "docx"), *_annexes(filing.files)]
    known = metadata(filing, files)
    text = json.dumps(known, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in [
            *((one.filename, one.bytes) for one in files),
            ("metadata.json", text.encode()),
            ("metadata.csv", _as_csv(known)),
        ]:
            _add(packed, name, content)
    stem = files[0].filename.removesuffix(".pdf")
    return Export(f"{stem}.zip", "application/zip", archive.getvalue())


def metadata(filing: Filing, files: Iterable[Export]) -> dict[str, Any]:
    """What an archive asks about the record."""
    known = filing.document.metadata
    return {
        "format": FORMAT,
        "kind": filing.kind,
        "title": filing.document.title,
        "case_number": known.case_number,
        "organisation": known.organisation,
        "committee": filing.committee,
        "initiative": filing.initiative,
        "date": known.date.isoformat() if known.date else "",
        "language": filing.document.language,
        "readable_by": filing.readers,
        "retention_class": filing.retention,
        "fingerprint": filing.fingerprint,
        "signed": [vars(one) for one in filing.signed],
        "parts": [{"title": title, "case_number": number} for title, number in filing.parts],
        "files": [
            {
                "name": one.filename,
                "content_type": one.content_type,
                "bytes": len(one.bytes),
                "sha256": hashlib.sha256(one.bytes).hexdigest(),
            }
            for one in files
        ],
    }


def _annexes(files: Iterable[Export]) -> Iterator[Export]:
    for one in files:
        name = one.filename.replace("\\", "/").rsplit("/", 1)[-1]
        yield Export(f"annex/{name}", one.content_type, one.bytes)


def _add(packed: zipfile.ZipFile, name: str, content: bytes) -> None:
    entry = zipfile.ZipInfo(name, NO_DATE)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system, entry.external_attr = 3, 0o644 << 16
    packed.writestr(entry, content)


def _as_csv(known: Mapping[str, Any]) -> bytes:
    """One line a fact; what there may be several of is numbered."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(["field", "value"])
    writer.writerows([name, guarded(value)] for name, value in _lines("", known))
    return out.getvalue().encode("utf-8-sig")


def _lines(name: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        for key, part in value.items():
            yield from _lines(f"{name}.{key}" if name else key, part)
    elif isinstance(value, list):
        for number, part in enumerate(value, 1):
            yield from _lines(f"{name}.{number}", part)
    else:
        yield name, str(value)
