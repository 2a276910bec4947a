"""What this room tells the hall's boards: evidence, cards, dates, what waits, and what was left behind."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from samspil.benefits import keeping, queries
from samspil.benefits.closing.actions import sealed_facts
from samspil.benefits.models import Benefit, ClosingReport, FreedTime
from samspil.benefits.permissions import PERMISSIONS
from samspil.benefits.queries import Followed
from samspil.benefits.words import STATUSES, USES
from samspil.core.benefits.following import Status
from samspil.initiative.models import Initiative, Thing
from samspil.kit.room import CalendarEntry, Card, EvidenceSource, Found, LeftBehind, Waiting
from samspil.organisation.models import Person
from samspil.organisation.viewer import Viewer, day_in

Registers = Mapping[int, list[Followed]]
MOST = 200


# --- evidence ----------------------------------------------------------------------------------------------


def look(initiatives: Sequence[Initiative]) -> Registers:
    """The registers of all of them, read once for all of this room's sources; on no day yet."""
    found: dict[int, list[Followed]] = {one.pk: [] for one in initiatives}
    for one in queries.follow(queries.standing_rows().filter(initiative__in=list(found)), date.min):
        found[one.benefit.initiative_id].append(one)
    return found


def _on_the_day(initiatives: Sequence[Initiative], at: datetime, looked: Registers) -> Registers:
    return {
        one.pk: [replace(row, today=day_in(one.organisation, at)) for row in looked[one.pk]]
        for one in initiatives
    }


def owners(initiatives: Sequence[Initiative], at: datetime, looked: Registers) -> Mapping[int, Found]:
    """Each benefit has an owner who has said yes; dis-benefits too: somebody keeps an eye on them."""
    return {key: _owned(rows) for key, rows in _on_the_day(initiatives, at, looked).items()}


def _owned(rows: Sequence[Followed]) -> Found:
    if not rows:
        return Found("missing", "no_benefit")
    lacking = [one for one in rows if "owner" in one.lacks]
    facts = {"all": len(rows), "owned": len(rows) - len(lacking), "titles": _titles(lacking)}
    return Found("missing", "owners_lacking", facts) if lacking else Found("met", "owners_accepted", facts)


def ready(initiatives: Sequence[Initiative], at: datetime, looked: Registers) -> Mapping[int, Found]:
    """Owner, starting point and first day are there for each benefit, or it says why it goes live without."""
    return {key: _ready(rows) for key, rows in _on_the_day(initiatives, at, looked).items()}


def _ready(rows: Sequence[Followed]) -> Found:
    if not rows:
        return Found("missing", "no_benefit")
    lacking = [one for one in rows if one.lacks]
    unexcused = [one for one in lacking if not one.benefit.excuse]
    facts: dict[str, Any] = {"all": len(rows), "titles": _titles(unexcused)}
    if unexcused:
        return Found("missing", "not_ready", facts)
    if lacking:
        reasons = "; ".join(f"{one.benefit.title}: {one.benefit.excuse}" for one in lacking)
        return Found("met", "ready_with_reasons", {**facts, "reasons": reasons})
    return Found("met", "ready", facts)


def accounted(initiatives: Sequence[Initiative], at: datetime, looked: Registers) -> Mapping[int, Found]:
    """What was promised, what was measured, and why they differ."""
    return {key: _accounted(rows) for key, rows in _on_the_day(initiatives, at, looked).items()}


def _accounted(rows: Sequence[Followed]) -> Found:
    if not rows:
        return Found("missing", "no_benefit")
    unexplained = [one for one in rows if _differs(one) and not one.deviations]
    facts: dict[str, Any] = {**queries.counts(rows), "titles": _titles(unexplained)}
    if any(one.standing.status is Status.UNKNOWN for one in rows):
        return Found("missing", "some_unknown", facts)
    if all(one.standing.newest is None for one in rows):
        return Found("missing", "nothing_measured", facts)
    return Found("missing", "unexplained", facts) if unexplained else Found("met", "accounted", facts)


def _differs(one: Followed) -> bool:
    return one.first_standing.status in (Status.PARTLY, Status.NOT_REALISED)


def measured(initiatives: Sequence[Initiative], at: datetime, looked: Registers) -> Mapping[int, Found]:
    """Each benefit has a figure beside both its first and its present target."""
    return {key: _measured(rows) for key, rows in _on_the_day(initiatives, at, looked).items()}


