"""The organisation's journal: one hash chain, appended as the last row of every action.

The chain holds no name and no sentence; those live beside it in erasable rows. What a row claims about
names and sentences it holds as salted commitments, so erasure leaves the chain valid.
"""

import json
import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from django.db.models import Q

from samspil.core import journal as chain
from samspil.kit import house
from samspil.kit.tracing import request_id
from samspil.organisation.models import (
    Erasure,
    JournalHead,
    JournalMention,
    JournalRow,
    JournalWords,
    Organisation,
    Person,
    PublishedHead,
)
from samspil.organisation.viewer import Viewer

ERASED = "organisation.person_erased"


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
        request=request_id(),
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


def rows_of_request(request: str) -> Iterator[JournalRow]:
    """What was written down while one request was answered, or afterwards because of it."""
    rows = JournalRow.objects.filter(words__request=request).select_related("organisation")
    yield from rows.order_by("organisation", "sequence")


def publish_head(organisation: Organisation, where: str, at: datetime) -> chain.Head:
    """Note that the present head is being printed or mailed, so that later rewriting can be found."""
    head = JournalHead.objects.filter(organisation=organisation).first()
    found = chain.Head(head.sequence, head.hash) if head else chain.Head(0, chain.GENESIS)
    PublishedHead.objects.create(
        organisation=organisation, sequence=found.sequence, hash=found.hash, published_at=at, where=where
    )
    return found


def verify(organisation: Organisation, published: Iterable[chain.Head] = ()) -> list[chain.Fault]:
    """Check the whole chain against itself, its head, every published head, the words beside it and the
    live rows of which the rooms say that they are sealed.

    People go on working meanwhile and are not locked out, so what looks wrong is looked at once more.
    """
    heads = list(published)
    found = _faults(organisation, heads)
    again = _faults(organisation, heads) if found else []
    return [fault for fault in found if fault in again]


def _faults(organisation: Organisation, published: Iterable[chain.Head]) -> list[chain.Fault]:
    head = JournalHead.objects.filter(organisation=organisation).first()
    newest = chain.Head(head.sequence, head.hash) if head else chain.Head(0, chain.GENESIS)
    known = [
        chain.Head(row.sequence, row.hash) for row in PublishedHead.objects.filter(organisation=organisation)
    ]
    return [
        *chain.verify(entries(organisation), published_heads=[*known, *published], head=newest),
        *_words_that_differ(organisation),
        *_live_rows_that_differ(organisation),
    ]


def forget(person: Person, erasure: Erasure) -> tuple[int, ...]:
    """Take a person's words out of the side table; tells the numbers of the rows that lost some.

    Rows the person wrote or is named in lose all their words; other rows lose each fact with the person's
    name or address in it. The salt of a fact that a kept record is sealed with stays: the record holds the
    same words, and without the salt nobody could see that it was altered.
    """
    theirs = list(_words_about(person))
    naming = list(_words_naming(person, {words.pk for words in theirs}))
    _erase_words(theirs, _sealed_names(theirs), erasure)
    for words in naming:
        _erase_facts(words, [name for name, value in words.facts.items() if _names(person, value)], erasure)
    JournalWords.objects.bulk_update(
        [*theirs, *naming], ["facts", "salts", "request", "erasure"], batch_size=500
    )
    JournalWords.objects.filter(person=person).update(person=None)
    return tuple(sorted(words.row.sequence for words in (*theirs, *naming)))


def _words_about(person: Person) -> Iterable[JournalWords]:
    """The rows a person wrote or is named in. An erasure's own words are random ids and stay."""
    rows = JournalWords.objects.filter(Q(person=person) | Q(mentions__person=person))
    return rows.exclude(row__verb=ERASED).distinct().select_related("row")


def _words_naming(person: Person, known: set[int]) -> Iterator[JournalWords]:
    """Other rows with the person's name in a fact."""
    for words in JournalWords.objects.select_related("row").iterator(chunk_size=2000):
        if words.pk not in known and _names(person, words.facts):
            yield words


