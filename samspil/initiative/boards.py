"""What the hall itself tells its boards: the evidence it can give, and the cards of its things."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from samspil.initiative import ai_duties, assessments, queries
from samspil.initiative.models import (
    AIDuty,
    Assessment,
    BindingStep,
    GateDecision,
    Initiative,
    MondayStatement,
    Need,
    Thing,
)
from samspil.initiative.permissions import PERMISSIONS, line_above
from samspil.initiative.words import OUTCOMES, PHASES, STEP_KINDS
from samspil.kit.room import CalendarEntry, Card, EvidenceSource, Found, LeftBehind, Waiting
from samspil.organisation.models import Person, Unit
from samspil.organisation.viewer import Viewer, day_in

TELL_ABOUT_AI = _("Tell staff and their representatives about artificial intelligence")
ASSESS = _("Assess the working environment before the change")
MOST_DUTIES = 20


def need_stated(initiatives: Sequence[Initiative], _at: datetime) -> Mapping[int, Found]:
    stated = dict(
        Need.objects.filter(initiatives__in=initiatives)
        .exclude(if_nothing="")
        .values_list("initiatives", "thing_id")
    )
    return {
        one.pk: Found("met", "need_is_stated", source_id=stated[one.pk])
        if one.pk in stated
        else Found("missing", "need_is_not_stated")
        for one in initiatives
    }


def affected_named(initiatives: Sequence[Initiative], _at: datetime) -> Mapping[int, Found]:
    found = {}
    for one in initiatives:
        facts = {"units": len(one.units.all()), "groups": len(one.groups.all())}
        named = facts["units"] or facts["groups"]
        found[one.pk] = (
            Found("met", "affected_are_named", facts) if named else Found("missing", "affected_unknown")
        )
    return found


def owner_in_line(initiatives: Sequence[Initiative], _at: datetime) -> Mapping[int, Found]:
    return {one.pk: _owner_found(one) for one in initiatives}


def _owner_found(initiative: Initiative) -> Found:
    unit = initiative.owner.unit
    facts = {"unit": str(unit or "")}
    if unit is None:
        return Found("unknown", "owner_has_no_unit", facts)
    if unit.staff_function:
        return Found("missing", "owner_in_staff_function", facts)
    return (
        Found("met", "owner_is_in_line", facts)
        if _is_above(unit, initiative)
        else Found("missing", "owner_outside_line", facts)
    )


def _is_above(unit: Unit, initiative: Initiative) -> bool:
    """The owner's unit is one of those affected or stands above one; groups of citizens have no line."""
    affected = list(initiative.units.all())
    return not affected or any(unit.pk in line_above(one) for one in affected)


def ai_duty(initiatives: Sequence[Initiative], at: datetime) -> Mapping[int, Found]:
    duties = {duty.initiative_id: duty for duty in AIDuty.objects.filter(initiative__in=initiatives)}
    return {one.pk: _ai_found(one, duties.get(one.pk), at) for one in initiatives}


def _ai_found(initiative: Initiative, duty: AIDuty | None, at: datetime) -> Found:
    if initiative.ai_involved == Initiative.AI.NO:
        return Found("met", "no_ai")
    if initiative.ai_involved == Initiative.AI.UNKNOWN or duty is None:
        return Found("unknown", "ai_unknown")
    late = ai_duties.is_late(duty, day_in(initiative.organisation, at))
    facts = {"due": duty.due.isoformat()} if duty.due else {}
    if duty.informed_on is None:
        return Found("missing", _ai_missing(duty, late), facts)
    facts["on"] = duty.informed_on.isoformat()
    return Found("met", "ai_informed_late" if late else "ai_informed", facts, duty.item_id)


def _ai_missing(duty: AIDuty, late: bool) -> str:
    """Which sentence: who has not been told, and whether it is late."""
    if duty.staff_on or duty.representatives_on:
        who = "representatives" if duty.staff_on else "staff"
        return f"ai_{who}_late" if late else f"ai_{who}_not_informed"
    return "ai_late" if late else "ai_due" if duty.due else "ai_not_informed"


def impact_assessment(initiatives: Sequence[Initiative], at: datetime) -> Mapping[int, Found]:
    rows: dict[int, list[Assessment]] = {}
    asked = Assessment.objects.filter(initiative__in=initiatives).order_by("opened_on", "pk")
    for row in asked:
        rows.setdefault(row.initiative_id, []).append(row)
    return {one.pk: _assessed(one, rows.get(one.pk, []), day_in(one.organisation, at)) for one in initiatives}


