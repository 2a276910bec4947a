"""Whom the hall tells of what: owners, leads, guests and those who raised a need; nobody of their own act."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from samspil.initiative import ai_duties, assessments
from samspil.initiative.models import (
    Admission,
    AIDuty,
    AnsweredNeed,
    Assessment,
    GateDecision,
    Initiative,
    Need,
)
from samspil.initiative.words import OUTCOMES
from samspil.kit.room import Tell
from samspil.organisation.models import JournalRow, Membership, Person


def of_start(row: JournalRow, _facts: Mapping[str, Any]) -> Iterator[Tell]:
    """The owner hears that they own it, and who raised a need that somebody works on it."""
    initiative = _initiative(row.thing)
    if initiative is None:
        return
    if initiative.owner.subject != row.actor:
        with language_of(initiative.owner):
            yield _tell(
                initiative.owner,
                "you_own",
                initiative,
                _("You own “%(title)s”"),
                _(
                    "You are named as the owner of an initiative. On its page you see what is missing"
                    " before the next gate, and who owes it."
                ),
            )
    for need in Need.objects.filter(initiatives=initiative).select_related("thing", "raised_by"):
        yield from _need_answered(need, initiative, row)
    yield from _ai_opened(initiative, row)


def of_change(row: JournalRow, facts: Mapping[str, Any]) -> Iterator[Tell]:
    """The lead hears that artificial intelligence has become part of it, or that work is to be assessed."""
    initiative = _initiative(row.thing)
    before = facts.get("before", {})
    if initiative and before.get("ai") != Initiative.AI.YES:
        yield from _ai_opened(initiative, row)
    if initiative and facts.get("work_changes") and not before.get("work_changes"):
        yield from _assessments_opened(initiative, row)


def of_need_answered(row: JournalRow, _facts: Mapping[str, Any]) -> Iterator[Tell]:
    """Who raised the need hears which initiative answers it."""
    need = Need.objects.filter(thing__ref=row.thing).select_related("thing", "raised_by").first()
    rows = AnsweredNeed.objects.filter(need=need).select_related(
        "initiative__thing", "initiative__organisation"
    )
    newest = rows.order_by("pk").last()
    if need and newest:
        yield from _need_answered(need, newest.initiative, row)


def of_decision(row: JournalRow, _facts: Mapping[str, Any]) -> Iterator[Tell]:
    """Owner and lead hear what was decided at the gate."""
    found = GateDecision.objects.filter(thing__ref=row.thing).select_related(
        "thing", "initiative__thing", "initiative__organisation", "initiative__owner", "initiative__lead"
    )
    for decision in found:
        one = decision.initiative
        for person in {one.owner.pk: one.owner, one.lead.pk: one.lead}.values():
            if person.subject != row.actor:
                with language_of(person):
                    yield _decided(decision, person)


def of_guest(row: JournalRow, _facts: Mapping[str, Any]) -> Iterator[Tell]:
    """A guest hears which initiative they may follow."""
    initiative = _initiative(row.thing)
    if initiative is None:
        return
    for admission in Admission.objects.filter(initiative=initiative).select_related("person"):
        with language_of(admission.person):
            yield _tell(
                admission.person,
                "admitted",
                initiative,
                _("You can follow “%(title)s”"),
                _("You have been let in to follow this one initiative."),
            )


def of_ai_duties(today: date) -> Iterator[Tell]:
    """The lead hears once of each day that comes within two weeks, or has passed."""
    for duty in ai_duties.due_soon(today):
        with language_of(duty.initiative.lead):
            yield _ai_reminder(duty, today)


def of_assessments(today: date) -> Iterator[Tell]:
    """The lead hears once of each day that comes within two weeks, or has passed."""
    for row in assessments.due_soon(today):
        with language_of(row.initiative.lead):
            yield _assessment_reminder(row, today)


@contextmanager
def language_of(person: Person) -> Iterator[None]:
    """What is written inside is in the language the person chose, else in the organisation's."""
    membership = Membership.objects.filter(person=person).select_related("account", "organisation").first()
    chosen = membership.account.language if membership else ""
    with translation.override(chosen or person.organisation.language):
        yield


def _need_answered(need: Need, initiative: Initiative, row: JournalRow) -> Iterable[Tell]:
    if need.raised_by is None or need.raised_by.subject == row.actor:
        return
    with language_of(need.raised_by):
        yield _tell(
            need.raised_by,
            "need_answered",
            initiative,
            _("Somebody works on the need you raised"),
            _("You raised the need “%(need)s”. An initiative now answers it. You can follow it here.")
            % {"need": need.problem},
        )


