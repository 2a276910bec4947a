"""What people do about requests and negotiations. Each action: permission, facts, consequences, journal."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samspil.core.remedy_clock import Stand, Unit
from samspil.dialogue import words
from samspil.dialogue.models import Item
from samspil.dialogue.permissions import PERMISSIONS
from samspil.dialogue.proposal import step_ahead
from samspil.dialogue.remedies import queries, tables
from samspil.dialogue.remedies.models import CentralCall, OwnTerm, RemedyCase, RemedyStep
from samspil.dialogue.sealing import sealed
from samspil.initiative import evidence
from samspil.initiative.models import BindingStep, GateDecision, Initiative, Link
from samspil.initiative.things import link, link_because, new_thing, thing_of
from samspil.kit.refusal import ChangedMeanwhile, Refused
from samspil.organisation import journal
from samspil.organisation.models import Committee, Person, Union
from samspil.organisation.viewer import Viewer

THEY_CHANGED_IT = _("Somebody changed this while you were writing. Both texts are below; nothing is lost.")
NOT_COME = _("This day has not come yet. Choose today or an earlier day.")
NO_TABLE = _("No requests are known for the agreement that holds here. Ask an administrator to enter it.")
ENDED = _("This case has ended. Open it to see how.")
OPEN_STANDS = (Stand.MAY_BE_CALLED, Stand.AWAITING_SIGNATURE)


@transaction.atomic
def raise_case(
    *,
    committee: Committee,
    kind: str,
    title: str,
    asked: str,
    raised_on: date,
    item: Item | None = None,
    because: str = "",
    by: Viewer,
    at: datetime,
) -> RemedyCase:
    """Ask, for the staff side, for what the agreement gives it. The first step is owed from that day on.

    `because` is the ref of what it is about besides the item: a decision at a gate, a binding step.
    """
    PERMISSIONS.require("raise_remedy", by, committee)
    table = tables.table_in_force(by.organisation, raised_on)
    if table is None:
        raise Refused(NO_TABLE)
    remedies = tables.read(table)
    chosen = next((one for one in remedies.kinds if one.key == kind), None)
    if chosen is None:
        raise Refused(_("Choose what kind of request it is."), "kind")
    if not _may_raise(by, committee, chosen):
        raise Refused(_("Your agreement names others who raise this. The page lists them."), "kind")
    if not title.strip():
        raise Refused(_("Write a title, so that people know what it is about."), "title")
    if not asked.strip():
        raise Refused(_("Write what you ask for, and why."), "asked")
    if raised_on > by.today:
        raise Refused(NOT_COME, "raised_on")
    if item and item.committee_id != committee.pk:
        raise Refused(_("This item belongs to another committee. Raise it there."))
    case = RemedyCase.objects.create(
        organisation=by.organisation,
        thing=new_thing(by.organisation, "remedy"),
        committee=committee,
        table=table,
        kind=kind,
        item=item,
        initiative=item.initiative if item else _initiative_of(because),
        title=title.strip(),
        asked=asked.strip(),
        raised_by=by.person,
        raised_on=raised_on,
        raised_at=at,
    )
    step = _open_step(case, chosen.steps[0], raised_on, remedies, None)
    _link(case, because, by, at)
    _remember("remedy_raised", case, by, at, kind=chosen.title, due=_iso(step.due))
    return case


@transaction.atomic
def answer_case(
    *, case: RemedyCase, answer: str, answered_on: date, version: int, by: Viewer, at: datetime
) -> RemedyCase:
    """Answer the step that one's side owes. The answer stays; the staff side says whether it is enough."""
    PERMISSIONS.require("answer_remedy", by, case)
    kept = _locked(case, version, answer)
    step = queries.present_step(kept)
    if not step.is_owed:
        raise Refused(_("This step has been answered already. Open the case to see the answer."))
    if not answer.strip():
        raise Refused(_("Write your answer."), "answer")
    if answered_on > by.today:
        raise Refused(NOT_COME, "answered_on")
    if answered_on < step.opened_on:
        raise Refused(_("This day lies before the request. Choose a later day."), "answered_on")
    step.answer, step.answered_on, step.answered_by = answer.strip(), answered_on, by.person
    step.save(update_fields=["answer", "answered_on", "answered_by"])
    _next_version(kept)
    _remember("remedy_answered", kept, by, at, on=answered_on.isoformat())
    return kept


