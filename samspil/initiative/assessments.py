"""What a substantial change of work asks for before it is put to use: which assessments, by when, with whom.

In Denmark the workplace assessment, in Sweden the risk assessment before change; which ones, and where that
stands, is content. In words and with an example: docs/calculations/assessments.md.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import F, QuerySet
from django.utils import translation

from samspil.core.working_days import working_days_before
from samspil.initiative import ai_duties, queries
from samspil.initiative.ai_duties import SOON
from samspil.initiative.models import Assessment, BindingStep, Initiative
from samspil.initiative.queries import ENDED, StepHistory
from samspil.initiative.things import new_thing
from samspil.organisation import content
from samspil.organisation.holidays import holidays_of
from samspil.organisation.models import Content, Organisation, Seat
from samspil.organisation.viewer import Viewer, current

SUBSTANTIAL = "substantial_change"


def open_for(initiative: Initiative, by: Viewer) -> None:
    """Ask for what a substantial change asks for; what was asked for before stays as it is."""
    if not initiative.substantial:
        return
    there = set(Assessment.objects.filter(initiative=initiative).values_list("kind", flat=True))
    for wording in asked_for(initiative.organisation):
        if wording.key not in there:
            Assessment.objects.create(
                organisation=by.organisation,
                thing=new_thing(by.organisation, "assessment"),
                initiative=initiative,
                kind=wording.key,
                wording=wording,
                opened_on=by.today,
            )
    redate([initiative])


def asked_for(organisation: Organisation) -> list[Content]:
    """The assessments that a substantial change asks for in the organisation's country, in its language."""
    languages = [organisation.language, content.READING_LANGUAGE]
    return [
        one
        for one in content.every("duty", languages, organisation)
        if one.body["opens_when"] == SUBSTANTIAL and organisation.country in one.body["countries"]
    ]


def wording_of(key: str, organisation: Organisation) -> Content | None:
    """What a duty says, as the reader reads it."""
    languages = [translation.get_language() or "", organisation.language, content.READING_LANGUAGE]
    return content.find("duty", key, languages, organisation)


def worded(wording: Content) -> Content:
    """The same in the reader's language, where there is a wording in it."""
    language = translation.get_language() or wording.language
    if language == wording.language:
        return wording
    return content.find("duty", wording.key, [language]) or wording


def redate(initiatives: Iterable[Initiative]) -> None:
    """Let what nobody dated and nobody did yet fall due with the steps as they stand now."""
    rows = list(
        Assessment.objects.filter(initiative__in=initiatives, done_on=None, due_given=False).select_related(
            "initiative", "organisation"
        )
    )
    steps = queries.steps([row.initiative for row in rows]) if rows else {}
    moved = []
    for row in rows:
        due = due_from(steps[row.initiative_id], row.organisation.country)
        if due != row.due:
            row.due = due
            moved.append(row)
    Assessment.objects.bulk_update(moved, ["due"])


def due_from(steps: Sequence[StepHistory], country: str) -> date | None:
    """The working day before go-live; while that has no day, before the next step that is planned."""
    live = [one.newest.on for one in steps if not one.newest.taken and _is_go_live(one.step)]
    before = min(live, default=None) or ai_duties.due_from(steps)
    if before is None:
        return None
    return working_days_before(before, 1, holidays_of(country, (before.year - 1, before.year)))


def is_late(row: Assessment, today: date) -> bool:
    """Done after the day, or not done although the day has passed."""
    return row.due is not None and (row.done_on or today) > row.due


def open_assessments() -> QuerySet[Assessment]:
    """What running initiatives still owe, the first due first."""
    rows = Assessment.objects.filter(done_on=None, initiative__substantial=True)
    rows = rows.exclude(initiative__phase__in=ENDED)
    return rows.select_related(
        "thing", "wording", "initiative__thing", "initiative__organisation", "initiative__lead"
    ).order_by(F("due").asc(nulls_last=True), "pk")


def due_soon(today: date) -> QuerySet[Assessment]:
    """What is owed within two weeks, or was owed already."""
    return open_assessments().filter(due__lte=today + SOON)


def of(initiative: Initiative) -> list[Assessment]:
    """What is asked for about an initiative, done or not."""
    rows = Assessment.objects.filter(initiative=initiative).select_related(
        "thing", "wording", "safety_rep", "file"
    )
    return list(rows.order_by("opened_on", "pk"))


def assessment(ref: str) -> Assessment | None:
    rows = Assessment.objects.select_related(
        "thing", "wording", "safety_rep", "file__blob", "initiative__thing", "initiative__organisation"
    )
    return rows.filter(thing__ref=ref).first()


def safety_seats(on: date) -> list[Seat]:
    """The seats of safety representatives on a day, by name of who holds them."""
    rows = current(Seat.objects.filter(safety_rep=True, person__left_on=None), on)
    return list(
        rows.select_related("person", "committee").order_by("person__family_name", "person__given_name")
    )


def _is_go_live(step: BindingStep) -> bool:
    return step.kind == BindingStep.Kind.DECISION and step.phase == Initiative.Phase.IMPLEMENTATION
