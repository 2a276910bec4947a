"""What a person should look at before the case is believed: each finding names its places and what to do.

The questions are those of the Danish state's guides to its business-case model (spread, largest item, source,
owner, risks linked, the same hours counted twice); the two limits are our own proposal and stand here.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from samspil.core.marking import marked as _

from .case import Case, Kind, Line
from .estimates import ASKS_FOR_LIKELY, Estimate, Meaning, Quantity, metalog, moved_by
from .exact import plain, rounded
from .key_figures import KeyFigures
from .mean_case import MeanCase

WIDE_SPREAD = Decimal("0.5")  # of costs: P10 to P90 in relation to P50
HEAVY_LINE = Decimal("0.25")  # of all costs, or of all benefits


FINDINGS = {
    "no_source": _("It is not said where these figures come from: {places}. Name the source of each."),
    "no_estimator": _("It is not said who estimated these figures: {places}. Name the person or the role."),
    "no_owner": _("These benefits have no owner: {places}. Find somebody in the line who accepts each."),
    "no_payer": _("Nobody is named who pays these costs: {places}."),
    "no_beneficiary": _("Nobody is named who has these benefits: {places}."),
    "no_risks": _(
        "There are no risks in it. Write down what may occur, with its probability and consequence."
    ),
    "risk_unlinked": _("These risks belong to no line: {places}. Link each to the lines it would strike."),
    "same_hours": _(
        "These benefits count the same hours: {places} ({value}). Keep one of them, or part the hours"
        " between them."
    ),
    "freed_time": _(
        "Freed time is no money until its use is decided: {places}. Together they are valued at {value} and"
        " count as nothing. Record the decision, or leave them out."
    ),
    "heavy_cost": _("One line is {value} percent of all costs: {places}. Look at it again, or divide it."),
    "heavy_benefit": _(
        "One line is {value} percent of all benefits: {places}. Look at it again, or divide it."
    ),
    "wide_spread": _(
        "From P10 to P90 the costs spread over {value} percent of their middle. Make the lines with the"
        " widest swing more certain before you decide."
    ),
    "no_range": _("In these ranges low and high are the same: {places}. Give a range, or one known figure."),
    "bent_metalog": _(
        "No smooth curve goes through the P10, P50 and P90 of {places}: the most skewed one is used, which"
        " moves P10 and P90 by {value}. Look at the three figures again."
    ),
    "likely_unused": _(
        "A 90 percent range is laid from low and high alone, so the likely value of these is not used:"
        " {places}."
    ),
    "years_independent": _(
        "Each year is drawn by itself. That makes the case look more certain than it is: what is misjudged"
        " in one year mostly is in the next."
    ),
    "payback_undone": _(
        "It is paid back in {value}, but falls below zero again later. Look at the costs of the late years."
    ),
    "rate_to_verify": _("A discount rate in it is to be verified before it is used: {value}."),
    "newer_figures": _(
        "The key figures are those that held when the case was decided. Newer ones hold from {value}; they"
        " are used only when “key_figures_on” names a day since then."
    ),
    "figures_undated": _("It is not known from when the key figures hold: {value}."),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """`places`: ids of lines, drivers or risks. `value`: what the sentence says of them."""

    key: str
    places: tuple[str, ...] = ()
    value: str = ""


def findings(
    case: Case, mean: MeanCase, spread_of_costs: float | None, newer: KeyFigures | None = None
) -> tuple[Finding, ...]:
    """All of them, in the order in which they stand in `FINDINGS`."""
    found = [
        *_estimates(case),
        *_people(case),
        *_risks(case),
        *_hours(case),
        *_weights(mean),
        *_conventions(case, mean, newer),
    ]
    if spread_of_costs is not None and spread_of_costs > WIDE_SPREAD:
        found.append(Finding("wide_spread", (), _percent(Decimal(spread_of_costs))))
    order = list(FINDINGS)
    return tuple(sorted(found, key=lambda one: (order.index(one.key), one.places)))


def _named(key: str, places: Iterable[str], value: str = "") -> Iterator[Finding]:
    found = tuple(sorted(set(places)))
    if found:
        yield Finding(key, found, value)


def _figures(case: Case) -> list[tuple[str, Quantity]]:
    """Every figure of lines, drivers and risks, with the id of what it stands in."""
    found: list[tuple[str, Quantity]] = [
        (one.id, quantity) for one in case.lines for quantity in one.quantities
    ]
    found += [(one.id, one.quantity) for one in case.drivers]
    return found + [(one.id, one.consequence) for one in case.open_risks]


def _estimates(case: Case) -> Iterator[Finding]:
    figures = _figures(case)
    ranges = [(place, one) for place, one in figures if isinstance(one, Estimate)]
    yield from _named("no_source", (place for place, one in figures if not case.source_of(one)))
    yield from _named("no_estimator", (place for place, one in ranges if not one.estimator))
    yield from _named("no_range", (place for place, one in ranges if one.certain))
    yield from _named(
        "likely_unused",
        (place for place, one in ranges if one.likely is not None and one.meaning not in ASKS_FOR_LIKELY),
    )
    for place, one in ranges:
        if one.meaning is Meaning.P10_P90_METALOG and not one.certain and metalog(one).bent:
            yield Finding("bent_metalog", (place,), plain(_four_digits(moved_by(one))))


def _people(case: Case) -> Iterator[Finding]:
    costs = [one for one in case.lines if one.kind is Kind.COST]
    benefits = [one for one in case.lines if one.kind is Kind.BENEFIT]
    yield from _named("no_owner", (one.id for one in benefits if not one.owner))
    yield from _named("no_payer", (one.id for one in costs if not one.payer))
    yield from _named("no_beneficiary", (one.id for one in benefits if not one.beneficiary))


def _risks(case: Case) -> Iterator[Finding]:
    if not case.risks:
        yield Finding("no_risks")
    yield from _named("risk_unlinked", (one.id for one in case.open_risks if not one.lines))


def _hours(case: Case) -> Iterator[Finding]:
    """Two benefits that free the same person's hours from the same task."""
    same: dict[tuple[str, str], list[Line]] = {}
    for one in sorted(case.lines, key=lambda line: line.id):
        if one.hours and one.kind is Kind.BENEFIT:
            same.setdefault((one.hours.whose.casefold(), one.hours.task.casefold()), []).append(one)
    for lines in same.values():
        hours = lines[0].hours
        if hours and len(lines) > 1:
            yield Finding("same_hours", tuple(one.id for one in lines), f"{hours.whose}: {hours.task}")


