"""What the decision clock found, in plain and neutral sentences. It puts blame on nobody."""

from collections.abc import Mapping
from datetime import date

from django.utils.formats import date_format
from django.utils.functional import Promise, lazy
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from samspil.core.decision_clock import Ahead, AheadKind, BindingStep, Severity, Verdict, VerdictKind
from samspil.initiative.words import STEP_KINDS
from samspil.kit.room import Found

STATUSES = {
    "requested": pgettext_lazy("item", "Asked for"),
    "on_agenda": pgettext_lazy("item", "On the agenda"),
    "discussed": pgettext_lazy("item", "Discussed, the text is not signed"),
    "released": pgettext_lazy("item", "Discussed, waiting for approval"),
    "approved": pgettext_lazy("item", "Discussed and approved"),
    "withdrawn": pgettext_lazy("item", "Withdrawn"),
}
MEETING_KINDS = {
    "ordinary": pgettext_lazy("meeting", "Ordinary"),
    "extraordinary": pgettext_lazy("meeting", "Extraordinary"),
    "written": pgettext_lazy("meeting", "In writing"),
    "elsewhere": pgettext_lazy("meeting", "Held elsewhere"),
}
ORDERS = {
    "before": _("Before the binding step of the same day"),
    "after": _("After the binding step of the same day"),
}
ORDERS_IN_FULL = {
    "before": _("The matter was taken up before the binding step of the same day."),
    "after": _("The matter was taken up after the binding step of the same day."),
}
# What a question is to be taken up before.
BEFORE_STEPS = {
    "budget": _("To be taken up before the budget is adopted"),
    "requirements": _("To be taken up before the requirements are final"),
    "tender": _("To be taken up before the tender is out"),
    "contract": _("To be taken up before the contract is signed"),
    "decision": _("To be taken up before the decision is taken"),
    "political": _("To be taken up before politicians decide"),
}
TONES = {Severity.CALM: "info", Severity.SOON: "warning", Severity.LATE: "warning"}


def day(on: date) -> str:
    """A day in the reader's way."""
    return date_format(on, "DATE_FORMAT")


def corrected(before: date, after: date, reason: str) -> str:
    """That a meeting's date was corrected, both dates and why."""
    facts = {"before": day(before), "after": day(after), "reason": reason}
    return gettext("Date corrected from %(before)s to %(after)s: %(reason)s") % facts


def signed_with(met_on: date, holds: date) -> str:
    """That a text names another day than the one that holds by now; nothing when they are the same."""
    if met_on == holds:
        return ""
    return gettext(
        "The text says %(then)s, for that was the date when it was signed. The date of the meeting was"
        " corrected to %(now)s afterwards. Text and fingerprint stay as they were."
    ) % {"then": day(met_on), "now": day(holds)}


# --- looking back ----------------------------------------------------------------------------------------


def found_of(verdict: Verdict, source_id: int | None, waits_for: str, today: date) -> Found:
    """What the clock found, as evidence. `waits_for`: the seats whose approval is still to come."""
    kind, discussion = verdict.kind, verdict.discussion
    facts = {
        "days": verdict.days,
        "committee": discussion.committee if discussion else "",
        "on": discussion.met_on.isoformat() if discussion else "",
        "approved_on": _iso(discussion.minutes_approved_on) if discussion else "",
        "who": waits_for,
    }
    if discussion and discussion.decide_from:
        facts["from_day"] = discussion.decide_from.isoformat()
    if kind == VerdictKind.NO_BINDING_STEP_KNOWN:
        return _without_step(verdict, facts, source_id)
    step = verdict.step.kind if verdict.step else ""
    in_time = kind in (VerdictKind.IN_TIME, VerdictKind.IN_TIME_SAME_DAY)
    return Found("met" if in_time else "missing", f"{_key(verdict, today)}.{step}", facts, source_id)


