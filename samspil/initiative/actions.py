"""What people do in the hall. Each action: permission, facts, consequences, journal."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from samspil.core import gates as rules
from samspil.initiative import assessments, duties, evidence, process
from samspil.initiative.models import (
    Admission,
    AffectedGroup,
    AffectedUnit,
    AIDuty,
    AnsweredNeed,
    Assessment,
    BindingStep,
    Condition,
    Evidence,
    GateDecision,
    Initiative,
    Link,
    MondayStatement,
    MoneyAsGiven,
    Need,
    StepDate,
    Thing,
)
from samspil.initiative.permissions import PERMISSIONS
from samspil.initiative.queries import ENDED, newest_date
from samspil.initiative.things import link, link_because, new_thing, rest_on, thing_of
from samspil.initiative.words import TOLD, WORK_CHANGES
from samspil.kit import house
from samspil.kit.refusal import ChangedMeanwhile, Refused
from samspil.organisation import journal
from samspil.organisation.models import AudienceGroup, Content, File, Organisation, Person, Seat, Unit
from samspil.organisation.viewer import Viewer, current

MOST_MONEY = Decimal(10) ** 14  # as many digits as a figure keeps before the comma
THEY_CHANGED_IT = _("Somebody changed this while you were writing. Both texts are below; nothing is lost.")


@dataclass(frozen=True)
class NewCondition:
    """What a gate decision asks for."""

    text: str
    owner: Person | None = None
    due: date | None = None


# --- needs -------------------------------------------------------------------------------------------------


@transaction.atomic
def raise_need(
    *, problem: str, for_whom: str, if_nothing: str, because: str = "", by: Viewer, at: datetime
) -> Need:
    """Somebody says what does not work, for whom, and what happens if nothing is done."""
    PERMISSIONS.require("raise_need", by)
    thing = new_thing(by.organisation, "need")
    need = Need.objects.create(
        organisation=by.organisation,
        thing=thing,
        problem=problem,
        for_whom=for_whom,
        if_nothing=if_nothing,
        raised_by=by.person,
        raised_at=at,
    )
    link_because(because, thing, Link.Kind.LED_TO, by, at)
    facts = {"problem": problem, "for_whom": for_whom, "if_nothing": if_nothing}
    journal.append("initiative.need_raised", thing=need.ref, facts=facts, by=by, at=at)
    return need


@transaction.atomic
def merge_needs(*, need: Need, into: Need, by: Viewer, at: datetime) -> Need:
    """Two needs are the same one: the first lives on in the second."""
    PERMISSIONS.require("merge_needs", by, need)
    if need.pk == into.pk or into.status == Need.Status.MERGED:
        raise Refused(_("Choose another need that has not itself been merged."), "into")
    if need.status != Need.Status.WAITING:
        raise Refused(_("Only a need that is waiting can be merged."), "into")
    need.status, need.merged_into = Need.Status.MERGED, into
    need.save(update_fields=["status", "merged_into"])
    link(need.thing, into.thing, Link.Kind.LED_TO, by, at)
    facts = {"problem": need.problem, "into": into.problem}
    journal.append("initiative.need_merged", thing=need.ref, facts=facts, by=by, at=at)
    return into


@transaction.atomic
def answer_also(*, initiative: Initiative, need: Need, by: Viewer, at: datetime) -> Initiative:
    """An initiative that runs already answers this need too."""
    PERMISSIONS.require("change_initiative", by, initiative)
    if initiative.phase in ENDED:
        raise Refused(_("This initiative has ended. Choose one that is running."), "initiative")
    if need.status == Need.Status.MERGED:
        raise Refused(_("This need has been merged into another. Choose that one instead."), "initiative")
    if AnsweredNeed.objects.filter(initiative=initiative, need=need).exists():
        raise Refused(_("This initiative answers the need already."), "initiative")
    _answer_needs(initiative, [need], by, at)
    evidence.refresh([initiative], at)
    facts = {"problem": need.problem, "title": initiative.title}
    journal.append("initiative.need_answered", thing=need.ref, facts=facts, by=by, at=at)
    return initiative


# --- initiatives -------------------------------------------------------------------------------------------


@transaction.atomic
def start_initiative(
    *,
    needs: Sequence[Need],
    units: Sequence[Unit],
    groups: Sequence[AudienceGroup] = (),
    owner: Person,
    origin: str = Initiative.Origin.NEED,
    decision_level: str = Initiative.Level.LOCAL,
    ai_involved: str = Initiative.AI.UNKNOWN,
    title: str = "",
    process_key: str = "",
    lead: Person | None = None,
    by: Viewer,
    at: datetime,
) -> Initiative:
    """Start an initiative that answers one or more needs. Its title is the first need's until changed."""
    PERMISSIONS.require("start_initiative", by)
    if not needs:
        raise Refused(_("Choose the need this answers. If it is not there yet, raise it first."), "needs")
    if not units and not groups:
        raise Refused(_("Name at least one unit or group that will notice the change."), "affected")
    if any(need.status == Need.Status.MERGED for need in needs):
        raise Refused(_("One of the needs has been merged into another. Choose that one instead."), "needs")
    content = _process(by.organisation, process_key or by.organisation.process_model)
    initiative = Initiative.objects.create(
        organisation=by.organisation,
        thing=new_thing(by.organisation, "initiative"),
        title=title or needs[0].problem,
        origin=origin,
        decision_level=decision_level,
        owner=owner,
        lead=lead or by.person or owner,
        ai_involved=ai_involved,
        process=content,
        started_at=at,
    )
    _answer_needs(initiative, needs, by, at)
    _affect(initiative, units, groups)
    _open_ai_duty(initiative, by)
    evidence.open_board(initiative, at)
    facts = {"title": initiative.title, "owner": str(owner), "origin": origin, "ai": ai_involved}
    journal.append("initiative.started", thing=initiative.ref, facts=facts, about=[owner], by=by, at=at)
    return initiative


