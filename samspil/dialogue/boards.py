"""What this room tells the hall: evidence, cards, search texts, the calendar and what waits for whom."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime

from django.db.models import Prefetch
from django.urls import reverse

from samspil.dialogue import queries, words
from samspil.dialogue import regime as regimes
from samspil.dialogue.heard import Facts
from samspil.dialogue.models import Item, Minutes, Outcome
from samspil.dialogue.permissions import PERMISSIONS
from samspil.dialogue.questions import PHASES
from samspil.dialogue.secrecy import released_answers
from samspil.dialogue.staff_room.words import released_texts
from samspil.initiative.models import Initiative, Thing
from samspil.kit.room import CalendarEntry, Card, EvidenceSource, Found
from samspil.organisation.viewer import Viewer, day_in

MOST_IN_CALENDAR = 20


def discussed_in(phase: str) -> Callable[[Sequence[Initiative], datetime, Facts], Mapping[int, Found]]:
    """The evidence that an initiative was discussed at the right level in a phase."""

    def find(initiatives: Sequence[Initiative], at: datetime, facts: Facts) -> Mapping[int, Found]:
        return {one.pk: _found(facts, one, phase, at) for one in initiatives}

    return find


def _found(facts: Facts, initiative: Initiative, phase: str, at: datetime) -> Found:
    back = facts.back(initiative, phase)
    if back is None or back.line.right is None:
        return Found("unknown", "no_right_committee")
    item = back.held.item if back.held else None
    waits_for = facts.waits_for(item) if item else ""
    today = day_in(initiative.organisation, at)
    return words.found_of(back.verdict, item.thing_id if item else None, waits_for, today)


EVIDENCE = {
    f"dialogue.discussed.{phase}": EvidenceSource(discussed_in(phase), words.EVIDENCE_WORDS, look=Facts)
    for phase in PHASES
}


def item_cards(refs: Iterable[str], viewer: Viewer) -> dict[str, Card]:
    rows = Item.objects.filter(thing__ref__in=list(refs)).select_related(
        "thing", "committee", "meeting", "regime", "initiative__owner", "initiative__lead"
    )
    outcomes = Prefetch("outcomes", Outcome.objects.select_related("union").order_by("pk"))
    return {
        row.ref: Card(row.ref, "item", row.title, _url("item", viewer, row.ref), _line(row))
        for row in rows.prefetch_related(outcomes)
        if PERMISSIONS.allows("see_item", viewer, row)
    }


def _line(item: Item) -> str:
    when = [words.day(item.meeting.on)] if item.meeting else []
    return " · ".join([item.committee.name, *when, *_came_of(item), str(words.STATUSES[item.status])])


def _came_of(item: Item) -> list[str]:
    """What came of it at its newest meeting, in the words of the agreement it was treated under."""
    regime = regimes.read(item.regime)
    here = [one for one in item.outcomes.all() if one.meeting_id == item.meeting_id]
    known = [(regime.outcome(one.key), one.union) for one in here]
    return [f"{found.title} ({union})" if union else found.title for found, union in known if found]


def item_texts(things: Sequence[Thing]) -> Iterable[tuple[str, str, str]]:
    """The words of items: what everybody may read, so no answer before its side has released it."""
    rows = Item.objects.filter(thing__in=things).select_related("thing", "committee")
    notes = released_texts(rows)
    for row in rows.prefetch_related("questions", "action_points"):
        answers = released_answers(row).by_question.values()
        minutes = Minutes.objects.filter(item=row, released_on__isnull=False).order_by("number").last()
        parts = [
            row.title,
            row.proposal,
            row.case,
            row.committee.name,
            *(question.wording["ask"] for question in row.questions.all()),
            *(answer.text for answer in answers),
            *(point.text for point in row.action_points.all()),
            minutes.text if minutes else "",
            notes.get(row.pk, ""),
        ]
        yield row.ref, row.title, " ".join(parts)


def calendar(viewer: Viewer, _at: datetime) -> Iterable[CalendarEntry]:
    """The meetings to come of the committees a viewer sits in."""
    rows = queries.meetings_to_come(viewer.today).filter(committee__in=viewer.committee_ids)
    for one in rows.select_related("committee").order_by("on")[:MOST_IN_CALENDAR]:
        kind = words.MEETING_KINDS[one.kind]
        yield CalendarEntry(one.on, one.committee.name, _url("meeting", viewer, one.ref), kind)


def _url(page: str, viewer: Viewer, ref: str) -> str:
    return reverse(f"dialogue:{page}", args=[viewer.organisation.slug, ref])
