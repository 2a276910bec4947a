"""The case as a spreadsheet that computes: estimates, lines, years, accounts, draws to add up by hand.

Cells only; the file is written elsewhere. Every figure that follows from others is a formula, and bears the
value that the mean case has, so that a program that does not compute shows the same. Formulas keep to
functions that every spreadsheet program has had for twenty years.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import prod
from typing import Any, Protocol

from samspil.core.marking import marked as _

from . import flows
from .case import Case, Driver, Kind, Line, Scenario, Worth
from .estimates import Estimate, Meaning, Quantity, mean_of
from .exact import to_the_ore
from .mean_case import MeanCase, discount_factors, discounted

Say = Callable[[str], str]


class Traced(Protocol):
    """One line of a draw: its values × what one unit is worth = its present value."""

    @property
    def line(self) -> str: ...
    @property
    def values(self) -> tuple[tuple[str, Decimal], ...]: ...
    @property
    def weight(self) -> Decimal: ...
    @property
    def present_value(self) -> Decimal: ...


class Draw(Protocol):
    @property
    def at(self) -> Decimal: ...
    @property
    def lines(self) -> Sequence[Traced]: ...
    @property
    def total(self) -> Decimal: ...
    @property
    def simulated(self) -> float: ...


class Result(Protocol):
    """What was computed just now, or kept from when it was (`kept`)."""

    @property
    def case(self) -> Case: ...
    @property
    def mean(self) -> MeanCase: ...
    @property
    def traced(self) -> Sequence[Draw]: ...
    def as_data(self) -> Mapping[str, Any]: ...


WORDS: Mapping[str, str] = {
    Kind.COST: _("cost"),
    Kind.BENEFIT: _("benefit"),
    Worth.CASHABLE: _("cashable"),
    Worth.REALLOCATION: _("put to another use"),
    Worth.QUALITATIVE: _("without an amount"),
    Scenario.WITHOUT: _("without the project"),
    Scenario.WITH: _("with the project"),
    Scenario.DIFFERENCE: _("difference"),
    Meaning.MIN_MAX_PERT: _("lowest and highest (PERT)"),
    Meaning.MIN_MAX_TRIANGULAR: _("lowest and highest (triangular)"),
    Meaning.P10_P90_METALOG: _("one in ten is lower, one in ten higher (P10–P90)"),
    Meaning.RANGE_90_LOGNORMAL: _("nine in ten lie between (lognormal)"),
    Meaning.RANGE_90_NORMAL: _("nine in ten lie between (normal)"),
}


@dataclass(frozen=True, slots=True)
class Cell:
    """A text or a number; or a formula and the value it has. `form` says how it is shown."""

    value: str | float
    form: str = "text"
    formula: str = ""


Row = tuple[Cell | None, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    name: str
    rows: tuple[Row, ...]
    frozen_rows: int = 1
    frozen_columns: int = 1


def workbook(result: Result, say: Say = str, called: Say = str) -> tuple[Sheet, ...]:
    """The sheets, the summary first. `called`: what an id of the case is called."""
    return _Book(result, say, called).sheets()


@dataclass(frozen=True)
class _Names:
    """What the sheets are called."""

    case: str
    figures: str
    lines: str
    amounts: str
    years: str
    accounts: str


class _Book:
    def __init__(self, result: Result, say: Say, called: Say) -> None:
        self.called = called
        self.result, self.case, self.mean, self.say = result, result.case, result.mean, say
        names = (_("Case"), _("Figures"), _("Lines"), _("Amounts"), _("Years"), _("Who pays"))
        self.names = _Names(*map(say, names))
        self.flows = flows.all_flows(self.case)
        self.means = flows.means(self.case)
        self.factors = discount_factors(self.case)
        self.figure_rows: dict[str, int] = {}
        self.year_count = self.case.years
        self.waiting = {one.line.id for one in self.mean.waiting}

    def sheets(self) -> tuple[Sheet, ...]:
        figures = self._figures()
        return (
            self._summary(),
            figures,
            self._lines(),
            self._amounts(),
            self._years(),
            self._accounts(),
            *(self._draw(one) for one in self.result.traced),
        )

    # --- every figure there is -----------------------------------------------------------------------------

    def _figures(self) -> Sheet:
        heads = self._heads(
            _("Figure"), _("Belongs to"), _("Low"), _("Likely"), _("High"), _("What low and high mean"),
            _("Mean"), _("Source"), _("Estimated by"),
        )  # fmt: skip
        rows: list[Row] = [heads]
        holders: list[tuple[str, str, Quantity]] = [
            (flows.driver_key(one.id), one.title or one.id, one.quantity)
            for one in sorted(self.case.drivers, key=_id)
        ]
        for line in sorted(self.case.lines, key=_id):
            holders += [
                (flows.own_key(line, place), line.title or line.id, one)
                for place, one in enumerate(line.quantities)
            ]
        for key, title, quantity in holders:
            self.figure_rows[key] = len(rows) + 1
            rows.append(self._figure(key, title, quantity, len(rows) + 1))
        return Sheet(self.names.figures, tuple(rows))

    def _figure(self, key: str, title: str, quantity: Quantity, row: int) -> Row:
        start = (Cell(self._key(key)), Cell(title))
        if isinstance(quantity, Estimate):
            likely = Cell(float(quantity.likely), "number") if quantity.likely is not None else None
            return (
                *start,
                Cell(float(quantity.low), "number"),
                likely,
                Cell(float(quantity.high), "number"),
                Cell(self.say(WORDS[quantity.meaning])),
                Cell(float(mean_of(quantity)), "number", mean_formula(quantity, row)),
                Cell(quantity.source),
                Cell(quantity.estimator),
            )
        value, known = float(flows.known_value(self.case, quantity)), Cell(self.say(_("known")))
        return (*start, None, None, None, known, Cell(value, "number"), Cell(self.case.source_of(quantity)))

    # --- lines: sign × price level × figures = amount at full effect ---------------------------------------

    FIRST_YEAR_COLUMN = 14

    def _lines(self) -> Sheet:
        heads = self._heads(
            _("Line"), _("Title"), _("Kind"), _("Class"), _("Scenario"), _("Who pays or gains"), _("Unit"),
            _("Sign"), _("Price level"), _("Amount or quantity"), _("Price"), _("Drivers together"),
            _("Counts"), _("At full effect"),
        )  # fmt: skip
        years = tuple(Cell(year, "year") for year in self.case.all_years)
        rows: list[Row] = [(*heads, *years)]
        rows += [self._line(flow.line, len(rows) + place + 1) for place, flow in enumerate(self.flows)]
        return Sheet(self.names.lines, tuple(rows), frozen_columns=2)

    def _line(self, line: Line, row: int) -> Row:
        words = [self.say(WORDS[one]) for one in (line.kind, line.worth, line.scenario)]
        cost, without = self.say(WORDS[Kind.COST]), self.say(WORDS[Scenario.WITHOUT])
        sign = f'=IF(C{row}="{cost}",-1,1)*IF(E{row}="{without}",-1,1)'
        counts = 0 if line.id in self.waiting else 1
        values = [self._value(flows.own_key(line, place)) for place in range(len(line.quantities))]
        drivers = sorted(flows.driver_key(name) for name in line.drivers)
        together = prod((self._value(key) for key in drivers), start=Fraction(1))
        level = flows.price_level(self.case, line)
        full = flows.sign(line) * level * prod(values, start=Fraction(1)) * together * counts
        return (
            Cell(self.called(line.id)),
            Cell(line.title),
            *map(Cell, words),
            Cell(line.stakeholder),
            Cell(line.unit),
            Cell(flows.sign(line), "whole", sign),
            self._level(line, level),
            self._own(line, 0),
            self._own(line, 1),
            Cell(float(together), "number", "=" + ("*".join(map(self._mean_at, drivers)) or "1")),
            Cell(counts, "whole"),
            Cell(float(full), "money", f"=H{row}*I{row}*J{row}*K{row}*L{row}*M{row}"),
            *(Cell(float(line.share_by_year.get(year, 0)), "share") for year in self.case.all_years),
        )

    def _own(self, line: Line, place: int) -> Cell:
        if place >= len(line.quantities):
            return Cell(1, "whole")
        key = flows.own_key(line, place)
        return Cell(float(self._value(key)), "number", f"={self._mean_at(key)}")

    def _level(self, line: Line, level: Fraction) -> Cell:
        if line.price_year in (None, self.case.price_year):
            return Cell(1, "number")
        index = self.case.figures.price_index
        here, there = index[self.case.price_year], index[line.price_year or 0]
        return Cell(float(level), "number", f"={here}/{there}")

    def _value(self, key: str) -> Fraction:
        if key in self.means:
            return self.means[key]
        holders: list[Line | Driver] = [*self.case.drivers, *self.case.lines]
        for holder in holders:
            found = self._known_of(holder, key)
            if found is not None:
                return found
        raise KeyError(key)

    def _known_of(self, holder: Line | Driver, key: str) -> Fraction | None:
        if isinstance(holder, Driver):
            pairs = [(flows.driver_key(holder.id), holder.quantity)]
        else:
            pairs = [(flows.own_key(holder, place), one) for place, one in enumerate(holder.quantities)]
        for name, one in pairs:
            if name == key and not isinstance(one, Estimate):
                return flows.known_value(self.case, one)
        return None

    def _mean_at(self, key: str) -> str:
        return f"{quoted(self.names.figures)}!$G${self.figure_rows[key]}"

    # --- years ---------------------------------------------------------------------------------------------

    def _amounts(self) -> Sheet:
        """Each line in each year, and what it is worth at the start."""
        heads = (
            *self._heads(_("Line"), _("Kind"), _("Who pays or gains")),
            *(Cell(year, "year") for year in self.case.all_years),
            *self._heads(_("All years"), _("Present value")),
        )
        rows = [heads, *(self._amount(flow, place + 2) for place, flow in enumerate(self.flows))]
        return Sheet(self.names.amounts, tuple(rows))

    def _amount(self, flow: flows.Flow, row: int) -> Row:
        counts = 0 if flow.line.id in self.waiting else 1
        amounts = [one * counts for one in flow.amounts(self.means)]
        lines = quoted(self.names.lines)
        cells = [
            Cell(
                float(amount),
                "money",
                f"={lines}!$N{row}*{lines}!{column(self.FIRST_YEAR_COLUMN + place)}{row}",
            )
            for place, amount in enumerate(amounts)
        ]
        first, last = column(3), column(2 + self.year_count)
        years = quoted(self.names.years)
        present = "+".join(
            f"{column(3 + place)}{row}*{years}!$H${place + 2}" for place in range(self.year_count)
        )
        return (
            Cell(self.called(flow.line.id)),
            Cell(self.say(WORDS[flow.line.kind])),
            Cell(flow.line.stakeholder),
            *cells,
            Cell(float(sum(amounts)), "money", f"=SUM({first}{row}:{last}{row})"),
            Cell(float(discounted(amounts, self.factors)), "money", f"={present}"),
        )

    def _years(self) -> Sheet:
        heads = self._heads(
            _("Year"), _("Costs"), _("Benefits"), _("Net"), _("Cumulated"), _("Discounted by years"),
            _("Rate"), _("Factor"), _("Discounted"), _("Cumulated, discounted"), _("Paid back"),
        )  # fmt: skip
        rows = [heads, *(self._year(place) for place in range(self.year_count))]
        return Sheet(self.names.years, tuple(rows))

    def _year(self, place: int) -> Row:
        one, row = self.mean.years[place], place + 2
        period = place + (self.case.discounting.value == "end_of_year")
        rates = self.case.own_rates or self.case.figures.rates
        rate = float(rates.at(period).rate) if period else 0.0
        before = "1" if place == 0 else f"H{row - 1}"
        so_far = "J" if self.case.payback.value == "discounted" else "E"
        back = one.cumulated_discounted if so_far == "J" else one.cumulated
        return (
            Cell(one.year, "year"),
            Cell(float(one.costs), "money", f"=-{self._sum_of(Kind.COST, place)}"),
            Cell(float(one.benefits), "money", f"={self._sum_of(Kind.BENEFIT, place)}"),
            Cell(float(one.net), "money", f"=C{row}-B{row}"),
            Cell(float(one.cumulated), "money", f"=SUM(D$2:D{row})"),
            Cell(period, "whole"),
            Cell(rate, "share"),
            Cell(float(one.factor), "factor", f"={before}/(1+G{row})"),
            Cell(float(one.net * one.factor), "money", f"=D{row}*H{row}"),
            Cell(float(one.cumulated_discounted), "money", f"=SUM(I$2:I{row})"),
            Cell(int(back >= 0), "whole", f"=IF(ROUND({so_far}{row},6)>=0,1,0)"),
        )

    def _sum_of(self, kind: Kind, place: int) -> str:
        """The amounts of one kind in one year. With no line at all the sum is nothing."""
        sheet, last = quoted(self.names.amounts), max(2, len(self.flows) + 1)
        year = column(3 + place)
        word = self.say(WORDS[kind])
        return f'SUMIF({sheet}!$B$2:$B${last},"{word}",{sheet}!{year}$2:{year}${last})'

    # --- accounts, draws, the summary ----------------------------------------------------------------------

    def _accounts(self) -> Sheet:
        heads = self._heads(_("Who pays or gains"), _("Costs"), _("Benefits"), _("Net"), _("Net, discounted"))
        last, sheet = max(2, len(self.flows) + 1), quoted(self.names.amounts)
        who, kinds = f"{sheet}!$C$2:$C${last}", f"{sheet}!$B$2:$B${last}"
        all_years, present = (
            f"{sheet}!${column(3 + self.year_count + more)}$2:${column(3 + self.year_count + more)}${last}"
            for more in (0, 1)
        )
        rows: list[Row] = [heads]
        for row, one in enumerate(self.mean.accounts, start=2):
            same = f"--EXACT({who},$A{row})"  # an equals sign would take IT and it for one
            cost, benefit = (
                f'SUMPRODUCT({same},--({kinds}="{self.say(WORDS[kind])}"),{all_years})' for kind in Kind
            )
            rows.append(
                (
                    Cell(one.name),
                    Cell(float(one.costs), "money", f"=-{cost}"),
                    Cell(float(one.benefits), "money", f"={benefit}"),
                    Cell(float(one.benefits - one.costs), "money", f"=C{row}-B{row}"),
                    Cell(float(one.npv), "money", f"=SUMPRODUCT({same},{present})"),
                )
            )
        return Sheet(self.names.accounts, tuple(rows))

    def _draw(self, draw: Draw) -> Sheet:
        widest = max((len(one.values) for one in draw.lines), default=0)
        heads = self._heads(
            _("Line"), *[_("Value drawn")] * widest, _("Worth of one unit, discounted"), _("Present value")
        )
        rows: list[Row] = [heads]
        for row, line in enumerate(draw.lines, start=2):
            values = [Cell(float(value), "number") for _name, value in line.values]
            gaps = [None] * (widest - len(values))
            multiplied = "*".join(f"{column(1 + place)}{row}" for place in range(len(values)))
            weight = f"{column(1 + widest)}{row}"
            formula = f"=ROUND({'*'.join(filter(None, (multiplied, weight)))},2)"
            rows.append(
                (
                    Cell(self.called(line.line)),
                    *values,
                    *gaps,
                    Cell(float(line.weight), "number"),
                    Cell(float(line.present_value), "money", formula),
                )
            )
        last, there = len(rows), column(2 + widest)
        empty = [None] * (1 + widest)
        total = Cell(float(draw.total), "money", f"=SUM({there}2:{there}{last})" if draw.lines else "=0")
        rows.append((Cell(self.say(_("Together")), "head"), *empty, total))
        rows.append((Cell(self.say(_("As simulated"))), *empty, Cell(draw.simulated, "money")))
        return Sheet(self.say(_("Draw P%(at)s")) % {"at": f"{draw.at * 100:.0f}"}, tuple(rows))

    def _summary(self) -> Sheet:
        case, years = self.case, quoted(self.names.years)
        last = self.year_count + 1
        npv = f"=ROUND(SUMPRODUCT({years}!$D$2:$D${last},{years}!$H$2:$H${last}),2)"
        back = f'=IFERROR(INDEX({years}!$A$2:$A${last},MATCH(1,{years}!$K$2:$K${last},0)),"–")'
        pairs: list[tuple[str, Cell]] = [
            (_("Title"), Cell(case.title)),
            (_("Currency"), Cell(case.currency)),
            (_("Prices of the year"), Cell(case.price_year, "year")),
            (_("Net present value"), Cell(float(to_the_ore(self.mean.npv)), "money", npv)),
            (_("Paid back in"), Cell(self.mean.payback.year or "–", "year", back)),
            (_("Payback counts"), Cell(self.say(PAYBACKS[case.payback]))),
            (_("Discounting"), Cell(self.say(DISCOUNTINGS[case.discounting]))),
            (_("Source of the discount rates"), Cell((case.own_rates or case.figures.rates).source)),
            *self._drawn(),
        ]
        note = _(
            "Change a figure and everything but the draws follows. P10, P50, P90 and the draws were made"
            " when this file was written."
        )
        rows: list[Row] = [(Cell(self.say(name), "head"), cell) for name, cell in pairs]
        return Sheet(self.names.case, (*rows, (Cell(self.say(note)),)), frozen_rows=0)

    def _drawn(self) -> list[tuple[str, Cell]]:
        """What was drawn; nothing where that has not been done yet."""
        data = self.result.as_data()
        if not data:
            return []
        found = data["distribution"]
        return [
            (_("Net present value, P10"), Cell(found["p10"], "money")),
            (_("Net present value, P50"), Cell(found["p50"], "money")),
            (_("Net present value, P90"), Cell(found["p90"], "money")),
            (_("Share of draws above zero"), Cell(found["p_positive"], "share")),
            (_("Draws"), Cell(data["draws"], "whole")),
            (_("Seed"), Cell(str(data["seed"]))),
            (_("Hash of the input"), Cell(data["input_hash"])),
            (_("Hash of the result"), Cell(data["result_hash"])),
        ]

    def _key(self, key: str) -> str:
        of, _, rest = key.partition("/")
        name, _, place = rest.partition("/")
        return "/".join(filter(None, (of, self.called(name), place)))

    def _heads(self, *texts: str) -> tuple[Cell, ...]:
        return tuple(Cell(self.say(text), "head") for text in texts)


PAYBACKS: Mapping[str, str] = {
    "undiscounted": _("the first year by whose end benefits have covered costs, not discounted"),
    "discounted": _("the first year by whose end benefits have covered costs, discounted"),
}
DISCOUNTINGS: Mapping[str, str] = {
    "start_of_year": _("amounts fall at the start of the year; the first year counts in full"),
    "end_of_year": _("amounts fall at the end of the year; the first year is discounted once"),
}


def mean_formula(one: Estimate, row: int) -> str:
    """The mean of low (C), likely (D) and high (E) as their meaning has it."""
    low, likely, high = f"C{row}", f"D{row}", f"E{row}"
    if one.certain:
        return f"={low}"
    sigma = f"((LN({high})-LN({low}))/(2*NORMSINV(0.95)))"
    width = f"({high}-{low})"
    a2 = f"({width}/(2*LN(9)))"
    a3 = f"((1-2*({likely}-{low})/{width})*{width}/(0.8*LN(9)))"
    return {
        Meaning.MIN_MAX_PERT: f"=({low}+4*{likely}+{high})/6",
        Meaning.MIN_MAX_TRIANGULAR: f"=({low}+{likely}+{high})/3",
        Meaning.RANGE_90_NORMAL: f"=({low}+{high})/2",
        Meaning.RANGE_90_LOGNORMAL: f"=EXP((LN({low})+LN({high}))/2+{sigma}^2/2)",
        Meaning.P10_P90_METALOG: f"={likely}+MAX(-1.667*{a2},MIN(1.667*{a2},{a3}))/2",
    }[one.meaning]


def column(place: int) -> str:
    """The letters of a column, counted from 0: A … Z, AA …"""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def quoted(sheet: str) -> str:
    return "'" + sheet.replace("'", "''") + "'"


def _id(one: Line | Driver) -> str:
    return one.id