@transaction.atomic
def change_initiative(
    *,
    initiative: Initiative,
    version: int,
    title: str,
    owner: Person,
    lead: Person,
    decision_level: str,
    ai_involved: str,
    case_number: str,
    units: Sequence[Unit],
    groups: Sequence[AudienceGroup],
    process_key: str = "",
    decider: str = "",
    work_changes: Sequence[str] | None = None,
    by: Viewer,
    at: datetime,
) -> Initiative:
    """Change what is said about an initiative; until a gate has been decided also which way it follows.

    `work_changes`: what changes for those who work there, nothing for none of it; None leaves it as it is.
    """
    PERMISSIONS.require("change_initiative", by, initiative)
    kept = Initiative.objects.select_for_update().get(pk=initiative.pk)
    if kept.version != version:
        theirs = _in_short(kept.title, kept.owner, kept.lead, kept.case_number)
        raise ChangedMeanwhile(THEY_CHANGED_IT, theirs, _in_short(title, owner, lead, case_number))
    if not units and not groups:
        raise Refused(_("Name at least one unit or group that will notice the change."), "affected")
    before = {"title": kept.title, "owner": str(kept.owner), "ai": kept.ai_involved}
    kept.title, kept.owner, kept.lead, kept.case_number = title, owner, lead, case_number
    kept.decision_level, kept.ai_involved = decision_level, ai_involved
    kept.decider = decider or kept.decider
    before |= {"way": kept.process.key, "work_changes": kept.work_changes}
    _say_what_changes(kept, work_changes)
    another_way = process_key not in ("", kept.process.key)
    if another_way:
        kept.process = _another_process(kept, process_key)
    kept.version += 1
    kept.save()
    AffectedUnit.objects.filter(initiative=kept).exclude(unit__in=units).delete()
    AffectedGroup.objects.filter(initiative=kept).exclude(group__in=groups).delete()
    _affect(kept, units, groups)
    _open_ai_duty(kept, by)
    assessments.open_for(kept, by)
    if another_way:
        for row in evidence.open_anew(kept, at):
            rest_on(kept, None, row.source, by, at)
    evidence.refresh([kept], at)
    facts = {
        "title": title,
        "owner": str(owner),
        "ai": ai_involved,
        "way": kept.process.key,
        "work_changes": kept.work_changes,
        "before": before,
    }
    journal.append("initiative.changed", thing=kept.ref, facts=facts, about=[owner, lead], by=by, at=at)
    return kept