def sentence_of(verdict: Verdict, today: date, waits_for: str = "") -> str:
    """What the clock found, as a sentence."""
    found = found_of(verdict, None, waits_for, today)
    given = {name: found.facts.get(name, "") for name in DATES}
    dates = {name: value and day(date.fromisoformat(value)) for name, value in given.items()}
    return str(EVIDENCE_WORDS[found.because]) % {**found.facts, **dates}


DATES = ("on", "approved_on", "from_day")


def _without_step(verdict: Verdict, facts: Mapping[str, object], source_id: int | None) -> Found:
    discussion = verdict.discussion
    if discussion is None:
        return Found("missing", "not_discussed", facts)
    if discussion.minutes_approved_on is None:
        return Found("missing", "awaiting_without_step", facts, source_id)
    return Found("met", "discussed_without_step", facts, source_id)


def _key(verdict: Verdict, today: date) -> str:
    """Which sentence; one day has its own, and a step that lies behind has another than one to come.

    The hall finds what came too late by these names: `initiative/queries.py`, CAME_TOO_LATE.
    """
    if verdict.kind == VerdictKind.NOT_DISCUSSED:
        return _undiscussed(verdict.step, today)
    if verdict.kind == VerdictKind.DID_NOT_WAIT and not (verdict.step and verdict.step.taken):
        return "must_wait"
    if verdict.kind == VerdictKind.TOO_LATE and verdict.days == 0:
        return "too_late_same_day"
    if verdict.kind in (VerdictKind.TOO_LATE, VerdictKind.IN_TIME) and verdict.days == 1:
        return f"{verdict.kind.value}_one"
    return str(verdict.kind.value)


def _undiscussed(step: BindingStep | None, today: date) -> str:
    if step and step.taken:
        return "not_discussed_step_taken"
    return "not_discussed_step_passed" if step and step.on < today else "not_discussed_step_to_come"


def _iso(on: date | None) -> str:
    return on.isoformat() if on else ""


# Per kind of step; %(step)s is put in when the sentence is read, so that it comes in the reader's language.
ABOUT_A_STEP = {
    "in_time": _("Discussed %(days)s days before the binding step (%(step)s), in %(committee)s."),
    "in_time_one": _("Discussed 1 day before the binding step (%(step)s), in %(committee)s."),
    "in_time_same_day": _(
        "Discussed on the day of the binding step (%(step)s), before it, in %(committee)s."
    ),
    "awaiting_approval": _(
        "Discussed in time, on %(on)s in %(committee)s. Waiting for approval by: %(who)s."
    ),
    "same_day_without_recorded_order": _(
        "Discussed on the day of the binding step (%(step)s). It is not recorded which came first."
    ),
    "must_wait": _(
        "Discussed, and there is disagreement. The binding step (%(step)s) may be taken from %(from_day)s,"
        " when the days for calling central negotiation have passed."
    ),
    "did_not_wait": _(
        "Discussed, but the binding step (%(step)s) was taken before %(from_day)s, while central negotiation"
        " could still be called."
    ),
    "too_late": _("Discussed %(days)s days after the binding step (%(step)s)."),
    "too_late_one": _("Discussed 1 day after the binding step (%(step)s)."),
    "too_late_same_day": _("Discussed on the day of the binding step (%(step)s), after it."),
    "not_discussed_step_taken": _("Not discussed; the binding step (%(step)s) has been taken."),
    "not_discussed_step_passed": _("Not discussed; the day of the binding step (%(step)s) has passed."),
    "not_discussed_step_to_come": _("Not discussed yet. It must be before the binding step (%(step)s)."),
}


def _about(sentence: "str | Promise", step: "str | Promise") -> str:
    return str(sentence).replace("%(step)s", str(step).replace("%", "%%").lower())


EVIDENCE_WORDS: dict[str, "str | Promise"] = {
    "not_discussed": _("Not discussed yet at the right level."),
    "discussed_without_step": _(
        "Discussed on %(on)s in %(committee)s and approved. No binding step in this phase has a date yet."
    ),
    "awaiting_without_step": _("Discussed on %(on)s in %(committee)s. Waiting for approval by: %(who)s."),
    "no_right_committee": _("No committee is attached to those affected, so the right one is not known."),
    **{
        f"{key}.{kind}": lazy(_about, str)(sentence, step)
        for key, sentence in ABOUT_A_STEP.items()
        for kind, step in STEP_KINDS.items()
    },
}


