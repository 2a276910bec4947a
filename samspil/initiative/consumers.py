"""Who reads the journal: the search index and the notices.

One mechanism: a consumer has a stored cursor, reads what comes after it in batches, and moves the cursor in
the same transaction as its work. A worker that dies in the middle goes on where the last whole batch ended.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from itertools import chain
from zoneinfo import ZoneInfo

from django.db import transaction

from samspil.core.words import fold
from samspil.initiative import duties, evidence, mails, notices, queries
from samspil.initiative.models import Cursor, Notice, SearchText, Thing
from samspil.kit import house
from samspil.kit.room import Tell
from samspil.kit.tracing import in_the_wake_of, request_id
from samspil.organisation.models import JournalRow, Organisation
from samspil.organisation.rounds import DAY, is_due
from samspil.organisation.scope import scope
from samspil.organisation.viewer import day_in

BATCH = 200
SWITCHED = "organisation.room_switched"
ERASED = "erased"  # verbs of erasure end with it
Read = Callable[[Organisation, Sequence[JournalRow], datetime], None]


def tick(organisation: Organisation, at: datetime) -> None:
    """The worker's round: read what is new, then send what is to be mailed by now."""
    read_on(organisation, at)
    mails.send(organisation, at)


def remind(organisation: Organisation, at: datetime) -> None:
    """Tell the leads of what falls due; whom this was told before is not told again."""
    today = day_in(organisation, at)
    for one in chain(notices.of_ai_duties(today), notices.of_assessments(today)):
        notify(organisation, one, at)


def read_on(organisation: Organisation, at: datetime) -> int:
    """Let every consumer read what is new in the journal; tells how many rows were read."""
    with scope(organisation):
        return sum(_read_all(organisation, name, read, at) for name, read in CONSUMERS.items())


def _read_all(organisation: Organisation, name: str, read: Read, at: datetime) -> int:
    total = 0
    while count := _read_batch(organisation, name, read, at):
        total += count
    return total


@transaction.atomic
def _read_batch(organisation: Organisation, name: str, read: Read, at: datetime) -> int:
    Cursor.objects.get_or_create(organisation=organisation, consumer=name)
    cursor = Cursor.objects.select_for_update().get(organisation=organisation, consumer=name)
    rows = list(_rows_after(cursor))
    if rows:
        read(organisation, rows, at)
        cursor.sequence = rows[-1].sequence
        cursor.save(update_fields=["sequence"])
    return len(rows)


def _rows_after(cursor: Cursor) -> Iterable[JournalRow]:
    rows = JournalRow.objects.filter(sequence__gt=cursor.sequence).select_related("words")
    return rows.order_by("sequence")[:BATCH]


# --- the search index ------------------------------------------------------------------------------------


def index(organisation: Organisation, rows: Sequence[JournalRow], _at: datetime) -> None:
    """Take in the words of every thing that something happened to; after an erasure, of everything."""
    if any(row.verb.endswith(ERASED) for row in rows):
        index_all(organisation)
    else:
        _index(organisation, list(Thing.objects.filter(ref__in={row.thing for row in rows})))


def index_all(organisation: Organisation) -> None:
    """Build the index anew, so that nothing stays in it that is gone elsewhere."""
    _index(organisation, list(Thing.objects.filter(kind__in=_search_functions())))


def _index(organisation: Organisation, things: Sequence[Thing]) -> None:
    """A thing may bring texts of others with it: a consultation brings its statements."""
    texts = {ref: (title, words) for ref, title, words in _texts_of(things)}
    for thing in Thing.objects.filter(ref__in=texts):
        title, words = texts[thing.ref]
        folded = {"organisation": organisation, "title": title, "words": " ".join(fold(words))}
        SearchText.objects.update_or_create(thing=thing, defaults=folded)
    gone = [thing for thing in things if thing.ref not in texts]
    SearchText.objects.filter(thing__in=gone).delete()


def _texts_of(things: Sequence[Thing]) -> Iterable[tuple[str, str, str]]:
    for kind, texts in _search_functions().items():
        yield from texts([thing for thing in things if thing.kind == kind])


def _search_functions() -> dict[str, Callable[..., Iterable[tuple[str, str, str]]]]:
    return {kind: texts for room in house.rooms() for kind, texts in room.search.items()}


# --- notices ---------------------------------------------------------------------------------------------


def tell(organisation: Organisation, rows: Sequence[JournalRow], at: datetime) -> None:
    """Write to everybody whom a verb says is to be told."""
    verbs = house.verbs()
    for row in rows:
        verb = verbs.get(row.verb)
        if verb and verb.tell:
            words = getattr(row, "words", None)
            with in_the_wake_of(words.request if words else ""):
                for one in verb.tell(row, dict(words.facts) if words else {}):
                    notify(organisation, one, at)


def notify(organisation: Organisation, one: Tell, at: datetime) -> bool:
    """Tell a person once a kind, thing and period. It waits for the mail of the day unless it is urgent."""
    facts = {"subject": one.subject, "body": one.body, "url": one.url, "request": request_id()}
    _notice, new = Notice.objects.get_or_create(
        kind=one.kind,
        thing=one.thing,
        person=one.person,
        period=one.period,
        defaults={"organisation": organisation, "facts": facts, "urgent": one.urgent, "told_at": at},
    )
    return new


# --- evidence that ages ----------------------------------------------------------------------------------


def look_again(_organisation: Organisation, rows: Sequence[JournalRow], at: datetime) -> None:
    """A room that was switched off or on answers otherwise for every initiative that runs."""
    if any(row.verb == SWITCHED for row in rows):
        evidence.refresh(list(queries.running()), at)


def look_again_daily(organisation: Organisation, at: datetime) -> None:
    """Once a day, so that days which pass show on the boards."""
    here = at.astimezone(ZoneInfo(organisation.zone))
    if is_due(f"evidence {organisation.ref}", DAY, here):
        running = list(queries.running())
        duties.redate(running)
        evidence.refresh(running, at)


CONSUMERS: dict[str, Read] = {"search": index, "notices": tell, "evidence": look_again}