@transaction.atomic
def give_money(
    *,
    initiative: Initiative,
    amount: Decimal | None,
    currency: str,
    source: str,
    what: str = "",
    price_year: int | None = None,
    since: date | None = None,
    by: Viewer,
    at: datetime,
) -> MoneyAsGiven:
    """Say what money was given for an initiative, as it was given. Nothing is worked out from it here.

    What says the same `what` again replaces the earlier figure, which stays visible; without an amount it
    says that no figure holds any more.
    """
    PERMISSIONS.require("give_money", by, initiative)
    if amount is not None and not abs(amount) < MOST_MONEY:
        raise Refused(_("This amount is larger than Samspil can keep. Write it in whole units."), "amount")
    if not re.fullmatch("[A-Z]{3}", currency):
        raise Refused(_("Write the currency with three capital letters, such as DKK or SEK."), "currency")
    if not source.strip():
        raise Refused(_("Write where the figure stands, so that others can look it up."), "source")
    given = MoneyAsGiven.objects.create(
        organisation=by.organisation,
        initiative=initiative,
        amount=amount,
        currency=currency,
        price_year=price_year,
        what=what.strip(),
        source=source.strip(),
        since=since or by.today,
        entered_by=by.person,
        entered_at=at,
    )
    facts = {
        "title": initiative.title,
        "amount": "–" if amount is None else str(amount),
        "currency": currency,
        "what": given.what,
        "price_year": price_year,
        "source": given.source,
        "since": given.since.isoformat(),
    }
    journal.append("initiative.money_given", thing=initiative.ref, facts=facts, by=by, at=at)
    return given


@transaction.atomic
def admit_guest(*, initiative: Initiative, person: Person, by: Viewer, at: datetime) -> Admission:
    """Let somebody from a partner organisation follow this one initiative."""
    PERMISSIONS.require("admit_guest", by, initiative)
    if not person.guest_of:
        raise Refused(_("Only guests from partner organisations need to be admitted."), "person")
    admission, _new = Admission.objects.get_or_create(
        organisation=by.organisation, initiative=initiative, person=person
    )
    initiative.__dict__.pop("known_guests", None)
    facts = {"guest": str(person), "from": person.guest_of}
    journal.append(
        "initiative.guest_admitted", thing=initiative.ref, facts=facts, about=[person], by=by, at=at
    )
    return admission


# --- binding steps -----------------------------------------------------------------------------------------


@transaction.atomic
def plan_step(
    *,
    initiative: Initiative,
    kind: str,
    on: date,
    taken: bool = False,
    phase: str = "",
    by: Viewer,
    at: datetime,
) -> BindingStep:
    """Say when a binding step is planned or was taken."""
    PERMISSIONS.require("give_step_date", by, initiative)
    _taken_in_the_past(on, taken, by)
    phase = phase or initiative.phase
    if BindingStep.objects.filter(initiative=initiative, phase=phase, kind=kind).exists():
        raise Refused(_("This step already has a date. Correct that date instead, with a reason."), "kind")
    step = _new_step(initiative, phase, kind, by)
    _give_date(step, on, taken, "", by, at)
    duties.redate([initiative])
    evidence.refresh([initiative], at)
    facts = {"kind": kind, "on": on.isoformat(), "taken": taken}
    journal.append("initiative.step_planned", thing=step.ref, facts=facts, by=by, at=at)
    return step


@transaction.atomic
def correct_step(
    *, step: BindingStep, on: date, taken: bool, reason: str, by: Viewer, at: datetime
) -> StepDate:
    """Give a step another date. The earlier one stays visible beside the reason."""
    PERMISSIONS.require("give_step_date", by, step)
    _taken_in_the_past(on, taken, by)
    if not reason.strip():
        raise Refused(_("Write why the date changes; both dates stay visible."), "reason")
    before = newest_date(step)
    found = _give_date(step, on, taken, reason, by, at)
    duties.redate([step.initiative])
    evidence.refresh([step.initiative], at)
    facts = {
        "kind": step.kind,
        "on": on.isoformat(),
        "taken": taken,
        "reason": reason,
        "before": before.on.isoformat() if before else "",
    }
    journal.append("initiative.step_corrected", thing=step.ref, facts=facts, by=by, at=at)
    return found


# --- what a gate asks for ----------------------------------------------------------------------------------