@transaction.atomic
def refer_case(
    *,
    case: RemedyCase,
    because: str,
    due: date | None = None,
    version: int,
    by: Viewer,
    at: datetime,
) -> RemedyCase:
    """Take a case to its next step, when the answer was not enough or none came by the day.

    `due` is a day that was agreed on, for a step whose table names none.
    """
    PERMISSIONS.require("refer_remedy", by, case)
    kept = _locked(case, version, because)
    step = queries.present_step(kept)
    remedies = tables.read(kept.table)
    following = remedies.kind(kept.kind).after(step.key)
    if following is None:
        raise Refused(_("There is no further step. Close the case with how it ended."))
    if step.is_owed and step.due and step.due >= by.today:
        raise Refused(
            _("An answer is owed by %(day)s. Wait for it, or for the day to pass.")
            % {"day": words.day(step.due)}
        )
    if not because.strip():
        raise Refused(_("Write in a sentence why the case goes on."), "because")
    if due and due <= by.today:
        raise Refused(_("Choose a day to come."), "due")
    step.left_on = by.today
    step.save(update_fields=["left_on"])
    opened = _open_step(kept, following, by.today, remedies, due)
    _next_version(kept)
    _remember(
        "remedy_referred", kept, by, at, to=following.title, because=because.strip(), due=_iso(opened.due)
    )
    return _as_it_stands(kept)


@transaction.atomic
def close_case(
    *,
    case: RemedyCase,
    closing: str,
    because: str,
    closed_on: date,
    version: int,
    by: Viewer,
    at: datetime,
) -> RemedyCase:
    """End a case with what came of it. Nobody is reminded of it from then on."""
    PERMISSIONS.require("close_remedy", by, case)
    kept = _locked(case, version, because)
    known = tables.read(kept.table).closing(closing)
    step = queries.present_step(kept)
    if known is None:
        raise Refused(_("Choose how it ended."), "closing")
    if not because.strip():
        raise Refused(_("Write in a sentence how it ended."), "because")
    if not step.opened_on <= closed_on <= by.today:
        raise Refused(_("Choose a day between the last step and today."), "closed_on")
    if step.is_owed:
        step.left_on = closed_on
        step.save(update_fields=["left_on"])
    kept.closing, kept.closed_because, kept.closed_on = closing, because.strip(), closed_on
    kept.save(update_fields=["closing", "closed_because", "closed_on"])
    _next_version(kept)
    _remember("remedy_closed", kept, by, at, how=known.title, on=closed_on.isoformat())
    return kept


@transaction.atomic
def call_central(*, item: Item, union: Union, called_on: date, by: Viewer, at: datetime) -> CentralCall:
    """Record that a union called for central negotiation after one that ended in disagreement."""
    PERMISSIONS.require("call_central", by, item)
    kept = Item.objects.select_for_update().get(pk=item.pk)
    waits = [one for one in queries.waits_of(item, called_on) if one.union in (None, union)]
    waiting = next((one for one in waits if one.wait.stand != Stand.AGREED), None)
    if waiting is None or waiting.wait.stand not in (*OPEN_STANDS, Stand.NOT_CALLED):
        raise Refused(
            _("With this union nothing waits that central negotiation could be called for."), "union"
        )
    if called_on > by.today:
        raise Refused(NOT_COME, "called_on")
    if called_on < waiting.outcome.meeting.on:
        raise Refused(_("This day lies before the negotiation. Choose a later day."), "called_on")
    if waiting.wait.call_by and called_on > waiting.wait.call_by:
        raise Refused(
            _(
                "The days for calling ended on %(day)s. Where your agreement gives more, an administrator"
                " enters that first."
            )
            % {"day": words.day(waiting.wait.call_by)},
            "called_on",
        )
    call, new = CentralCall.objects.get_or_create(
        item=kept,
        meeting=waiting.outcome.meeting,
        union=union,
        defaults={
            "organisation": by.organisation,
            "called_on": called_on,
            "recorded_by": by.person,
            "recorded_at": at,
        },
    )
    if not new:
        raise Refused(_("That this union called is recorded already."), "union")
    if item.initiative:
        evidence.refresh([item.initiative], at)
    facts = {"title": item.title, "union": union.name, "on": called_on.isoformat(), **sealed(item)}
    journal.append("dialogue.central_called", thing=item.ref, facts=facts, by=by, at=at)
    return call


