"""A case as tables that a person can follow with a pocket calculator.

The net present value is printed so that it adds up twice: line by line (amount at full effect × what one
krone is worth over the line's years) and year by year (net × factor). Each amount follows from figures that
stand with low, likely, high and the mean they give.
"""

from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction

from django.utils.translation import gettext as _

from samspil.business_case.drawing.told import Told
from samspil.core.business_case import flows
from samspil.core.business_case.case import Driver, Line
from samspil.core.business_case.estimates import Estimate, Quantity, mean_of
from samspil.core.business_case.findings import FINDINGS
from samspil.core.business_case.mean_case import LineResult, discount_factors
from samspil.core.business_case.workbook import WORDS
from samspil.kit.charts import Cell, Column, Link, Table

Where = Callable[[str], str]
WORTH_PLACES = 10


def nowhere(_id: str) -> str:
    return ""


def number_of(told: Told, id_: str) -> str:
    return str(told.numbers.get(id_, "–"))


def named(told: Told, id_: str, where: Where = nowhere) -> str:
    """A line by its title, which leads to it where there is an address."""
    name, url = told.name(id_), where(id_)
    return Link(name, url) if url else name


def number(text: str) -> Column:
    return Column(text, numeric=True)


# --- the net result, three ways ---------------------------------------------------------------------------


def by_line(told: Told, where: Where = nowhere) -> Table:
    """Amount at full effect × worth of one krone over the line's years = present value."""
    rows: list[tuple[Cell, ...]] = [_by_line(told, one, where) for one in in_order(told, told.mean.lines)]
    rows.append(("", _("Net present value"), "", "", told.ore(told.mean.npv)))
    columns = (
        _("No."),
        _("Line"),
        number(_("A year at full effect")),
        number(_("Worth of one over its years")),
        number(_("Present value")),
    )
    return Table(_("The net result line by line"), columns, tuple(rows), _("Costs stand below zero."))


def _by_line(told: Told, one: LineResult, where: Where) -> tuple[Cell, ...]:
    return (
        number_of(told, one.line.id),
        named(told, one.line.id, where),
        told.ore(one.at_full_effect),
        told.fixed(worth_of_one(told, one.line), WORTH_PLACES),
        told.ore(one.present_value),
    )


def worth_of_one(told: Told, line: Line) -> Fraction:
    """What one krone at full effect is worth over the years of a line: share × factor, added up."""
    shares = (Fraction(line.share_by_year.get(year, 0)) for year in told.case.all_years)
    return sum((a * b for a, b in zip(shares, discount_factors(told.case), strict=True)), Fraction(0))


def in_order(told: Told, lines: tuple[LineResult, ...]) -> list[LineResult]:
    return sorted(lines, key=lambda one: told.numbers[one.line.id])


def by_year(told: Told) -> Table:
    """Benefits less costs = net; net × factor = discounted; the discounted added up are the result."""
    rows: list[tuple[Cell, ...]] = [
        (
            str(one.year),
            told.ore(one.costs),
            told.ore(one.benefits),
            told.ore(one.net),
            told.fixed(one.factor, WORTH_PLACES),
            told.ore(one.net * one.factor),
        )
        for one in told.mean.years
    ]
    rows.append((_("Together"), "", "", "", "", told.ore(told.mean.npv)))
    heads = (_("Costs"), _("Benefits"), _("Net"), _("Factor"), _("Discounted"))
    return Table(_("The net result year by year"), (_("Year"), *map(number, heads)), tuple(rows))


def figures(told: Told, where: Where = nowhere) -> Table:
    """Every figure: what is known or believed, what that means, where it is from, who estimated it."""
    return figures_of(told, told.case.lines, told.case.drivers, where)