@transaction.atomic
def answer_demand(
    *,
    initiative: Initiative,
    gate: str,
    demand: str,
    status: str,
    because: str,
    version: int,
    source: str = "",
    by: Viewer,
    at: datetime,
) -> Evidence:
    """Answer by hand whether something a gate asks for is there.

    What a room can work out is left to the room: a person may only set it aside as not relevant, because …,
    and give it back by answering “unknown”.
    """
    PERMISSIONS.require("answer_demand", by, initiative)
    row = Evidence.objects.select_for_update().filter(initiative=initiative, gate=gate, demand=demand).first()
    if row is None:
        raise Refused(_("This gate no longer asks for that. Open the initiative again."))
    if row.version != version:
        raise ChangedMeanwhile(THEY_CHANGED_IT, theirs=row.because, yours=because)
    works_itself_out = _works_itself_out(initiative, gate, demand)
    if works_itself_out and status in (Evidence.Status.MET, Evidence.Status.MISSING):
        raise Refused(
            _("Samspil works this out itself. You can only say that it is not relevant, because …."), "status"
        )
    if not because.strip() and status != Evidence.Status.UNKNOWN:
        raise Refused(_("Write in a sentence what this rests on."), "because")
    row.status, row.because, row.because_key, row.because_facts = status, because, "", {}
    before, row.source = row.source, _source_of(initiative, source)
    row.by_hand = not (works_itself_out and status == Evidence.Status.UNKNOWN)
    row.answered_by, row.answered_at = by.person, at
    row.version += 1
    row.save()
    rest_on(initiative, row.source, before, by, at)
    evidence.refresh([initiative], at)
    facts = {"gate": gate, "demand": demand, "status": status, "because": because, "source": source}
    journal.append("initiative.demand_answered", thing=initiative.ref, facts=facts, by=by, at=at)
    return row


@transaction.atomic
def say_monday(
    *,
    initiative: Initiative,
    unit: Unit | None,
    group: AudienceGroup | None,
    changes: bool,
    text: str,
    version: int = 0,
    by: Viewer,
    at: datetime,
) -> MondayStatement:
    """Say what an affected unit or group does differently from Monday, or why nothing changes."""
    PERMISSIONS.require("say_monday", by, initiative)
    if not _is_affected(initiative, unit, group):
        raise Refused(_("Only a unit or group that the initiative affects says what happens on Monday."))
    if not text.strip():
        raise Refused(_("Write what you do differently, or why nothing changes."), "text")
    said = (
        MondayStatement.objects.select_for_update()
        .filter(initiative=initiative, unit=unit, group=group)
        .first()
    )
    if said is None:
        said = MondayStatement(
            organisation=by.organisation,
            thing=new_thing(by.organisation, "monday_statement"),
            initiative=initiative,
            unit=unit,
            group=group,
            version=0,
        )
    elif said.version != version:
        raise ChangedMeanwhile(THEY_CHANGED_IT, theirs=said.text, yours=text)
    said.changes, said.text, said.said_by, said.said_at = changes, text, by.person, at
    said.version += 1
    said.save()
    link(initiative.thing, said.thing, Link.Kind.LED_TO, by, at)
    evidence.refresh([initiative], at)
    facts = {"who": str(unit or group), "changes": changes, "text": text}
    journal.append("initiative.monday_said", thing=said.ref, facts=facts, by=by, at=at)
    return said


@transaction.atomic
def inform_about_ai(
    *,
    initiative: Initiative,
    informed_on: date,
    how: str,
    whom: Sequence[str] = tuple(TOLD),
    way: str = AIDuty.Way.MEETING,
    version: int = 1,
    item: str = "",
    by: Viewer,
    at: datetime,
) -> AIDuty:
    """Record when and how people were told that AI is involved: the staff it touches, their representatives,
    or both at once. What was recorded of the other stays."""
    PERMISSIONS.require("inform_about_ai", by, initiative)
    duty = _ai_duty_of(initiative)
    if duty.version != version:
        raise ChangedMeanwhile(THEY_CHANGED_IT, _all_told_in_short(duty), _told_in_short(informed_on, how))
    if not whom or not set(whom) <= set(TOLD):
        raise Refused(_("Say who was told: the staff, their representatives, or both."), "whom")
    if way not in AIDuty.Way.values:
        raise Refused(_("Choose how they were told."), "way")
    _taken_in_the_past(informed_on, True, by, "informed_on")
    for one in whom:
        setattr(duty, f"{one}_on", informed_on)
        setattr(duty, f"{one}_way", way)
        setattr(duty, f"{one}_how", how)
    duty.version += 1
    duty.item = thing_of(item) if item else duty.item
    duty.save()
    evidence.refresh([initiative], at)
    facts = {"informed_on": informed_on.isoformat(), "whom": sorted(whom), "way": way, "how": how}
    journal.append("initiative.ai_informed", thing=initiative.ref, facts=facts, by=by, at=at)
    return duty