def _ai_opened(initiative: Initiative, row: JournalRow) -> Iterator[Tell]:
    duty = ai_duties.open_duties().filter(initiative=initiative).first()
    if duty and duty.initiative.lead.subject != row.actor:
        with language_of(duty.initiative.lead):
            yield _ai_opened_words(duty)


def _ai_opened_words(duty: AIDuty) -> Tell:
    """The lead hears that there is something to tell people, and by when if that is known."""
    by_when = _("Nobody has said yet by which day.")
    if duty.due:
        by_when = _("It is due by %(due)s.") % {"due": date_format(duty.due, "DATE_FORMAT")}
    body = _(
        "Artificial intelligence is part of this initiative. Staff and their representatives are told before"
        " it is used: what it does, what data it works on, and who checks it."
    )
    subject = _("Tell staff about artificial intelligence: “%(title)s”")
    return _tell_of_duty(duty, "ai_duty_opened", subject, f"{body} {by_when}", "once")


def _ai_reminder(duty: AIDuty, today: date) -> Tell:
    assert duty.due is not None  # noqa: S101 - only what has a day is asked for
    if ai_duties.is_late(duty, today):
        body = _("Staff and their representatives were to be told by %(due)s, and nobody has recorded it.")
    else:
        body = _("Staff and their representatives are to be told by %(due)s, and nobody has recorded it.")
    due = date_format(duty.due, "DATE_FORMAT")
    subject = _("By %(due)s: tell staff about artificial intelligence, “%(title)s”")
    return _tell_of_duty(duty, "ai_duty_due", subject, body % {"due": due}, duty.due.isoformat(), due=due)


def _assessments_opened(initiative: Initiative, row: JournalRow) -> Iterator[Tell]:
    """The lead hears what is to be assessed, and by when if that is known."""
    for one in assessments.open_assessments().filter(initiative=initiative):
        lead = one.initiative.lead
        if lead.subject != row.actor:
            with language_of(lead):
                wording = assessments.worded(one.wording).body
                by_when = _("Nobody has said yet by which day.")
                if one.due:
                    by_when = _("It is due by %(due)s.") % {"due": date_format(one.due, "DATE_FORMAT")}
                subject = _("%(what)s: “%(title)s”") % {
                    "what": wording["title"],
                    "title": one.initiative.title,
                }
                yield _tell_of_assessment(
                    one, "assessment_opened", subject, f"{wording['statement']} {by_when}", "once"
                )


def _assessment_reminder(row: Assessment, today: date) -> Tell:
    assert row.due is not None  # noqa: S101 - only what has a day is asked for
    due = date_format(row.due, "DATE_FORMAT")
    wording = assessments.worded(row.wording).body
    if assessments.is_late(row, today):
        body = _("It was to be done by %(due)s, and nobody has recorded it.") % {"due": due}
    else:
        body = _("It is to be done by %(due)s, and nobody has recorded it.") % {"due": due}
    facts = {"due": due, "what": wording["title"], "title": row.initiative.title}
    subject = _("By %(due)s: %(what)s, “%(title)s”") % facts
    return _tell_of_assessment(row, "assessment_due", subject, body, row.due.isoformat())


def _tell_of_assessment(row: Assessment, kind: str, subject: str, body: str, period: str) -> Tell:
    page = reverse("initiative:assessment", args=[row.initiative.organisation.slug, row.ref])
    return Tell(row.initiative.lead, kind, row.ref, subject, body, page, period)


def _tell_of_duty(duty: AIDuty, kind: str, subject: str, body: str, period: str, **facts: str) -> Tell:
    one = duty.initiative
    page = reverse("initiative:inform_about_ai", args=[one.organisation.slug, one.ref])
    return Tell(one.lead, kind, one.ref, subject % {"title": one.title, **facts}, body, page, period)


def _decided(decision: GateDecision, person: Person) -> Tell:
    page = reverse("initiative:decision", args=[decision.initiative.organisation.slug, decision.ref])
    facts = {"title": decision.initiative.title, "outcome": OUTCOMES[decision.outcome]}
    return Tell(
        person=person,
        kind="gate_decided",
        thing=decision.ref,
        subject=_("Decided: “%(title)s”") % facts,
        body=_("The outcome at the gate is: %(outcome)s. The reason and the answers it rests on are here.")
        % facts,
        url=page,
    )


def _tell(person: Person, kind: str, initiative: Initiative, subject: str, body: str) -> Tell:
    page = reverse("initiative:initiative", args=[initiative.organisation.slug, initiative.ref])
    return Tell(person, kind, initiative.ref, subject % {"title": initiative.title}, body, page)


def _initiative(ref: str) -> Initiative | None:
    rows = Initiative.objects.select_related("thing", "organisation", "owner__organisation")
    return rows.filter(thing__ref=ref).first()
