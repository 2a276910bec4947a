"""Content with a version: question models, process models, regimes and dated tables.

TOML files of a room become immutable rows, keyed by their hash and language. Loading again changes nothing;
a changed file becomes a new row and the old one stays for those who answered to it. An organisation's own
wording is a row of its own and wins over the common one.
"""

import hashlib
import json
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from samspil.kit import house
from samspil.organisation.models import Content, Organisation

READING_LANGUAGE = "en"
PACKAGE = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Loaded:
    """What a loading did."""

    new: int
    unchanged: int


def read_file(path: Path) -> dict[str, Any]:
    """A content file as plain values; dates become text so that they can be stored and hashed."""
    with path.open("rb") as file:
        body = tomllib.load(file)
    return json.loads(json.dumps(body, default=_text))  # type: ignore[no-any-return]


def load(paths: Iterable[Path], key_of: "Mapping[str, tuple[str, ...]]", at: datetime) -> Loaded:
    """Load files into rows. `key_of` tells, for a kind, which fields make its key."""
    new = unchanged = 0
    with transaction.atomic():
        for path in sorted(paths):
            body = read_file(path)
            key = ".".join(body[name] for name in key_of[body["kind"]])
            if keep(body["kind"], key, body["language"], body, at):
                new += 1
            else:
                unchanged += 1
    return Loaded(new, unchanged)


def keep(
    kind: str,
    key: str,
    language: str,
    body: Mapping[str, Any],
    at: datetime,
    organisation: Organisation | None = None,
) -> bool:
    """Keep a wording as the current row; tells whether it was new."""
    same = Q(kind=kind, key=key, language=language, organisation=organisation)
    sha256 = fingerprint(body)
    if Content.objects.filter(same, sha256=sha256, current=True).exists():
        return False
    Content.objects.filter(same, current=True).update(current=False)
    Content.objects.update_or_create(
        kind=kind,
        key=key,
        language=language,
        organisation=organisation,
        sha256=sha256,
        defaults={
            "body": body,
            "version": body["version"],
            "valid_from": body.get("from"),
            "current": True,
            "loaded_at": at,
        },
    )
    return True


def withdraw(kind: str, key: str, organisation: Organisation) -> None:
    """Let the common wording hold again. The organisation's rows stay for those who answered to them."""
    Content.objects.filter(kind=kind, key=key, organisation=organisation, current=True).update(current=False)


def fingerprint(body: Mapping[str, Any]) -> str:
    """The hash of a wording."""
    text = json.dumps(body, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def find(
    kind: str, key: str, languages: Iterable[str], organisation: Organisation | None = None
) -> Content | None:
    """The current wording in the first of the languages that has one; the organisation's own comes first."""
    return _chosen(_current(kind, organisation).filter(key=key), languages)


def every(kind: str, languages: Iterable[str], organisation: Organisation | None = None) -> list[Content]:
    """For each key of a kind the wording that `find` chooses, in the order of the keys."""
    wanted = list(languages)
    groups = groupby(_current(kind, organisation).order_by("key"), key=lambda row: row.key)
    found = [_chosen(rows, wanted) for _key, rows in groups]
    return [one for one in found if one]


def _current(kind: str, organisation: Organisation | None) -> "QuerySet[Content]":
    theirs = Q(organisation=None) | Q(organisation=organisation)
    return Content.objects.filter(theirs, kind=kind, current=True)


def _chosen(rows: Iterable[Content], languages: Iterable[str]) -> Content | None:
    by_language: dict[str, Content] = {}
    for row in rows:
        if row.organisation_id or row.language not in by_language:
            by_language[row.language] = row
    return next((by_language[code] for code in languages if code in by_language), None)


def _text(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} cannot stand in a content file")


def load_house(at: datetime) -> Loaded:
    """Load the content of every room that stands in the house."""
    rooms = house.rooms()
    keys = {kind: fields for room in rooms for kind, fields in room.content_keys.items()}
    paths = [path for room in rooms for path in (PACKAGE / room.name / "content").rglob("*.toml")]
    return load(paths, keys, at)