@transaction.atomic
def date_ai_duty(
    *, initiative: Initiative, due: date | None, version: int, by: Viewer, at: datetime
) -> AIDuty:
    """Say by which day people are to be told: before the system is first used. Without a day the binding
    steps say it."""
    PERMISSIONS.require("inform_about_ai", by, initiative)
    duty = _ai_duty_of(initiative)
    if duty.version != version:
        raise ChangedMeanwhile(THEY_CHANGED_IT, _told_in_short(duty.due, ""), _told_in_short(due, ""))
    if duty.informed_on:
        raise Refused(_("People have been told already. Correct that day instead."), "due")
    duty.due, duty.due_given = due, due is not None
    duty.version += 1
    duty.save()
    duties.redate([initiative])
    evidence.refresh([initiative], at)
    duty.refresh_from_db()
    facts = {"due": duty.due.isoformat() if duty.due else "–"}
    journal.append("initiative.ai_duty_dated", thing=initiative.ref, facts=facts, by=by, at=at)
    return duty


@transaction.atomic
def record_assessment(
    *,
    assessment: Assessment,
    done_on: date,
    found: str,
    measures: str,
    safety_rep: Person,
    version: int,
    file: File | None = None,
    by: Viewer,
    at: datetime,
) -> Assessment:
    """What a substantial change asks for was done: when, what was found, and which safety representative took
    part."""
    PERMISSIONS.require("record_assessment", by, assessment)
    kept = _locked_assessment(assessment, version, found)
    _taken_in_the_past(done_on, True, by, "done_on")
    if not found.strip():
        raise Refused(_("Write in short what was found, also when nothing was."), "found")
    if not current(Seat.objects.filter(person=safety_rep, safety_rep=True), done_on).exists():
        raise Refused(
            _(
                "%(name)s held no seat as safety representative on that day. Choose somebody who did, or ask"
                " an administrator to enter the seat first."
            )
            % {"name": safety_rep},
            "safety_rep",
        )
    kept.done_on, kept.found, kept.measures = done_on, found.strip(), measures.strip()
    kept.safety_rep, kept.file = safety_rep, file or kept.file
    kept.version += 1
    kept.save()
    link(assessment.initiative.thing, assessment.thing, Link.Kind.LED_TO, by, at)
    evidence.refresh([assessment.initiative], at)
    facts = {"kind": kept.kind, "done_on": done_on.isoformat(), "found": found, "measures": measures}
    journal.append(
        "initiative.assessment_recorded", thing=assessment.ref, facts=facts, about=[safety_rep], by=by, at=at
    )
    return kept


@transaction.atomic
def date_assessment(
    *, assessment: Assessment, due: date | None, version: int, by: Viewer, at: datetime
) -> Assessment:
    """Say by which day it is to be done: before the change is put to use. Without a day go-live says it."""
    PERMISSIONS.require("record_assessment", by, assessment)
    kept = _locked_assessment(assessment, version, date_format(due, "DATE_FORMAT") if due else "")
    if kept.done_on:
        raise Refused(_("It has been done already. Correct that day instead."), "due")
    kept.due, kept.due_given = due, due is not None
    kept.version += 1
    kept.save()
    assessments.redate([assessment.initiative])
    evidence.refresh([assessment.initiative], at)
    kept.refresh_from_db()
    facts = {"kind": kept.kind, "due": kept.due.isoformat() if kept.due else "–"}
    journal.append("initiative.assessment_dated", thing=assessment.ref, facts=facts, by=by, at=at)
    return kept


# --- the gate ----------------------------------------------------------------------------------------------


