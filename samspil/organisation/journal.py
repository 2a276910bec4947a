"""The organisation's journal: one hash chain, appended as the last row of every action.

The chain holds no name and no sentence; those live beside it in erasable rows. What a row claims about
names and sentences it holds as salted commitments, so erasure leaves the chain valid.
"""

import secrets
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from samspil.core import journal as chain
from samspil.organisation.models import (
    JournalHead,
    JournalMention,
    JournalRow,
    JournalWords,
    Organisation,
    Person,
    PublishedHead,
)
from samspil.organisation.viewer import Viewer


def append(
    verb: str,
    *,
    by: Viewer,
    at: datetime,
    thing: str = "",
    facts: Mapping[str, Any] | None = None,
    about: Iterable[Person] = (),
) -> JournalRow:
    """Append one row under the lock on the head. Must be the last write of the action's transaction.

    `facts` are what the row says (JSON values); each is committed to with a salt of its own.
    `about` are the persons the facts speak of, besides the actor.
    """
    organisation = by.organisation
    JournalHead.objects.get_or_create(organisation=organisation, defaults={"hash": chain.GENESIS})
    head = JournalHead.objects.select_for_update().get(organisation=organisation)
    salts = {name: secrets.token_bytes(16) for name in (facts or {})}
    commitments = tuple(
        (name, chain.commitment(salts[name], value)) for name, value in sorted((facts or {}).items())
    )
    entry = chain.seal(head.hash, head.sequence + 1, verb, thing, by.subject, _written(at), commitments)
    row = _keep(organisation, entry)
    words = JournalWords.objects.create(
        organisation=organisation,
        row=row,
        person=by.person,
        facts=dict(facts or {}),
        salts={name: salt.hex() for name, salt in salts.items()},
    )
    for person in about:
        JournalMention.objects.create(organisation=organisation, words=words, person=person)
    head.sequence, head.hash = entry.sequence, entry.hash
    head.save(update_fields=["sequence", "hash"])
    return row


def entries(organisation: Organisation) -> Iterator[chain.Entry]:
    """The chain as stored, in order."""
    rows = JournalRow.objects.filter(organisation=organisation).order_by("sequence")
    for row in rows.iterator(chunk_size=2000):
        yield entry_of(row)


def entry_of(row: JournalRow) -> chain.Entry:
    return chain.Entry(
        row.sequence,
        row.verb,
        row.thing,
        row.actor,
        row.instant,
        tuple((name, value) for name, value in row.commitments),
        row.previous,
        row.hash,
    )


def publish_head(organisation: Organisation, where: str, at: datetime) -> chain.Head:
    """Note that the present head is being printed or mailed, so that later rewriting can be found."""
    head = JournalHead.objects.filter(organisation=organisation).first()
    found = chain.Head(head.sequence, head.hash) if head else chain.Head(0, chain.GENESIS)
    PublishedHead.objects.create(
        organisation=organisation, sequence=found.sequence, hash=found.hash, published_at=at, where=where
    )
    return found


def verify(organisation: Organisation, published: Iterable[chain.Head] = ()) -> list[chain.Fault]:
    """Check the whole chain against itself, its head, every published head and the words beside it."""
    head = JournalHead.objects.filter(organisation=organisation).first()
    known = [
        chain.Head(row.sequence, row.hash) for row in PublishedHead.objects.filter(organisation=organisation)
    ]
    newest = chain.Head(head.sequence, head.hash) if head else None
    return [
        *chain.verify(entries(organisation), published_heads=[*known, *published], head=newest),
        *_words_that_differ(organisation),
    ]


def _words_that_differ(organisation: Organisation) -> Iterator[chain.Fault]:
    """Facts beside the chain that no longer match what the chain committed to."""
    rows = JournalWords.objects.filter(organisation=organisation).select_related("row")
    for words in rows.iterator(chunk_size=2000):
        committed = dict(words.row.commitments)
        for name, value in words.facts.items():
            salt = bytes.fromhex(words.salts.get(name, ""))
            if committed.get(name) != chain.commitment(salt, value):
                sentence = f"Row {words.row.sequence}: the stored words for “{name}” differ from the chain."
                yield chain.Fault("altered_words", words.row.sequence, sentence)


def _keep(organisation: Organisation, entry: chain.Entry) -> JournalRow:
    return JournalRow.objects.create(
        organisation=organisation,
        sequence=entry.sequence,
        verb=entry.verb,
        thing=entry.thing,
        actor=entry.actor,
        instant=entry.instant,
        commitments=[list(pair) for pair in entry.commitments],
        previous=entry.previous,
        hash=entry.hash,
    )


def _written(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")