def _names(person: Person, value: Any) -> bool:
    """Whether a fact has the person's full name or address in it."""
    text = json.dumps(value, ensure_ascii=False)
    full_name = str(person) if person.given_name and person.family_name else ""
    return any(tell and tell in text for tell in (full_name, person.email))


def _erase_words(
    theirs: Iterable[JournalWords], sealed: Mapping[str, frozenset[str]], erasure: Erasure
) -> None:
    for words in theirs:
        keep = sealed.get(words.row.thing, frozenset())
        words.salts = {name: salt for name, salt in words.salts.items() if name in keep}
        words.facts, words.request, words.erasure = {}, "", erasure


def _erase_facts(words: JournalWords, names: Iterable[str], erasure: Erasure) -> None:
    words.facts = {name: value for name, value in words.facts.items() if name not in names}
    words.salts = {name: salt for name, salt in words.salts.items() if name not in names}
    words.erasure = erasure


def _sealed_names(found: Iterable[JournalWords]) -> dict[str, frozenset[str]]:
    refs = sorted({words.row.thing for words in found} - {""})
    return {ref: frozenset(facts) for ref, facts in _sealed(refs)}


def _sealed(refs: Sequence[str]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """What the rooms say of the live rows among these things."""
    for room in house.rooms():
        for live_facts in room.sealed.values():
            yield from live_facts(refs).items()


def _words_that_differ(organisation: Organisation) -> Iterator[chain.Fault]:
    """Words beside the chain that no longer match it, or are gone although nobody was erased."""
    erased = _rows_without_words(organisation)
    rows = JournalRow.objects.filter(organisation=organisation).select_related("words")
    for row in rows.iterator(chunk_size=2000):
        words = getattr(row, "words", None)
        facts, salts = (words.facts, words.salts) if words else ({}, {})
        committed = dict(row.commitments)
        for name in sorted({*facts, *committed}):
            if name not in facts and row.sequence not in erased:
                sentence = f"Row {row.sequence}: the stored words for “{name}” are gone."
                yield chain.Fault("missing_words", row.sequence, sentence)
            elif name in facts and not _matches(committed.get(name), salts.get(name), facts[name]):
                sentence = f"Row {row.sequence}: the stored words for “{name}” differ from the chain."
                yield chain.Fault("altered_words", row.sequence, sentence)


def _rows_without_words(organisation: Organisation) -> set[int]:
    """The rows that lost words to an erasure, as the erasures themselves committed to it."""
    notes = JournalWords.objects.filter(organisation=organisation, row__verb=ERASED)
    return {sequence for words in notes for sequence in words.facts.get("rows", ())}


def _live_rows_that_differ(organisation: Organisation) -> Iterator[chain.Fault]:
    """Records that no longer say what the newest journal row about them committed to."""
    things = JournalRow.objects.filter(organisation=organisation).exclude(thing="")
    refs = list(things.order_by("thing").values_list("thing", flat=True).distinct())
    for start in range(0, len(refs), 500):
        live = dict(_sealed(refs[start : start + 500]))
        newest = _newest_commitments(organisation, live)
        for ref, facts in live.items():
            for name, value in facts.items():
                sequence, sealed, salt = newest.get((ref, name), (0, None, None))
                if salt is not None and not _matches(sealed, salt, value):
                    sentence = f"Record {ref}: “{name}” is not what row {sequence} says it was."
                    yield chain.Fault("altered_record", sequence, sentence)


def _newest_commitments(
    organisation: Organisation, live: Mapping[str, Mapping[str, Any]]
) -> dict[tuple[str, str], tuple[int, str, str | None]]:
    """For each fact of each thing: the number, commitment and salt of the newest row that commits to it."""
    rows = JournalRow.objects.filter(organisation=organisation, thing__in=list(live)).select_related("words")
    found = {}
    for row in rows.order_by("sequence"):
        words = getattr(row, "words", None)
        for name, sealed in row.commitments:
            if name in live[row.thing]:
                found[row.thing, name] = (row.sequence, sealed, words.salts.get(name) if words else None)
    return found


def _matches(sealed: str | None, salt: str | None, value: Any) -> bool:
    try:
        return sealed == chain.commitment(bytes.fromhex(salt or ""), value)
    except (TypeError, ValueError):
        return False


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
