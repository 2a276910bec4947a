"""Question models as entries: from the stored rows, and back into the body of a new one."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from samspil.core.question_wording import Entry, Text, place_of
from samspil.dialogue.wording.models import WordedQuestion
from samspil.organisation.models import Content


def of_rows(native: Content, reading: Content) -> tuple[Entry, ...]:
    """The entries of a model in both languages; a question that lacks the second one has it empty."""
    readings = {_place(entry): entry for entry in reading.body["questions"]}
    asked = [_entry(entry, readings.get(_place(entry), {})) for entry in native.body["questions"]]
    for kept in native.body.get("left_out", ()):
        asked.insert(min(kept["position"], len(asked)), _entry(kept, kept["reading"], kept["because"]))
    return tuple(asked)


def of_questions(rows: Iterable[WordedQuestion]) -> tuple[Entry, ...]:
    """The entries of a wording in work."""
    return tuple(of_question(row) for row in rows)


def of_question(row: WordedQuestion) -> Entry:
    return Entry(
        row.place,
        row.key,
        text(row.native),
        text(row.reading),
        tuple(row.levels),
        row.before,
        row.core,
        row.left_out_because,
    )


def text(stored: Mapping[str, Any]) -> Text:
    """A text from plain values."""
    return Text(
        stored.get("ask", ""),
        stored.get("explanation", ""),
        stored.get("why", ""),
        tuple(stored.get("good_answer", ())),
    )


def plain(words: Text) -> dict[str, Any]:
    """A text as plain values."""
    return {
        "ask": words.ask,
        "explanation": words.explanation,
        "why": words.why,
        "good_answer": list(words.good_answer),
    }


def facts_of(entry: Entry) -> dict[str, Any]:
    """An entry as the fields of a question in work."""
    return {
        "place": entry.place,
        "key": entry.key,
        "native": plain(entry.native),
        "reading": plain(entry.reading),
        "levels": list(entry.levels),
        "before": entry.before,
        "core": entry.core,
        "left_out_because": entry.left_out,
    }


def body(house: Content, entries: Sequence[Entry], number: int, organisation: str) -> dict[str, Any]:
    """The body of a new content row, in the language of the house's row that it builds on."""
    native = house.language != "en"
    return {
        **{name: house.body[name] for name in ("kind", "regime", "phase", "language", "title", "intro")},
        "version": f"{number} ({house.body['version']})",
        "source": f"{house.body['source']} {_adapted(house.language, organisation)}",
        "questions": [_asked(entry, native) for entry in entries if not entry.left_out],
        "left_out": [
            {
                **_asked(entry, True),
                "reading": plain(entry.reading),
                "because": entry.left_out,
                "position": at,
            }
            for at, entry in enumerate(entries)
            if entry.left_out
        ],
    }


def _adapted(language: str, organisation: str) -> str:
    with translation.override(language):
        return _("Adapted by %(organisation)s.") % {"organisation": organisation}


def _asked(entry: Entry, native: bool) -> dict[str, Any]:
    return {
        "key": entry.key,
        "place": entry.place,
        "levels": list(entry.levels),
        **plain(entry.native if native else entry.reading),
        "before": entry.before,
        "core": entry.core,
    }


def _entry(native: Mapping[str, Any], reading: Mapping[str, Any], left_out: str = "") -> Entry:
    return Entry(
        _place(native),
        native["key"],
        text(native),
        text(reading),
        tuple(native["levels"]),
        native["before"],
        native["core"],
        left_out,
    )


def _place(entry: Mapping[str, Any]) -> str:
    return entry.get("place") or place_of(entry["key"], entry["levels"])
