"""The decision on freed time, and the closing report."""

import hashlib
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from samspil.benefits import queries
from samspil.benefits.closing.facts import facts_of
from samspil.benefits.keeping import locked, remember
from samspil.benefits.ledger.actions import LARGEST
from samspil.benefits.models import Benefit, ClosingReport, FreedTime
from samspil.benefits.permissions import PERMISSIONS
from samspil.benefits.words import USES
from samspil.business_case import actions as cases
from samspil.business_case.models import Part
from samspil.core.journal import canonical
from samspil.dialogue.models import Item
from samspil.initiative import evidence, figures
from samspil.initiative.models import Initiative, Link
from samspil.initiative.queries import ENDED
from samspil.initiative.things import link, new_thing
from samspil.kit.refusal import Refused
from samspil.organisation import journal
from samspil.organisation.viewer import Viewer


@transaction.atomic
def decide_freed_time(
    *,
    benefit: Benefit,
    use: str,
    what_for: str,
    decided_on: date,
    hours_a_year: Decimal | None = None,
    heard_in: Item | None = None,
    not_heard_because: str = "",
    by: Viewer,
    at: datetime,
) -> FreedTime:
    """Record what the time a benefit frees is used for. The committee hears of it before, or it says why not.

    While the initiative runs the line of the case knows it too: from then on the time counts as money.
    """
    PERMISSIONS.require("decide_freed_time", by, benefit)
    kept = locked(benefit)
    if kept.worth != Benefit.Worth.REALLOCATION:
        raise Refused(_("This benefit frees no time. Change its class first, if it does."))
    if use not in FreedTime.Use.values:
        raise Refused(_("Choose what the time is used for."), "use")
    if not what_for.strip():
        raise Refused(
            _("Write what the time is used for, in words those who work there understand."), "what_for"
        )
    if decided_on > by.today:
        raise Refused(_("This day has not come yet. Choose today or an earlier day."), "decided_on")
    if hours_a_year is not None and not 0 <= hours_a_year < LARGEST:
        raise Refused(_("Write the hours as a number above zero."), "hours_a_year")
    _was_heard(kept, heard_in, not_heard_because, decided_on)
    row = FreedTime.objects.create(
        organisation=by.organisation,
        thing=new_thing(by.organisation, "freed_time"),
        benefit=kept,
        use=use,
        hours_a_year=hours_a_year,
        what_for=what_for.strip(),
        decided_on=decided_on,
        heard_in=heard_in.thing if heard_in else None,
        not_heard_because="" if heard_in else not_heard_because.strip(),
        decided_by=by.person,
        decided_at=at,
    )
    link(kept.thing, row.thing, Link.Kind.LED_TO, by, at)
    if heard_in:
        link(row.thing, heard_in.thing, Link.Kind.RESTS_ON, by, at)
    _tell_the_case(kept, row, by, at)
    facts = {"use": use, "what_for": what_for, "decided_on": decided_on.isoformat()}
    remember("freed_time_decided", kept, facts, by, at)
    return row


@transaction.atomic
def write_closing_report(
    *, initiative: Initiative, account: str, repeat: str = "", avoid: str = "", by: Viewer, at: datetime
) -> ClosingReport:
    """Keep what became of the benefits, as it is known today. Figures go to the board."""
    PERMISSIONS.require("write_closing_report", by, initiative)
    Initiative.objects.select_for_update().get(pk=initiative.pk)
    if not account.strip():
        raise Refused(_("Write in a few sentences what came of it and why."), "account")
    found, gone = queries.with_what_is_gone(initiative, by.today)
    if not found:
        raise Refused(_("There is no benefit in the register yet, so there is nothing to report on."))
    text = canonical(facts_of(initiative, found, gone)).decode()
    last = ClosingReport.objects.filter(initiative=initiative).aggregate(last=Max("number"))["last"] or 0
    report = ClosingReport.objects.create(
        organisation=by.organisation,
        thing=new_thing(by.organisation, "closing_report"),
        initiative=initiative,
        number=last + 1,
        on=by.today,
        account=account.strip(),
        repeat=repeat.strip(),
        avoid=avoid.strip(),
        facts=text,
        facts_sha256=hashlib.sha256(text.encode()).hexdigest(),
        written_by=by.person,
        written_at=at,
    )
    link(initiative.thing, report.thing, Link.Kind.LED_TO, by, at)
    _push(initiative, report, found, by, at)
    evidence.refresh([initiative], at)
    journal.append("benefits.report_written", thing=report.ref, facts=sealed_facts(report), by=by, at=at)
    return report


def sealed_facts(report: ClosingReport) -> dict[str, object]:
    """What the journal commits to about a report."""
    return {
        "title": report.initiative.title,
        "number": report.number,
        "account": report.account,
        "facts_sha256": report.facts_sha256,
    }


# --- steps the actions share -------------------------------------------------------------------------------


def _was_heard(benefit: Benefit, item: Item | None, because: str, decided_on: date) -> None:
    """Committees are heard, they do not decide; that they were not is said openly."""
    if item is None:
        if not because.strip():
            raise Refused(
                _("Choose the item under which the committee heard of it, or write why it was not heard."),
                "not_heard_because",
            )
        return
    if item.initiative_id != benefit.initiative_id:
        raise Refused(_("This item is about something else. Choose one about this initiative."), "heard_in")
    if item.meeting is None or item.meeting.on > decided_on:
        raise Refused(
            _("The committee has to hear of it before it is decided. Choose an earlier item or a later day."),
            "heard_in",
        )


def _tell_the_case(benefit: Benefit, row: FreedTime, by: Viewer, at: datetime) -> None:
    """The line counts from now on. A case that has ended is not changed: there the register says it alone."""
    if benefit.line_id is None or benefit.initiative.phase in ENDED:
        return
    line = Part.objects.select_related("thing", "case__initiative").get(pk=benefit.line_id)
    if line.taken_out_at:
        return
    decided = {"decided_on": row.decided_on.isoformat(), "use": f"{USES[row.use]}: {row.what_for}"}
    cases.change(
        part=line,
        version=line.version,
        content={**line.content, "freed_time": decided},
        owner=line.owner,
        estimator=line.estimator,
        because=row.ref,
        by=by,
        at=at,
    )


def _push(
    initiative: Initiative,
    report: ClosingReport,
    found: list[queries.Followed],
    by: Viewer,
    at: datetime,
) -> None:
    counts = queries.counts(found)
    for status in ("realised", "partly", "not_realised", "unknown"):
        figures.push(
            initiative.thing,
            f"benefits_{status}",
            counts[status],
            "benefits",
            on=report.on,
            source=str(_("Closing report %(number)s") % {"number": report.number}),
            by=by,
            at=at,
        )