def _assessed(initiative: Initiative, rows: Sequence[Assessment], today: date) -> Found:
    """How the one that stands worst stands: not done comes before done late, late before in time."""
    if initiative.substantial is None:
        return Found("unknown", "change_not_asked")
    if not initiative.substantial:
        return Found("not_relevant", "no_substantial_change")
    if not rows:
        return Found("unknown", "no_assessment_known")
    row = max(rows, key=lambda one: (one.done_on is None, assessments.is_late(one, today)))
    late = assessments.is_late(row, today)
    facts = {"due": row.due.isoformat()} if row.due else {}
    if row.done_on is None:
        sentence = "assessment_late" if late else "assessment_due" if row.due else "assessment_open"
        return Found("missing", sentence, facts, row.thing_id)
    facts["on"] = row.done_on.isoformat()
    return Found("met", "assessed_late" if late else "assessed", facts, row.thing_id)


Asked = set[tuple[int | None, int | None]]  # (unit, group)


def monday_said(initiatives: Sequence[Initiative], _at: datetime) -> Mapping[int, Found]:
    said: dict[int, Asked] = {}
    for row in MondayStatement.objects.filter(initiative__in=initiatives).exclude(text=""):
        said.setdefault(row.initiative_id, set()).add((row.unit_id, row.group_id))
    return {one.pk: _monday_found(one, said.get(one.pk, set())) for one in initiatives}


def _monday_found(initiative: Initiative, said: Asked) -> Found:
    units: Asked = {(unit.pk, None) for unit in initiative.units.all()}
    groups: Asked = {(None, group.pk) for group in initiative.groups.all()}
    asked = units | groups
    facts = {"said": len(said & asked), "asked": len(asked)}
    return Found("met" if asked and asked <= said else "missing", "monday_count", facts)


EVIDENCE = {
    "initiative.need_stated": EvidenceSource(
        need_stated,
        {
            "need_is_stated": _("The need says whose problem it is and what happens if nothing is done."),
            "need_is_not_stated": _("No need behind this says what happens if nothing is done."),
        },
    ),
    "initiative.affected_named": EvidenceSource(
        affected_named,
        {
            "affected_are_named": _("Named. Units: %(units)s. Groups: %(groups)s."),
            "affected_unknown": _("Nobody is named yet."),
        },
    ),
    "initiative.owner_in_line": EvidenceSource(
        owner_in_line,
        {
            "owner_is_in_line": _("The owner leads those affected (%(unit)s)."),
            "owner_has_no_unit": _("The owner is not placed in a unit, so this cannot be seen."),
            "owner_in_staff_function": _(
                "The owner sits in a staff function (%(unit)s), not in the line affected."
            ),
            "owner_outside_line": _("The owner sits in %(unit)s, which is not above those affected."),
        },
    ),
    "initiative.ai_duty": EvidenceSource(
        ai_duty,
        {
            "no_ai": _("No AI is involved."),
            "ai_unknown": _("Nobody has said yet whether AI is involved."),
            "ai_not_informed": _("AI is involved, and staff have not been told yet."),
            "ai_due": _("AI is involved. Staff and their representatives are to be told by %(due)s."),
            "ai_late": _(
                "AI is involved. Staff and their representatives were to be told by %(due)s"
                " and have not been. It is late."
            ),
            "ai_staff_not_informed": _(
                "The staff's representatives have been told about AI; the staff it touches has not."
            ),
            "ai_representatives_not_informed": _(
                "The staff has been told about AI; its representatives have not."
            ),
            "ai_staff_late": _(
                "The staff's representatives have been told about AI; the staff it touches was to be told by"
                " %(due)s and has not been. It is late."
            ),
            "ai_representatives_late": _(
                "The staff has been told about AI; its representatives were to be told by %(due)s and have"
                " not been. It is late."
            ),
            "ai_informed_late": _(
                "Staff and their representatives were told on %(on)s, later than %(due)s, when it was due."
            ),
            "ai_informed": _("Staff and their representatives were told on %(on)s."),
        },
    ),
    "initiative.impact_assessment": EvidenceSource(
        impact_assessment,
        {
            "change_not_asked": _("Nobody has said yet whether the work changes. Say so under “Change”."),
            "no_substantial_change": _("Nothing changes for those who work there."),
            "no_assessment_known": _("The work changes. Which assessment that asks for is not known here."),
            "assessment_open": _("The work changes, and it has not been assessed yet."),
            "assessment_due": _("The work changes. It is to be assessed by %(due)s."),
            "assessment_late": _(
                "The work changes. It was to be assessed by %(due)s and has not been. It is late."
            ),
            "assessed_late": _("Assessed on %(on)s, later than %(due)s, when it was due."),
            "assessed": _("Assessed on %(on)s with the safety representative."),
        },
    ),
    "initiative.monday_said": EvidenceSource(
        monday_said, {"monday_count": _("%(said)s of %(asked)s affected units and groups have said it.")}
    ),
}


