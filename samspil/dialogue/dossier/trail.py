"""The extract of the journal: the stretch from the first row about the initiative to the head.

The rows between are there too, sealed as they stand in the chain. They hold no name and no sentence, and
without them nobody could see that a row leads to the head. Words are told only for rows about the initiative
and what belongs to it. In words: docs/calculations/dossier.md.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from samspil.core import journal as chain
from samspil.dialogue.models import Item
from samspil.organisation import journal
from samspil.organisation.models import JournalHead, JournalRow, JournalWords, Organisation, PublishedHead

WITNESS = "minutes_sha256"  # what every row about an item repeats; see sealing.py


@dataclass(frozen=True)
class Trail:
    lines: bytes
    facts: Mapping[str, Any]


def read(organisation: Organisation, things: Sequence[str], items: Iterable[Item]) -> Trail:
    """The stretch as lines, and what is told of it beside them."""
    about = JournalRow.objects.filter(thing__in=things).order_by("sequence")
    first = about.values_list("sequence", flat=True).first() or 1
    rows = JournalRow.objects.filter(sequence__gte=first).order_by("sequence")
    lines = [f"{chain.write_line(journal.entry_of(row))}\n" for row in rows.iterator(chunk_size=2000)]
    head = JournalHead.objects.get(organisation=organisation)
    known = PublishedHead.objects.filter(sequence__gte=first - 1).order_by("sequence", "pk")
    return Trail(
        "".join(lines).encode(),
        {
            "things": list(things),
            "first": first,
            "head": {"sequence": head.sequence, "hash": head.hash},
            "published_heads": [
                {
                    "sequence": one.sequence,
                    "hash": one.hash,
                    "on": one.published_at.date().isoformat(),
                    "where": one.where,
                }
                for one in known
            ],
            "openings": list(_openings(things, items)),
        },
    )


def _openings(things: Sequence[str], items: Iterable[Item]) -> Iterator[Mapping[str, Any]]:
    """The words of the rows with their salts. Erased words are not there; the hash of minutes is known all
    the same where its salt was kept, for the minutes are."""
    hashes = {item.ref: ["", *(one.sha256 for one in item.minutes.all())] for item in items}
    words = JournalWords.objects.filter(row__thing__in=things).select_related("row").order_by("row__sequence")
    for one in words:
        facts = dict(one.facts)
        if WITNESS in one.salts and WITNESS not in facts:
            facts |= _witnessed(one, hashes.get(one.row.thing, []))
        told = {name: {"salt": one.salts[name], "value": facts[name]} for name in facts if name in one.salts}
        if told:
            yield {"sequence": one.row.sequence, "facts": told}


def _witnessed(words: JournalWords, hashes: Iterable[str]) -> Mapping[str, str]:
    salt = bytes.fromhex(words.salts[WITNESS])
    sealed = dict(words.row.commitments).get(WITNESS)
    found = next((value for value in hashes if chain.commitment(salt, value) == sealed), None)
    return {} if found is None else {WITNESS: found}