def figures_of(told: Told, lines: Iterable[Line], drivers: Iterable[Driver], where: Where = nowhere) -> Table:
    """The figures of these lines and drivers, each with its source and who estimated it."""
    rows = tuple(
        (*row[:7], _with_estimator(str(row[7]), str(row[8]))) for row in _figures(told, lines, drivers, where)
    )
    columns = (_("No."), _("Figure"), *_points(), _("Source, and who estimated it"))
    return Table(_("Every figure and where it comes from"), columns, rows)


def figures_of_line(told: Told, line: Line, drivers: Iterable[Driver]) -> Table:
    """The same of one line, where its name and who estimated it stand beside the table."""
    rows = [row[1:8] for row in _figures(told, (), drivers, nowhere)]
    rows += [
        _figure(told, "", figure_name(line, place), one)[1:8] for place, one in enumerate(line.quantities)
    ]
    columns = (_("Figure"), *_points(), _("Source"))
    return Table(_("Every figure and where it comes from"), columns, tuple(rows))


def _points() -> tuple[Column | str, ...]:
    return (
        number(_("Low")),
        number(_("Likely")),
        number(_("High")),
        _("What low and high mean"),
        number(_("Mean")),
    )


def _with_estimator(source: str, estimator: str) -> str:
    return source if estimator == "–" else f"{source} ({estimator})"


def _figures(
    told: Told, lines: Iterable[Line], drivers: Iterable[Driver], where: Where
) -> Iterator[tuple[Cell, ...]]:
    for driver in drivers:
        yield _figure(told, "–", f"{told.name(driver.id)} ({_('driver')})", driver.quantity)
    for line in lines:
        for place, quantity in enumerate(line.quantities):
            what = f"{told.name(line.id)}: {figure_name(line, place)}"
            url = where(line.id)
            yield _figure(told, number_of(told, line.id), Link(what, url) if url else what, quantity)


def figure_name(line: Line, place: int) -> str:
    if len(line.quantities) == 1:
        return _("amount")
    return _("price") if place else _("quantity")


def _figure(told: Told, at: str, what: str, one: Quantity) -> tuple[Cell, ...]:
    source = told.case.source_of(one) or "–"
    if not isinstance(one, Estimate):
        known = told.exact(flows.known_value(told.case, one))
        return (at, what, "–", known, "–", _("known"), known, source, "–")
    likely = told.exact(one.likely) if one.likely is not None else "–"
    words, mean = _(WORDS[one.meaning]), told.nine_digits(mean_of(one))
    low, high = told.exact(one.low), told.exact(one.high)
    return (at, what, low, likely, high, words, mean, source, one.estimator or "–")


def shares(told: Told) -> Table:
    """What a line's amount at full effect is multiplied from, and which share of it falls in which year."""
    rows = tuple(
        (number_of(told, line.id), told.name(line.id), made_of(told, line), shares_of(told, line))
        for line in told.case.lines
        if line.quantities
    )
    columns = (_("No."), _("Line"), _("A year at full effect is"), _("Share of each year"))
    return Table(_("What each line is made of"), columns, rows)


def made_of(told: Told, line: Line) -> str:
    """The factors by name: quantity × price × driver × price level."""
    names = [figure_name(line, place) for place in range(len(line.quantities))]
    names += [told.name(name) for name in sorted(line.drivers)]
    level = flows.price_level(told.case, line)
    if level != 1:
        names.append(_("price level %(level)s") % {"level": told.nine_digits(level)})
    return " × ".join(names)


def shares_of(told: Told, line: Line) -> str:
    """Years with the same share together: 2027: 0.5; 2028–2036: 1."""
    spans: list[tuple[int, int, str]] = []
    for year in told.case.all_years:
        share = told.exact(Fraction(line.share_by_year.get(year, 0)), 12)
        if spans and spans[-1][2] == share:
            spans[-1] = (spans[-1][0], year, share)
        else:
            spans.append((year, year, share))
    spoken = (f"{a}: {share}" if a == b else f"{a}–{b}: {share}" for a, b, share in spans if share != "0")
    return "; ".join(spoken) or "–"