def need_cards(refs: Iterable[str], viewer: Viewer) -> dict[str, Card]:
    if not PERMISSIONS.allows("see_needs", viewer):
        return {}
    rows = Need.objects.filter(thing__ref__in=list(refs)).select_related("thing")
    return {
        row.ref: Card(row.ref, "need", row.problem, _url("need", viewer, row.ref), row.for_whom)
        for row in rows
    }


def initiative_cards(refs: Iterable[str], viewer: Viewer) -> dict[str, Card]:
    rows = Initiative.objects.filter(thing__ref__in=list(refs)).select_related("thing")
    return {
        row.ref: Card(
            row.ref, "initiative", row.title, _url("initiative", viewer, row.ref), PHASES[row.phase]
        )
        for row in rows
        if PERMISSIONS.allows("see_initiative", viewer, row)
    }


Cards = Callable[[Iterable[str], Viewer], dict[str, Card]]


def _part_cards(model: type, kind: str, line: Callable[[Any], Any]) -> Cards:
    """Cards of something that is shown on its initiative's page."""

    def cards(refs: Iterable[str], viewer: Viewer) -> dict[str, Card]:
        rows = model.objects.filter(thing__ref__in=list(refs)).select_related("thing", "initiative__thing")  # type: ignore[attr-defined]
        return {
            row.ref: Card(
                row.ref,
                kind,
                row.initiative.title,
                f"{_url('initiative', viewer, row.initiative.ref)}#{kind}-{row.ref}",
                line(row),
            )
            for row in rows
            if PERMISSIONS.allows("see_initiative", viewer, row)
        }

    return cards


def decision_cards(refs: Iterable[str], viewer: Viewer) -> dict[str, Card]:
    """A decision has a page of its own, with the answers it rests on."""
    rows = GateDecision.objects.filter(thing__ref__in=list(refs)).select_related("thing", "initiative__thing")
    return {
        row.ref: Card(
            row.ref,
            "gate_decision",
            row.initiative.title,
            _url("decision", viewer, row.ref),
            OUTCOMES[row.outcome],
        )
        for row in rows
        if PERMISSIONS.allows("see_initiative", viewer, row)
    }


def assessment_cards(refs: Iterable[str], viewer: Viewer) -> dict[str, Card]:
    """An assessment has a page of its own."""
    rows = Assessment.objects.filter(thing__ref__in=list(refs)).select_related(
        "thing", "wording", "initiative__thing"
    )
    return {
        row.ref: Card(
            row.ref,
            "assessment",
            row.initiative.title,
            _url("assessment", viewer, row.ref),
            assessments.worded(row.wording).body["title"],
        )
        for row in rows
        if PERMISSIONS.allows("see_initiative", viewer, row)
    }


step_cards = _part_cards(BindingStep, "binding_step", lambda row: STEP_KINDS[row.kind])
monday_cards = _part_cards(MondayStatement, "monday_statement", lambda row: row.text[:120])


def coming_days(viewer: Viewer, _at: datetime) -> Iterable[CalendarEntry]:
    """Planned binding steps of the initiatives a viewer may see, and by when staff are told about AI."""
    for given in queries.coming_dates(viewer):
        one = given.step.initiative
        yield CalendarEntry(
            given.on, one.title, _url("initiative", viewer, one.ref), STEP_KINDS[given.step.kind]
        )
    duties = ai_duties.seen_by(ai_duties.open_duties(), viewer).filter(due__gte=viewer.today)
    for duty in duties[:MOST_DUTIES]:
        one = duty.initiative
        yield CalendarEntry(duty.due, one.title, _url("initiative", viewer, one.ref), TELL_ABOUT_AI)
    owed = assessments.open_assessments().filter(due__gte=viewer.today)
    if viewer.is_guest:
        owed = owed.filter(initiative__admissions__person=viewer.person)
    for row in owed[:MOST_DUTIES]:
        yield CalendarEntry(row.due, row.initiative.title, _url("assessment", viewer, row.ref), ASSESS)