def _measured(rows: Sequence[Followed]) -> Found:
    if not rows:
        return Found("missing", "no_benefit")
    lacking = [one for one in rows if one.standing.newest is None or one.standing.overdue]
    facts = {"all": len(rows), "measured": len(rows) - len(lacking), "titles": _titles(lacking)}
    return Found("missing", "figures_lacking", facts) if lacking else Found("met", "all_measured", facts)


def freed_time(initiatives: Sequence[Initiative], at: datetime, looked: Registers) -> Mapping[int, Found]:
    """It is decided what freed time is used for; where none is freed, nothing has to be decided."""
    return {key: _freed(rows) for key, rows in _on_the_day(initiatives, at, looked).items()}


def _freed(rows: Sequence[Followed]) -> Found:
    if not rows:
        return Found("missing", "no_benefit")
    freeing = [
        one for one in rows if one.benefit.worth == Benefit.Worth.REALLOCATION and not one.benefit.harm
    ]
    if not freeing:
        return Found("not_relevant", "frees_no_time")
    waiting = [one for one in freeing if one.waits_for_a_decision]
    facts = {"all": len(freeing), "titles": _titles(waiting)}
    if waiting:
        return Found("missing", "freed_time_open", facts)
    newest = freeing[-1].freed_time
    return Found("met", "freed_time_decided", facts, newest.thing_id if newest else None)


def _titles(rows: Iterable[Followed]) -> str:
    return ", ".join(one.benefit.title for one in rows)


_NO_BENEFIT = {"no_benefit": _("No benefit is in the register yet.")}

EVIDENCE = {
    "benefits.owners": EvidenceSource(
        owners,
        {
            **_NO_BENEFIT,
            "owners_lacking": _(
                "%(owned)s of %(all)s benefits have an owner who has said yes. Not yet: %(titles)s."
            ),
            "owners_accepted": _("Every benefit has an owner who has said yes. Benefits: %(all)s."),
        },
        look,
    ),
    "benefits.ready": EvidenceSource(
        ready,
        {
            **_NO_BENEFIT,
            "not_ready": _(
                "An owner who has said yes, a starting point or a first day for measuring is missing for:"
                " %(titles)s."
            ),
            "ready": _(
                "Every benefit has an owner, a starting point and a first day for measuring."
                " Benefits: %(all)s."
            ),
            "ready_with_reasons": _("Something is missing, and it says why. %(reasons)s"),
        },
        look,
    ),
    "benefits.accounted": EvidenceSource(
        accounted,
        {
            **_NO_BENEFIT,
            "some_unknown": _("A figure is overdue, so nobody knows. Unknown: %(unknown)s."),
            "nothing_measured": _("Nothing has been measured yet."),
            "unexplained": _("Less came than was promised, and nobody has said why: %(titles)s."),
            "accounted": _(
                "Realised: %(realised)s. Partly: %(partly)s. Not realised: %(not_realised)s. Not yet:"
                " %(not_yet)s. What differs is explained."
            ),
        },
        look,
    ),
    "benefits.measured": EvidenceSource(
        measured,
        {
            **_NO_BENEFIT,
            "figures_lacking": _("%(measured)s of %(all)s benefits are measured. Not yet: %(titles)s."),
            "all_measured": _(
                "Every benefit is measured, beside the first target and the present one. Benefits: %(all)s."
            ),
        },
        look,
    ),
    "benefits.freed_time": EvidenceSource(
        freed_time,
        {
            **_NO_BENEFIT,
            "frees_no_time": _("No benefit frees time, so there is nothing to decide."),
            "freed_time_open": _("Nobody has decided yet what the time is used for: %(titles)s."),
            "freed_time_decided": _("It is decided what freed time is used for."),
        },
        look,
    ),
}


# --- cards, search, seals ----------------------------------------------------------------------------------


def benefit_cards(refs: Iterable[str], viewer: Viewer) -> Mapping[str, Card]:
    rows = Benefit.objects.filter(thing__ref__in=list(refs)).select_related("thing", "initiative")
    found = queries.follow(
        [row for row in rows if PERMISSIONS.allows("see_benefits", viewer, row)], viewer.today
    )
    return {
        one.benefit.ref: Card(
            one.benefit.ref,
            "benefit",
            one.benefit.title,
            _url("benefit", viewer, one.benefit.ref),
            STATUSES[one.judged.status],
        )
        for one in found
    }


