"""Seeded ways of tampering with what is stored, as somebody with the whole database in their hands could."""

import random
from collections.abc import Callable
from dataclasses import dataclass

from samspil.core import journal as chain
from samspil.initiative.models import GateDecision
from samspil.organisation import journal
from samspil.organisation.models import JournalHead, JournalRow, JournalWords, Organisation

Mutation = Callable[["Tamperer"], str]


@dataclass
class Tamperer:
    """Changes one thing; `dice` decide which. What they do is told in words, for when it is not found."""

    organisation: Organisation
    dice: random.Random

    def any_row(self) -> JournalRow:
        return self.dice.choice(list(JournalRow.objects.order_by("sequence")))

    def save(self, row: JournalRow, **facts: object) -> None:
        JournalRow.objects.filter(pk=row.pk).update(**facts)


def alter(by: Tamperer) -> str:
    """One field of one row says something else."""
    row = by.any_row()
    field = by.dice.choice(
        ["verb", "thing", "actor", "instant", "previous", "hash", "commitments", "sequence"]
    )
    other = {
        "sequence": row.sequence + 10_000,
        "commitments": [["name", "0" * 64], *row.commitments],
    }.get(field) or _another(by, getattr(row, field))
    by.save(row, **{field: other})
    return f"row {row.sequence}: {field}"


def _another(by: Tamperer, text: str) -> str:
    if not text:
        return "x"
    place = by.dice.randrange(len(text))
    return text[:place] + ("x" if text[place] != "x" else "y") + text[place + 1 :]


def alter_and_reseal(by: Tamperer) -> str:
    """One row says something else and has a hash that fits it; the rows after it don't."""
    row = by.any_row()
    entry = journal.entry_of(row)
    forged = chain.seal(
        entry.previous, entry.sequence, "forged.verb", entry.thing, entry.actor, entry.instant
    )
    by.save(row, verb=forged.verb, commitments=[], hash=forged.hash)
    return f"row {row.sequence} forged and sealed"


def delete(by: Tamperer) -> str:
    row = by.any_row()
    row.delete()
    return f"row {row.sequence} deleted"


def swap(by: Tamperer) -> str:
    """Two rows change places."""
    one, other = by.dice.sample(list(JournalRow.objects.all()), 2)
    by.save(one, sequence=10_000)
    by.save(other, sequence=one.sequence)
    by.save(one, sequence=other.sequence)
    return f"rows {one.sequence} and {other.sequence} swapped"


def truncate(by: Tamperer) -> str:
    """The newest rows are gone and the head says that it was always so."""
    rows = list(JournalRow.objects.order_by("sequence"))
    keep = by.dice.randrange(1, len(rows))
    JournalRow.objects.filter(sequence__gt=keep).delete()
    JournalHead.objects.update(sequence=keep, hash=rows[keep - 1].hash)
    return f"cut after row {keep}"


def recompute(by: Tamperer) -> str:
    """A row is changed and the whole chain after it sealed anew, head and all."""
    rows = list(JournalRow.objects.order_by("sequence"))
    target = by.dice.choice(rows)
    previous = chain.GENESIS
    for row in rows:
        actor = "forgedactor0" if row.pk == target.pk else row.actor
        pairs = tuple((name, value) for name, value in row.commitments)
        entry = chain.seal(previous, row.sequence, row.verb, row.thing, actor, row.instant, pairs)
        by.save(row, actor=actor, previous=previous, hash=entry.hash)
        previous = entry.hash
    JournalHead.objects.update(hash=previous)
    return f"everything sealed anew, row {target.sequence} forged"


def append_behind(by: Tamperer) -> str:
    """A row follows after the head."""
    last = JournalRow.objects.order_by("sequence").last()
    assert last is not None
    entry = chain.seal(last.hash, last.sequence + 1, "forged.verb", "", "somebody", last.instant)
    JournalRow.objects.create(
        organisation=by.organisation,
        sequence=entry.sequence,
        verb=entry.verb,
        actor=entry.actor,
        instant=entry.instant,
        previous=entry.previous,
        hash=entry.hash,
    )
    return "a row behind the head"


def reword(by: Tamperer) -> str:
    """The words beside a row say something else."""
    words = by.dice.choice([one for one in JournalWords.objects.all() if one.facts])
    name = by.dice.choice(sorted(words.facts))
    JournalWords.objects.filter(pk=words.pk).update(facts={**words.facts, name: "something else"})
    return f"words of {words.row.sequence}: {name}"


def resalt(by: Tamperer) -> str:
    words = by.dice.choice([one for one in JournalWords.objects.all() if one.salts])
    name = by.dice.choice(sorted(words.salts))
    JournalWords.objects.filter(pk=words.pk).update(salts={**words.salts, name: "00" * 16})
    return f"salt of {words.row.sequence}: {name}"


def silence(by: Tamperer) -> str:
    """The words beside a row are gone, and nobody was erased."""
    words = by.dice.choice([one for one in JournalWords.objects.all() if one.facts])
    if by.dice.random() < 0.5:
        words.delete()
    else:
        JournalWords.objects.filter(pk=words.pk).update(facts={}, salts={})
    return f"words of {words.row.sequence} silenced"


def redecide(by: Tamperer) -> str:
    """A live gate decision says something else than what was decided."""
    decision = by.dice.choice(list(GateDecision.objects.all()))
    field = by.dice.choice(["reason", "override_reason", "outcome", "board_sha256", "gate"])
    GateDecision.objects.filter(pk=decision.pk).update(**{field: "stop"})
    return f"decision {decision.ref}: {field}"


MUTATIONS: tuple[Mutation, ...] = (
    alter,
    alter_and_reseal,
    delete,
    swap,
    truncate,
    recompute,
    append_behind,
    reword,
    resalt,
    silence,
    redecide,
)
