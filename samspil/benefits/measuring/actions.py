"""The plan for measuring, the figures as they come, and why they differ. Also called by other systems."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from samspil.benefits import indicators, queries
from samspil.benefits.keeping import locked, remember
from samspil.benefits.ledger.actions import LARGEST, TOO_LARGE, are_so_many
from samspil.benefits.models import Benefit, Deviation, Measurement
from samspil.benefits.permissions import PERMISSIONS
from samspil.benefits.words import EVERY
from samspil.core.benefits.intervals import Interval, of_mean, of_share
from samspil.core.months import months_after
from samspil.initiative import figures
from samspil.initiative.models import Initiative
from samspil.kit.refusal import Refused
from samspil.organisation.viewer import Viewer

MOST_AT_ONCE = 2_000
LONGEST = 12 * 15  # months that a plan may reach ahead


@dataclass(frozen=True)
class Figure:
    """A figure of a day. Where it is a sample: `n` of `population`, and for a mean the standard deviation."""

    on: date
    value: Decimal
    n: int | None = None
    population: int | None = None
    spread: Decimal | None = None
    source: str = ""
    note: str = ""


@transaction.atomic
def plan_measuring(
    *,
    benefit: Benefit,
    first_on: date,
    every_months: int,
    until: date | None,
    by: Viewer,
    at: datetime,
) -> Benefit:
    """Say by which days it is measured, also long after the initiative is closed."""
    PERMISSIONS.require("keep_ledger", by, benefit)
    kept = locked(benefit)
    if every_months not in EVERY:
        raise Refused(_("Choose how often it is measured."), "every_months")
    if every_months and until is None:
        raise Refused(_("Say until which day it is measured; two to five years is usual."), "until")
    if until and until < first_on:
        raise Refused(_("The last day lies before the first one. Choose a later day."), "until")
    if first_on > months_after(by.today, LONGEST):
        raise Refused(_("Choose a first day within the next 15 years."), "first_on")
    if until and until > months_after(first_on, LONGEST):
        raise Refused(
            _("Plan at most 15 years ahead; the plan can be made longer when they are over."), "until"
        )
    overdue = _overdue(kept, by)
    kept.first_on, kept.every_months, kept.until = first_on, every_months, until if every_months else None
    if overdue and not _overdue(kept, by):
        raise Refused(
            _("The figure of %(day)s is overdue. Record a figure first; then the plan can be changed.")
            % {"day": date_format(overdue, "DATE_FORMAT")}
        )
    kept.version += 1
    kept.save()
    facts = {"first_on": first_on.isoformat(), "until": until.isoformat() if until else "–"}
    remember("measuring_planned", kept, facts, by, at)
    return kept


@transaction.atomic
def measure(*, benefit: Benefit, figure: Figure, way: str = "hand", by: Viewer, at: datetime) -> Measurement:
    """Record a figure. Another one for the same day corrects it; both stay."""
    PERMISSIONS.require("measure", by, benefit)
    kept = locked(benefit)
    row = _rows([(kept, figure)], way, by, at)[0]
    row.save()
    _push([kept], by, at)
    facts = {"value": f"{figure.value.normalize():f}", "unit": kept.unit, "on": figure.on.isoformat()}
    remember("measured", kept, facts, by, at)
    return row


@transaction.atomic
def bring_measurements(
    *,
    initiative: Initiative,
    brought: Sequence[tuple[Benefit, Figure]],
    way: str = Measurement.Way.FILE,
    by: Viewer,
    at: datetime,
) -> int:
    """Take in many figures at once, all of them or none; tells how many. One journal row a benefit."""
    PERMISSIONS.require("bring_measurements", by, initiative)
    if len(brought) > MOST_AT_ONCE:
        raise Refused(_("These are more than 2,000 figures. Bring them in several files."))
    found = {benefit.pk: benefit for benefit, _figure in brought}
    kept = {key: locked(found[key]) for key in sorted(found)}  # two lists at once wait for each other in turn
    for one in kept.values():
        if one.initiative_id != initiative.pk:
            raise Refused(_("“%(title)s” belongs to another initiative.") % {"title": one.title})
    Measurement.objects.bulk_create(_rows([(kept[one.pk], figure) for one, figure in brought], way, by, at))
    _push(list(kept.values()), by, at)
    for one in kept.values():
        count = sum(benefit.pk == one.pk for benefit, _figure in brought)
        remember("measurements_brought", one, {"count": count}, by, at)
    return len(brought)


@transaction.atomic
def explain_deviation(
    *, benefit: Benefit, cause: str, text: str, does: str = "", by: Viewer, at: datetime
) -> Deviation:
    """Say why it came otherwise than promised, and what is done about it."""
    PERMISSIONS.require("explain_deviation", by, benefit)
    kept = locked(benefit)
    if cause not in Deviation.Cause.values:
        raise Refused(_("Choose the reason that fits best."), "cause")
    if not text.strip():
        raise Refused(_("Write in a sentence or two what happened."), "text")
    row = Deviation.objects.create(
        organisation=by.organisation,
        benefit=kept,
        cause=cause,
        text=text.strip(),
        does=does.strip(),
        said_by=by.person,
        said_at=at,
    )
    remember("deviation_explained", kept, {"cause": cause, "text": text}, by, at)
    return row


# --- steps the actions share -------------------------------------------------------------------------------


def _rows(brought: Sequence[tuple[Benefit, Figure]], way: str, by: Viewer, at: datetime) -> list[Measurement]:
    rows = []
    for benefit, figure in brought:
        check(figure, by.today)
        found = _interval(benefit, figure)
        rows.append(
            Measurement(
                organisation=by.organisation,
                benefit=benefit,
                on=figure.on,
                value=figure.value,
                n=figure.n,
                population=figure.population,
                low=found.low if found else None,
                high=found.high if found else None,
                source=figure.source.strip() or benefit.source,
                note=figure.note.strip(),
                way=way,
                measured_by=by.person,
                recorded_at=at,
            )
        )
    return rows


def _overdue(benefit: Benefit, by: Viewer) -> date | None:
    """The day by which a figure of what was promised at the gate was wanted and is not there: a plan does not
    make it good."""
    one = queries.followed(benefit, by.today)
    return one.standing.overdue if one.promised_at else None


def check(figure: Figure, today: date) -> None:
    """Whether it can be a figure at all; the refusal names the field."""
    if not figure.value.is_finite() or abs(figure.value) >= LARGEST:
        raise Refused(TOO_LARGE, "value")
    if figure.on > today:
        raise Refused(_("This day has not come yet. Choose today or an earlier day."), "on")
    if figure.n is not None and figure.n < 1:
        raise Refused(_("At least one has to be asked or counted."), "n")
    for name, count in (("n", figure.n), ("population", figure.population)):
        are_so_many(count, name)
    if figure.spread is not None and not abs(figure.spread) < LARGEST:
        raise Refused(TOO_LARGE, "spread")
    if figure.population is not None and figure.n is None:
        raise Refused(_("Say how many of them were asked or counted."), "n")
    if figure.population is not None and figure.n is not None and figure.population < figure.n:
        raise Refused(_("More were asked than there are. Look at both numbers again."), "population")
    if figure.spread is not None and (figure.spread < 0 or (figure.n or 0) < 2):
        raise Refused(_("A standard deviation needs at least two that were measured."), "spread")


def _interval(benefit: Benefit, figure: Figure) -> Interval | None:
    """How sure the figure is, where it comes from a sample whose kind is known."""
    if figure.n is None:
        return None
    if figure.spread is not None:
        return of_mean(figure.value, figure.spread, figure.n, figure.population)
    if indicators.is_share(benefit.indicator, benefit.organisation) and 0 <= figure.value <= 100:
        return of_share(figure.value, figure.n, figure.population)
    return None


def _push(benefits: Sequence[Benefit], by: Viewer, at: datetime) -> None:
    """Put on the board how much of the first promise each benefit has come to."""
    for one in queries.follow(benefits, by.today):
        standing = one.first_standing if one.first_target else one.standing
        if standing.newest:
            figures.push(
                one.benefit.thing,
                "benefit_share",
                standing.share,
                "per_cent",
                on=standing.newest.on,
                source=(one.measurements[-1].source or one.benefit.measured_as)[:300],
                n=one.measurements[-1].n,
                by=by,
                at=at,
            )