def freed_time_cards(refs: Iterable[str], viewer: Viewer) -> Mapping[str, Card]:
    rows = FreedTime.objects.filter(thing__ref__in=list(refs))
    seen = rows.select_related("thing", "benefit__thing", "benefit__initiative")
    return {
        row.ref: Card(
            row.ref,
            "freed_time",
            row.benefit.title,
            _url("benefit", viewer, row.benefit.ref),
            USES[row.use],
        )
        for row in seen
        if PERMISSIONS.allows("see_benefits", viewer, row)
    }


def report_cards(refs: Iterable[str], viewer: Viewer) -> Mapping[str, Card]:
    rows = ClosingReport.objects.filter(thing__ref__in=list(refs)).select_related("thing", "initiative")
    return {
        row.ref: Card(
            row.ref, "closing_report", row.initiative.title, _url("closing_report", viewer, row.ref)
        )
        for row in rows
        if PERMISSIONS.allows("see_benefits", viewer, row)
    }


def benefit_texts(things: Sequence[Thing]) -> Iterable[tuple[str, str, str]]:
    for row in Benefit.objects.filter(thing__in=things).select_related("thing"):
        yield row.ref, row.title, f"{row.title} {row.measured_as} {row.gains} {row.pays}"


def report_texts(things: Sequence[Thing]) -> Iterable[tuple[str, str, str]]:
    for row in ClosingReport.objects.filter(thing__in=things).select_related("thing", "initiative"):
        yield row.ref, row.initiative.title, f"{row.account} {row.repeat} {row.avoid}"


def sealed_benefits(refs: Sequence[str]) -> Mapping[str, Mapping[str, Any]]:
    """The ledgers as they lie there, to be compared with what the journal committed to."""
    rows = list(Benefit.objects.filter(thing__ref__in=refs).select_related("thing"))
    found = keeping.sealed(rows)
    return {row.ref: found[row.pk] for row in rows}


def sealed_reports(refs: Sequence[str]) -> Mapping[str, Mapping[str, Any]]:
    rows = ClosingReport.objects.filter(thing__ref__in=refs).select_related("thing", "initiative")
    return {row.ref: sealed_facts(row) for row in rows}


# --- dates, what waits, what was left behind ---------------------------------------------------------------


def calendar(viewer: Viewer, _at: datetime) -> Iterable[CalendarEntry]:
    """The next day of each benefit that the viewer answers for or whose initiative is theirs."""
    for one in queries.follow(_mine(viewer), viewer.today):
        if one.standing.next_due:
            url = _url("benefit", viewer, one.benefit.ref)
            yield CalendarEntry(one.standing.next_due, one.benefit.title, url, _("Measure a benefit"))


def waiting_for(viewer: Viewer, _at: datetime) -> Iterable[Waiting]:
    """A benefit to say yes to, and figures that are overdue."""
    for one in queries.follow(_mine(viewer), viewer.today):
        found, mine = one.benefit, viewer.person and one.benefit.owner_id == viewer.person.pk
        if mine and found.accepted_at is None:
            yield Waiting(
                found.title, _url("benefit", viewer, found.ref), _("Say yes or no to owning a benefit")
            )
        if one.standing.overdue:
            url = _url("measure", viewer, found.ref)
            yield Waiting(found.title, url, _("A figure is wanted"), one.standing.overdue)


def _mine(viewer: Viewer) -> "Iterable[Benefit]":
    if viewer.person is None:
        return ()
    me = viewer.person
    return queries.standing_rows().filter(Q(owner=me) | Q(deputy=me) | Q(initiative__owner=me))[:MOST]


def left_behind(people: Sequence[Person], viewer: Viewer) -> Iterable[LeftBehind]:
    """Benefits whose owner has left, for as long as somebody is to measure them."""
    for row in queries.standing_rows().filter(owner__in=[one.pk for one in people]):
        yield LeftBehind(
            row.owner_id or 0, _("Owns the benefit"), row.title, _url("hand_over", viewer, row.ref)
        )


def _url(page: str, viewer: Viewer, ref: str) -> str:
    return reverse(f"benefits:{page}", args=[viewer.organisation.slug, ref])