@transaction.atomic
def decide_gate(
    *,
    initiative: Initiative,
    gate: str,
    outcome: str,
    decided_on: date,
    reason: str,
    override_reason: str = "",
    conditions: Sequence[NewCondition] = (),
    rests_on: Iterable[str] = (),
    seen: str = "",
    by: Viewer,
    at: datetime,
) -> GateDecision:
    """Decide at a gate on the evidence as it stands now, which is frozen with the decision.

    `seen` is the hash of the board they had before them; if it has changed since, they look again.
    """
    PERMISSIONS.require("decide_gate", by, initiative)
    kept = Initiative.objects.select_for_update().get(pk=initiative.pk)
    here = process.gate_of_phase(kept, kept.phase)
    if here is None or here.key != gate:
        raise Refused(
            _("This gate is not the next one any more. Open the initiative again to see where it is.")
        )
    _taken_in_the_past(decided_on, True, by, "decided_on")
    if not reason.strip():
        raise Refused(_("Write the reason for the decision."), "reason")
    if seen and seen != rules.freeze(evidence.board_of(kept, here)).sha256:
        raise Refused(
            _("The answers have changed since you opened this page. Look at them before you decide.")
        )
    if outcome in rules.GOING_ON:
        _take_decision_step(kept, decided_on, by, at)
        duties.redate([kept])
    evidence.refresh([kept], at)
    _check_decision(evidence.board_of(kept, here), outcome, override_reason, conditions, by)
    board = _board_to_freeze(kept)
    decision = _freeze(kept, gate, outcome, decided_on, reason, override_reason, board, by, at)
    _ask_for(decision, conditions)
    link(kept.thing, decision.thing, Link.Kind.LED_TO, by, at)
    for ref in rests_on:
        link(decision.thing, thing_of(ref), Link.Kind.RESTS_ON, by, at)
    before, kept.phase = kept.phase, rules.next_phase(kept.phase, outcome)
    kept.save(update_fields=["phase"])
    if outcome in rules.GOING_ON:
        _take_along(kept, before, decided_on)
    initiative.phase = kept.phase
    evidence.refresh([kept], at)
    facts = {
        "gate": gate,
        "outcome": outcome,
        "decided_on": decided_on.isoformat(),
        "reason": reason,
        "override_reason": override_reason,
        "board_sha256": decision.board_sha256,
        **_kept_by_rooms(decision, by, at),
    }
    journal.append("initiative.gate_decided", thing=decision.ref, facts=facts, by=by, at=at)
    return decision


@transaction.atomic
def meet_condition(*, condition: Condition, met_on: date, by: Viewer, at: datetime) -> Condition:
    """What a decision asked for has been done."""
    PERMISSIONS.require("meet_condition", by, condition)
    _taken_in_the_past(met_on, True, by, "met_on")
    condition.met_on = met_on
    condition.save(update_fields=["met_on"])
    facts = {"text": condition.text, "met_on": met_on.isoformat()}
    journal.append("initiative.condition_met", thing=condition.decision.ref, facts=facts, by=by, at=at)
    return condition


@transaction.atomic
def link_things(
    *, initiative: Initiative, from_thing: Thing, to_thing: Thing, kind: str, by: Viewer, at: datetime
) -> Link:
    """Say by hand how two things hang together."""
    PERMISSIONS.require("link_things", by, initiative)
    if from_thing.pk == to_thing.pk:
        raise Refused(_("A thing cannot be linked to itself. Choose another."), "to_thing")
    found = link(from_thing, to_thing, kind, by, at)
    facts = {"from": from_thing.ref, "to": to_thing.ref, "kind": kind}
    journal.append("initiative.linked", thing=initiative.ref, facts=facts, by=by, at=at)
    return found


PROBLEMS = {
    "decision_maker_missing": _(
        "Something is missing or unknown, so a named person has to decide. Ask them to sign in and decide."
        " It is: %(open)s"
    ),
    "reason_missing": _(
        "Something is missing or unknown on that day. Write why you go on all the same; it stays visible. "
        "It is: %(open)s"
    ),
    "conditions_missing": _("Write at least one condition, or choose to go on without conditions."),
    "conditions_not_asked_for": _("There are conditions. Choose to go on with conditions, or remove them."),
    "unknown_outcome": _("Choose one of the outcomes."),
}


def _in_short(title: str, owner: Person, lead: Person, case_number: str) -> str:
    """What is said about an initiative, to be laid beside what somebody else said."""
    return "\n".join(filter(None, (title, f"{owner} · {lead}", case_number)))