# --- looking ahead ---------------------------------------------------------------------------------------


def ahead_sentence(ahead: Ahead, back: Verdict | None = None) -> str:
    """What can still be done, with the dates that matter. `back`: what the clock says of the first step."""
    if back and ahead.kind == AheadKind.DISCUSSED and ahead.passed:
        return sentence_of(back, ahead.today)
    return _AHEAD[ahead.kind](ahead)


def _discussed(ahead: Ahead) -> str:
    if ahead.step is None:
        return gettext("Discussed. Nothing more is needed here.")
    return gettext("Discussed. Nothing more is needed before the binding step.")


def _must_wait(ahead: Ahead) -> str:
    return gettext(
        "Discussed, and there is disagreement. It may be decided from %(day)s, when the days for calling"
        " central negotiation have passed; the binding step is planned before that."
    ) % {"day": day(ahead.decide_from) if ahead.decide_from else ""}


def _no_step(ahead: Ahead) -> str:
    return gettext(
        "No binding step in this phase has a date yet. Once one has, you see here by when this must be"
        " discussed."
    )


def _in_reach(ahead: Ahead) -> str:
    meeting = ahead.meeting
    assert meeting is not None  # noqa: S101 - the clock names it
    return gettext(
        "The next meeting at the right level is on %(meeting)s; ask for the item by %(request)s."
        " Otherwise: extraordinary meeting or in writing."
    ) % {"meeting": day(meeting.on), "request": day(meeting.request_by)}


def _request_passed(ahead: Ahead) -> str:
    meeting = ahead.meeting
    assert meeting is not None  # noqa: S101 - the clock names it
    return gettext(
        "The last meeting before the binding step is on %(meeting)s; items had to be asked for by"
        " %(request)s. What is left: %(ways)s."
    ) % {"meeting": day(meeting.on), "request": day(meeting.request_by), "ways": _ways(ahead)}


def _no_meeting(ahead: Ahead) -> str:
    return gettext(
        "No meeting at the right level is planned before the binding step. What is left: %(ways)s."
    ) % {"ways": _ways(ahead)}


def _passed(ahead: Ahead) -> str:
    if ahead.meeting is None:
        return gettext("The binding step has been taken without a discussion, and no meeting is planned.")
    return gettext(
        "The binding step has been taken without a discussion. The next meeting at the right level is on"
        " %(meeting)s; ask for the item by %(request)s."
    ) % {"meeting": day(ahead.meeting.on), "request": day(ahead.meeting.request_by)}


_AHEAD = {
    AheadKind.DISCUSSED: _discussed,
    AheadKind.MUST_WAIT: _must_wait,
    AheadKind.NO_BINDING_STEP_KNOWN: _no_step,
    AheadKind.MEETING_IN_REACH: _in_reach,
    AheadKind.REQUEST_DATE_PASSED: _request_passed,
    AheadKind.NO_MEETING_BEFORE: _no_meeting,
    AheadKind.STEPS_PASSED: _passed,
}


def _ways(ahead: Ahead) -> str:
    if len(ahead.ways) > 1:
        return gettext("an extraordinary meeting, or in writing")
    return gettext("in writing")


def step_sentence(ahead: Ahead) -> str:
    """The binding step it is about, and how long until it."""
    if ahead.step is None or ahead.days_to_step is None:
        return ""
    days = ahead.days_to_step
    return ngettext(
        "Binding step: %(step)s on %(on)s, in %(days)s day.",
        "Binding step: %(step)s on %(on)s, in %(days)s days.",
        days,
    ) % {"step": str(STEP_KINDS[ahead.step.kind]).lower(), "on": day(ahead.step.on), "days": days}