# --- what counts as nothing yet, risks, draws -------------------------------------------------------------


def waiting(told: Told, where: Where = nowhere) -> Table:
    """Freed time on whose use nothing is decided: valued, and in no sum."""
    rows = tuple(
        (number_of(told, one.line.id), named(told, one.line.id, where), told.ore(one.present_value))
        for one in in_order(told, told.mean.waiting)
    )
    columns = (_("No."), _("Line"), number(_("Valued at")))
    return Table(_("Freed time that counts as nothing yet"), columns, rows)


def risks(told: Told) -> Table:
    rows = tuple(
        (
            one.title or one.id,
            told.percent(float(one.probability)),
            told.ore(one.expected_cost / Fraction(one.probability) if one.probability else Fraction(0)),
            told.ore(one.expected_cost),
            ", ".join(number_of(told, line) for line in one.lines) or "–",
            one.owner or "–",
        )
        for one in told.case.risks
        if not one.closed
    )
    columns = (
        _("Risk"),
        number(_("Probability")),
        number(_("Costs when it occurs, on average")),
        number(_("Expected")),
        _("Strikes line"),
        _("Owner"),
    )
    return Table(_("Risks that are open"), columns, rows)


def draws(told: Told) -> list[Table]:
    """The draws at P10, P50 and P90: values × worth of one unit = present value, to be added up by hand."""
    return [_draw(told, one) for one in told.data.get("traced_draws", ())]


def _draw(told: Told, draw: dict[str, object]) -> Table:
    lines: list[dict[str, object]] = draw["lines"]  # type: ignore[assignment]
    ordered = sorted(lines, key=lambda one: told.numbers[str(one["line"])])
    rows: list[tuple[Cell, ...]] = [_traced(told, one) for one in ordered]
    rows.append(("", _("Together"), "", "", told.ore(str(draw["total"]))))
    columns = (
        _("No."),
        _("Line"),
        _("Values drawn"),
        number(_("Worth of one unit, discounted")),
        number(_("Present value")),
    )
    title = _("Draw number %(number)s, at %(at)s") % {"number": draw["draw"], "at": str(draw["at"]).upper()}
    note = _("As simulated: %(amount)s. The difference is the rounding of what is printed.")
    simulated = told.ore(f"{draw['simulated']:.2f}")
    return Table(title, columns, tuple(rows), note % {"amount": simulated})


def _traced(told: Told, one: dict[str, object]) -> tuple[Cell, ...]:
    values: dict[str, str] = one["values"]  # type: ignore[assignment]
    spoken = " × ".join(told.fixed(Fraction(value), 6) for value in values.values())
    weight = told.fixed(Fraction(str(one["weight"])), 6)
    id_ = str(one["line"])
    return (number_of(told, id_), told.name(id_), spoken or "1", weight, told.ore(str(one["present_value"])))


# --- in words ---------------------------------------------------------------------------------------------


def findings(told: Told) -> list[str]:
    """What to look at before the case is believed."""
    return [_finding(told, one) for one in told.data.get("findings", ())]


def _finding(told: Told, one: dict[str, object]) -> str:
    places = [str(place) for place in one["places"]]  # type: ignore[attr-defined]
    spoken = [f"“{told.name(place)}”" for place in places]
    value = told.ore(str(one["value"])) if one["key"] == "freed_time" else one["value"]
    return _(FINDINGS[str(one["key"])]).format(places=", ".join(spoken), value=value)


def rates(told: Told) -> str:
    """The discount rates in words, with their source."""
    found = told.case.own_rates or told.case.figures.rates
    spoken = ", ".join(
        _("%(rate)s %% from year %(year)s")
        % {"rate": told.exact(Fraction(band.rate) * 100, 3), "year": band.from_year}
        for band in found.bands
        if band.from_year <= told.case.years
    )
    return f"{spoken} ({found.source or _('no source named')})"