def _ai_duty_of(initiative: Initiative) -> AIDuty:
    duty = AIDuty.objects.select_for_update().filter(initiative=initiative).first()
    if duty is None:
        raise Refused(_("This initiative has no duty to inform about AI. Say first that AI is involved."))
    return duty


def _all_told_in_short(duty: AIDuty) -> str:
    """What is recorded of both, those who were told."""
    told = {one: (getattr(duty, f"{one}_on"), getattr(duty, f"{one}_how")) for one in TOLD}
    return "\n".join(f"{TOLD[one]}: {_told_in_short(on, how)}" for one, (on, how) in told.items() if on)


def _locked_assessment(assessment: Assessment, version: int, yours: str) -> Assessment:
    kept = Assessment.objects.select_for_update().get(pk=assessment.pk)
    if kept.version != version:
        theirs = kept.found or (date_format(kept.due, "DATE_FORMAT") if kept.due else "")
        raise ChangedMeanwhile(THEY_CHANGED_IT, theirs, yours)
    return kept


def _say_what_changes(initiative: Initiative, work_changes: Sequence[str] | None) -> None:
    """Any change of work is a substantial one; the law's own measure is for those who know the work."""
    if work_changes is None:
        return
    if not set(work_changes) <= set(WORK_CHANGES):
        raise Refused(_("Tick what changes, or that none of it does."), "work_changes")
    initiative.work_changes = [one for one in WORK_CHANGES if one in work_changes]
    initiative.substantial = bool(initiative.work_changes)


def _told_in_short(on: date | None, how: str) -> str:
    """When and how people were told, to be laid beside what somebody else recorded."""
    return "\n".join(filter(None, (date_format(on, "DATE_FORMAT") if on else "", how)))


def _check_decision(
    board: Sequence[rules.Line],
    outcome: str,
    override_reason: str,
    conditions: Sequence[NewCondition],
    by: Viewer,
) -> None:
    texts = [one.text for one in conditions]
    problems = rules.check_decision(board, outcome, override_reason, texts, decided_by=str(by.person or ""))
    for problem in problems:
        raise Refused(PROBLEMS[problem.kind] % {"open": _open_in_words(board)}, problem.field)


def _board_to_freeze(initiative: Initiative) -> tuple[rules.Line, ...]:
    """The board of the gate ahead in the organisation's language, whoever decides and reads it."""
    with translation.override(initiative.organisation.language):
        gate = process.gate_of_phase(initiative, initiative.phase)
        return evidence.board_of(initiative, gate) if gate else ()


def _open_in_words(board: Sequence[rules.Line]) -> str:
    """What a gate still asks for, and what is known about it."""
    return " · ".join(f"{line.demand.title}: {line.because or '–'}" for line in rules.open_lines(board))


def _process(organisation: Organisation, key: str) -> Content:
    found = process.process_for(organisation, key)
    if found is None:
        raise Refused(_("The process model is not loaded. Ask the operator to run “samspil load-content”."))
    return found


def _another_process(initiative: Initiative, key: str) -> Content:
    if GateDecision.objects.filter(initiative=initiative).exists():
        raise Refused(
            _(
                "A gate has been decided, so the way stands."
                " Set aside at the gates what is not relevant instead."
            ),
            "process_key",
        )
    return _process(initiative.organisation, key)


def _answer_needs(initiative: Initiative, needs: Sequence[Need], by: Viewer, at: datetime) -> None:
    for need in needs:
        AnsweredNeed.objects.create(organisation=by.organisation, initiative=initiative, need=need)
        link(need.thing, initiative.thing, Link.Kind.ANSWERED_BY, by, at)
        need.status = Need.Status.ANSWERED
        need.save(update_fields=["status"])


def _affect(initiative: Initiative, units: Iterable[Unit], groups: Iterable[AudienceGroup]) -> None:
    where = {"organisation_id": initiative.organisation_id, "initiative": initiative}
    AffectedUnit.objects.bulk_create(
        [AffectedUnit(**where, unit=unit) for unit in units], ignore_conflicts=True
    )
    AffectedGroup.objects.bulk_create(
        [AffectedGroup(**where, group=group) for group in groups], ignore_conflicts=True
    )