def waiting_for(viewer: Viewer, _at: datetime) -> Iterable[Waiting]:
    """What the next gates ask of a viewer who owns or leads, and the conditions that are theirs to meet."""
    if viewer.person is None:
        return
    mine = queries.initiatives(viewer).filter(
        Q(owner=viewer.person) | Q(lead=viewer.person), Q(open_demands__gt=0)
    )
    for one in mine.exclude(phase__in=queries.ENDED):
        count = one.open_demands  # type: ignore[attr-defined]
        what = ngettext(
            "One thing is missing or unknown before the next gate",
            "%(count)s things are missing or unknown before the next gate",
            count,
        )
        yield Waiting(one.title, _url("initiative", viewer, one.ref), what % {"count": count})
    for condition in queries.open_conditions().filter(owner=viewer.person):
        url = _url("decision", viewer, condition.decision.ref)
        what = _("A condition for “%(title)s”") % {"title": condition.decision.initiative.title}
        yield Waiting(condition.text, url, what, condition.due)
    for duty in ai_duties.open_duties().filter(initiative__lead=viewer.person):
        one = duty.initiative
        yield Waiting(one.title, _url("inform_about_ai", viewer, one.ref), TELL_ABOUT_AI, duty.due)
    for row in assessments.open_assessments().filter(initiative__lead=viewer.person):
        yield Waiting(row.initiative.title, _url("record_assessment", viewer, row.ref), ASSESS, row.due)


def _url(page: str, viewer: Viewer, ref: str) -> str:
    return reverse(f"initiative:{page}", args=[viewer.organisation.slug, ref])


def need_texts(things: Sequence[Thing]) -> Iterable[tuple[str, str, str]]:
    for row in Need.objects.filter(thing__in=things).select_related("thing"):
        yield row.ref, row.problem, f"{row.problem} {row.for_whom} {row.if_nothing}"


def initiative_texts(things: Sequence[Thing]) -> Iterable[tuple[str, str, str]]:
    for row in Initiative.objects.filter(thing__in=things).select_related("thing"):
        yield row.ref, row.title, f"{row.title} {row.case_number}"


def decision_texts(things: Sequence[Thing]) -> Iterable[tuple[str, str, str]]:
    for row in GateDecision.objects.filter(thing__in=things).select_related("thing", "initiative"):
        yield row.ref, row.initiative.title, f"{row.initiative.title} {row.reason} {row.override_reason}"


def assessment_texts(things: Sequence[Thing]) -> Iterable[tuple[str, str, str]]:
    for row in Assessment.objects.filter(thing__in=things).select_related("thing", "initiative", "wording"):
        title = f"{row.wording.body['title']}: {row.initiative.title}"
        yield row.ref, title, f"{title} {row.found} {row.measures}"


def sealed_decisions(refs: Sequence[str]) -> Mapping[str, Mapping[str, object]]:
    """The facts of live gate decisions, to be compared with what the journal committed to."""
    rows = GateDecision.objects.filter(thing__ref__in=refs).select_related("thing")
    return {
        row.ref: {
            "gate": row.gate,
            "outcome": row.outcome,
            "decided_on": row.decided_on.isoformat(),
            "reason": row.reason,
            "override_reason": row.override_reason,
            "board_sha256": row.board_sha256,
        }
        for row in rows
    }


def left_behind(people: Sequence[Person], viewer: Viewer) -> Iterable[LeftBehind]:
    """Running initiatives that somebody who left owns or leads, and conditions they were to see to."""
    gone = {person.pk for person in people}
    running = queries.running().filter(Q(owner__in=gone) | Q(lead__in=gone)).select_related("thing")
    for one in running.order_by("pk"):
        url = reverse("initiative:change", args=[viewer.organisation.slug, one.ref])
        if one.owner_id in gone:
            yield LeftBehind(one.owner_id, _("Owns the initiative"), one.title, url)
        if one.lead_id in gone:
            yield LeftBehind(one.lead_id, _("Leads the initiative"), one.title, url)
    for row in queries.open_conditions().filter(owner__in=gone):
        url = reverse("initiative:decision", args=[viewer.organisation.slug, row.decision.ref])
        yield LeftBehind(row.owner_id or 0, _("Sees to a condition"), row.text, url)