def _weights(mean: MeanCase) -> Iterator[Finding]:
    if mean.waiting:
        valued = rounded(sum((one.present_value for one in mean.waiting), start=mean.npv * 0), 2)
        yield from _named("freed_time", (one.line.id for one in mean.waiting), f"{valued}")
    for kind in Kind:
        lines = [one for one in mean.lines if one.line.kind is kind]
        together = sum(abs(one.present_value) for one in lines)
        heaviest = max(lines, key=lambda one: (abs(one.present_value), one.line.id), default=None)
        share = rounded(abs(heaviest.present_value) / together, 4) if heaviest and together else Decimal(0)
        if heaviest and share > HEAVY_LINE:
            yield Finding(f"heavy_{kind.value}", (heaviest.line.id,), _percent(share))


def _conventions(case: Case, mean: MeanCase, newer: KeyFigures | None) -> Iterator[Finding]:
    if case.years_independent:
        yield Finding("years_independent")
    if mean.payback.year is not None and not mean.payback.lasting:
        yield Finding("payback_undone", (), str(mean.payback.year))
    rates = case.own_rates or case.figures.rates
    for band in rates.bands:
        if not band.verified and band.from_year < case.years:
            yield Finding("rate_to_verify", (), f"{plain(band.rate * 100)} % ({band.from_year}–)")
    if newer and newer.since and not case.own_rates:
        yield Finding("newer_figures", (), newer.since.isoformat())
    if case.figures.since is None and not case.own_rates:
        yield Finding("figures_undated", (), case.figures.source)


def _percent(share: Decimal) -> str:
    return f"{share * 100:.0f}"


def _four_digits(number: Decimal) -> Decimal:
    return Decimal(f"{number:.4g}")