def _open_ai_duty(initiative: Initiative, by: Viewer) -> None:
    if initiative.ai_involved == Initiative.AI.YES:
        AIDuty.objects.get_or_create(
            initiative=initiative, defaults={"organisation": by.organisation, "opened_on": by.today}
        )
        duties.redate([initiative])


def _taken_in_the_past(on: date, taken: bool, by: Viewer, field: str = "on") -> None:
    if taken and on > by.today:
        raise Refused(_("This day has not come yet. Choose today or an earlier day."), field)


def _new_step(initiative: Initiative, phase: str, kind: str, by: Viewer) -> BindingStep:
    return BindingStep.objects.create(
        organisation=by.organisation,
        thing=new_thing(by.organisation, "binding_step"),
        initiative=initiative,
        phase=phase,
        kind=kind,
    )


def _give_date(step: BindingStep, on: date, taken: bool, reason: str, by: Viewer, at: datetime) -> StepDate:
    return StepDate.objects.create(
        organisation=by.organisation,
        step=step,
        on=on,
        taken=taken,
        reason=reason,
        given_by=by.person,
        given_at=at,
    )


def _is_affected(initiative: Initiative, unit: Unit | None, group: AudienceGroup | None) -> bool:
    if unit is not None:
        return group is None and AffectedUnit.objects.filter(initiative=initiative, unit=unit).exists()
    return AffectedGroup.objects.filter(initiative=initiative, group=group).exists()


def _works_itself_out(initiative: Initiative, gate: str, demand: str) -> bool:
    asked = [one for here in process.gates(initiative) if here.key == gate for one in here.demands]
    return any(one.key == demand and evidence.answered_by_a_room(one) for one in asked)


def _source_of(initiative: Initiative, ref: str) -> Thing | None:
    """What an answer rests on, in this organisation; the initiative itself shows nothing."""
    source = thing_of(ref) if ref else None
    if source == initiative.thing:
        raise Refused(
            _("An initiative cannot rest on itself. Choose something else that shows it."), "source"
        )
    return source


def _take_decision_step(initiative: Initiative, on: date, by: Viewer, at: datetime) -> None:
    """The decision is itself a binding step, so that the clock of being heard sees it."""
    kind = BindingStep.Kind.DECISION
    step = BindingStep.objects.filter(initiative=initiative, phase=initiative.phase, kind=kind).first()
    if step is None:
        step = _new_step(initiative, initiative.phase, kind, by)
    _give_date(step, on, True, "", by, at)


def _take_along(initiative: Initiative, before: str, decided_on: date) -> None:
    """Steps still ahead on the day of the decision belong to the new phase, unless it has one of the kind."""
    there = {step.kind for step in initiative.binding_steps.filter(phase=initiative.phase)}
    for step in initiative.binding_steps.filter(phase=before).exclude(kind__in=there):
        newest = newest_date(step)
        if newest and not newest.taken and newest.on > decided_on:
            step.phase = initiative.phase
            step.save(update_fields=["phase"])


def _freeze(
    initiative: Initiative,
    gate: str,
    outcome: str,
    decided_on: date,
    reason: str,
    override_reason: str,
    board: Sequence[rules.Line],
    by: Viewer,
    at: datetime,
) -> GateDecision:
    frozen = rules.freeze(board)
    return GateDecision.objects.create(
        organisation=by.organisation,
        thing=new_thing(by.organisation, "gate_decision"),
        initiative=initiative,
        gate=gate,
        outcome=outcome,
        decided_on=decided_on,
        decided_by=by.person,
        decider_title=by.person.title if by.person else "",
        reason=reason,
        override_reason=override_reason,
        board=frozen.text,
        board_sha256=frozen.sha256,
        decided_at=at,
    )


def _kept_by_rooms(decision: GateDecision, by: Viewer, at: datetime) -> dict[str, object]:
    """What other rooms keep with the decision, in their words for its journal row."""
    facts: dict[str, object] = {}
    for room in house.rooms_on(by.organisation.rooms_off):
        facts |= room.decided(decision, by, at) if room.decided else {}
    return facts


def _ask_for(decision: GateDecision, conditions: Iterable[NewCondition]) -> None:
    for one in conditions:
        Condition.objects.create(
            organisation_id=decision.organisation_id,
            decision=decision,
            text=one.text,
            owner=one.owner,
            due=one.due,
        )