@transaction.atomic
def set_own_term(
    *, clock: str, since: date, number: int, unit: str, source: str, by: Viewer, at: datetime
) -> OwnTerm:
    """Enter how long somebody has by the organisation's own agreement, from a date on. Earlier days stay."""
    PERMISSIONS.require("set_own_term", by)
    remedies = queries.of_organisation(by.organisation, since)
    known = {one.key for _title, one in remedies.clocks()} if remedies else set()
    if clock not in known:
        raise Refused(_("Choose one of the deadlines on the list."), "clock")
    if unit not in set(Unit):
        raise Refused(_("Choose days, working days or months."), "unit")
    if not 1 <= number <= 400:
        raise Refused(_("Write a number between 1 and 400."), "number")
    if not source.strip():
        raise Refused(_("Write which agreement it stands in, and where."), "source")
    term, _new = OwnTerm.objects.update_or_create(
        organisation=by.organisation,
        clock=clock,
        since=since,
        defaults={"number": number, "unit": unit, "source": source.strip()},
    )
    facts = {
        "clock": clock,
        "number": number,
        "unit": unit,
        "since": since.isoformat(),
        "source": term.source,
    }
    journal.append("dialogue.own_term_set", thing="", facts=facts, by=by, at=at)
    return term


# --- steps the actions share --------------------------------------------------------------------------------


def _may_raise(by: Viewer, committee: Committee, kind: tables.Kind) -> bool:
    return any(queries.kinds_of(seat) & set(kind.raised_by) for seat in by.seats_in(committee.pk))


def _initiative_of(ref: str) -> Initiative | None:
    """The initiative that a cited thing is, or belongs to."""
    if not ref:
        return None
    for model in (BindingStep, GateDecision):
        found = model.objects.filter(thing__ref=ref).select_related("initiative__thing").first()
        if found:
            return found.initiative
    return Initiative.objects.filter(thing__ref=ref).first()


def _open_step(
    case: RemedyCase, step: tables.Step, on: date, remedies: tables.Remedies, due: date | None
) -> RemedyStep:
    """The step with its last day: from the organisation's own rules, the table, or a day agreed on."""
    clock = tables.Own().of(step.clock, on) if step.clock else None
    last = tables.last_day_of(clock, on, remedies, case.organisation) if clock else due
    return RemedyStep.objects.create(
        organisation_id=case.organisation_id,
        case=case,
        key=step.key,
        committee=queries.place_of(step, case),
        opened_on=on,
        due=last,
    )


def _link(case: RemedyCase, because: str, by: Viewer, at: datetime) -> None:
    """The thread: from the item, from the binding step it had to precede, and from what was cited."""
    if case.item:
        link(case.item.thing, case.thing, Link.Kind.LED_TO, by, at)
        if case.item.before_step:
            link(case.item.before_step.thing, case.thing, Link.Kind.LED_TO, by, at)
    elif case.initiative and (step := step_ahead(case.initiative)):
        link(step[0].thing, case.thing, Link.Kind.LED_TO, by, at)
    if because and not (case.item and thing_of(because).pk == case.item.thing_id):
        link_because(because, case.thing, Link.Kind.LED_TO, by, at)


def _locked(case: RemedyCase, version: int, yours: str) -> RemedyCase:
    """The case as it stands now, held until the action is over."""
    RemedyCase.objects.select_for_update().get(pk=case.pk)
    kept = _as_it_stands(case)
    if kept.version != version:
        raise ChangedMeanwhile(THEY_CHANGED_IT, theirs=_newest_text(kept), yours=yours)
    if kept.closed_on:
        raise Refused(ENDED)
    return kept


def _as_it_stands(case: RemedyCase) -> RemedyCase:
    """The case with every step it has by now."""
    kept = queries.case(case.ref)
    assert kept is not None  # noqa: S101 - a case is never deleted
    return kept


def _newest_text(case: RemedyCase) -> str:
    return case.closed_because or queries.present_step(case).answer or case.asked


def _next_version(case: RemedyCase) -> None:
    case.version += 1
    case.save(update_fields=["version"])


def _iso(on: date | None) -> str:
    return on.isoformat() if on else "–"


def _remember(
    verb: str, case: RemedyCase, by: Viewer, at: datetime, about: Iterable[Person] = (), **facts: object
) -> None:
    known = {"title": case.title, "committee": case.committee.name, **facts}
    journal.append(f"dialogue.{verb}", thing=case.ref, facts=known, about=about, by=by, at=at)
