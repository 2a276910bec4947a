"""The parts that both papers are put together from, each with its heading."""

from collections.abc import Iterator
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from samspil.business_case.drawing import pictures, tables
from samspil.business_case.drawing.told import Told
from samspil.business_case.papers.beside import Beside
from samspil.core.business_case.case import Corner
from samspil.core.business_case.corners import Seen, four_corners
from samspil.core.business_case.estimates import Meaning
from samspil.core.business_case.mean_case import PaidBack
from samspil.core.business_case.workbook import DISCOUNTINGS, PAYBACKS, WORDS
from samspil.kit.charts import Cell, Link, Picture, Table, draw
from samspil.kit.exports import (
    Block,
    Bullets,
    ChartBlock,
    Definitions,
    Document,
    Heading,
    Metadata,
    Notice,
    Paragraph,
    TableBlock,
)

ON_PAPER = {
    Corner.CITIZEN: gettext_noop("Citizen"),
    Corner.EMPLOYEE: gettext_noop("Employee"),
    Corner.ORGANISATION: gettext_noop("Organisation"),
    Corner.ECONOMY: gettext_noop("Economy"),
}


def paper(title: str, told: Told, beside: Beside, blocks: Iterator[Block]) -> Document:
    """The document; the hash of its input stands at the foot of every page."""
    metadata = Metadata(
        author=beside.organisation,
        organisation=beside.organisation,
        subject=beside.initiative,
        date=told.as_of,
        fingerprint=str(told.data.get("input_hash", "")),
    )
    return Document(title, told.language, list(blocks), metadata)


# --- in short ---------------------------------------------------------------------------------------------


def about(told: Told, beside: Beside) -> list[tuple[str, str]]:
    """Whose case it is and how far it is."""
    pairs = [(_("Initiative"), beside.initiative), (_("State"), beside.state)]
    if beside.address:
        pairs.append((_("Where it stands"), Link(beside.address, beside.address)))
    return pairs


def result(told: Told) -> list[tuple[str, str]]:
    """What it comes to."""
    mean, money = told.mean, told.case.currency
    years = f"{told.case.all_years[0]}–{told.case.all_years[-1]}"
    pairs = [
        (
            _("Net present value"),
            _("%(amount)s %(money)s over %(years)s, in prices of %(prices)s")
            % {"amount": told.ore(mean.npv), "money": money, "years": years, "prices": told.case.price_year},
        ),
        (_("Of this money in budgets"), f"{told.ore(mean.npv_cashable)} {money}"),
        (_("Paid back"), paid_back(mean.payback)),
    ]
    if told.is_drawn:
        pairs += [(_("How sure it is"), how_sure(told)), (_("Risk pool"), risk_pool(told))]
    return pairs


def paid_back(found: PaidBack) -> str:
    how = _(PAYBACKS[found.variant])
    if found.year is None:
        return _("Not within these years (%(how)s)") % {"how": how}
    known = {"year": found.year, "years": found.years, "how": how}
    return _("In %(year)s, year %(years)s (%(how)s)") % known


def how_sure(told: Told) -> str:
    found = told.data["distribution"]
    known = {
        "low": told.whole(found["p10"]),
        "high": told.whole(found["p90"]),
        "share": told.percent(found["p_positive"]),
    }
    return _("Eight draws in ten lie between %(low)s and %(high)s; %(share)s lie above zero") % known


def risk_pool(told: Told) -> str:
    found = told.data["risk_pool"]
    if not found["risks"]:
        return _("No risks are written down")
    known = {
        "expected": told.ore(found["expected"]),
        "reserve": told.whole(found["reserve"]),
        "share": told.percent(found["coverage"]),
    }
    return _("%(expected)s expected; %(reserve)s is enough in %(share)s of the draws") % known


# --- pictures and tables ----------------------------------------------------------------------------------


def section(title: str, *blocks: Block, note: str = "") -> Iterator[Block]:
    yield Heading(1, title)
    if note:
        yield Paragraph(note)
    yield from blocks


def table(found: Table, empty: str) -> Block:
    return TableBlock(found) if found.rows else Paragraph(empty)


def picture(told: Told, found: Picture | None) -> Iterator[Block]:
    if found:
        yield ChartBlock(draw(found, told.language), small=True)


def who_pays(told: Told) -> Iterator[Block]:
    yield Heading(1, _("Who pays and who gains"))
    yield from picture(told, pictures.who_pays(told))


def not_drawn(told: Told) -> Iterator[Block]:
    if not told.is_drawn:
        yield Notice(
            _("How sure it is has not been computed yet. The mean case on this paper is exact all the same.")
        )


def look_at(told: Told) -> Iterator[Block]:
    """What a program sees that a person should look at."""
    found = tables.findings(told)
    yield Heading(1, _("What to look at before it is decided"))
    yield Bullets(found) if found else Paragraph(_("Nothing that a program can see."))


# --- four corners -----------------------------------------------------------------------------------------


def corners(told: Told) -> Iterator[Block]:
    """The case from four sides; what has no amount stands beside what has."""
    rows: list[tuple[Cell, ...]] = []
    for side in four_corners(told.case, told.mean):
        name = _(ON_PAPER[side.corner])
        rows += [(name, tables.number_of(told, one.line.id), *seen(told, one)) for one in side.seen]
        if not side.seen:
            rows.append((name, "–", _("Nothing is written down from this side."), ""))
    columns = (_("Seen by"), _("No."), _("What"), tables.number(_("Present value")))
    yield Heading(1, _("From four sides"))
    yield TableBlock(Table(_("The case from four sides"), columns, tuple(rows)))


def seen(told: Told, one: Seen) -> tuple[str, str]:
    """What a line is called and comes to, as it is seen from its side."""
    name = told.name(one.line.id)
    if one.result is None:
        return name, _(WORDS[one.line.worth])
    if one.waiting:
        return name, _("counts as nothing yet")
    return name, told.ore(one.result.present_value)


# --- whose time -------------------------------------------------------------------------------------------


def whose_time(told: Told, beside: Beside) -> Table:
    """Whose hours a line frees or takes, on what, how many a year, and what was decided about them."""
    rows = tuple(
        (
            tables.number_of(told, line.id),
            line.hours.whose if line.hours else "–",
            line.hours.task if line.hours else tables.named(told, line.id, beside.leads_to),
            hours_a_year(told, line.id),
            use_of_time(told, line.id),
        )
        for line in told.case.lines
        if line.hours
    )
    columns = (
        _("No."),
        _("Whose time"),
        _("From which task"),
        _("How much a year at full effect, on average"),
        _("What was decided about it"),
    )
    return Table(_("Whose time the saving takes"), columns, rows)


def hours_a_year(told: Told, id_: str) -> str:
    """The quantity with its unit where there is one, and what it is worth."""
    line = told.lines[id_]
    found = next((one for one in (*told.mean.lines, *told.mean.waiting) if one.line.id == id_), None)
    worth = f"{told.ore(found.at_full_effect)} {told.case.currency}" if found else "–"
    if len(line.quantities) < 2:
        return worth
    return f"{told.exact(told.quantity(line), 2)} {line.unit} = {worth}".replace("  ", " ")


def use_of_time(told: Told, id_: str) -> str:
    line = told.lines[id_]
    if line.kind.value == "cost":
        return _("Time that the project takes")
    if line.freed_time is None:
        return (
            _("Nothing is decided; it counts as nothing")
            if line.waits_for_a_decision
            else _("Money in a budget")
        )
    known = {"use": line.freed_time.use, "by": line.freed_time.by or "–", "on": told.day(line.freed_time.on)}
    return _("%(use)s (decided %(on)s by %(by)s)") % known


# --- to recompute it --------------------------------------------------------------------------------------


def recompute(told: Told, beside: Beside) -> Iterator[Block]:
    """Everything that somebody new needs to find the net result again, and the order to do it in."""
    yield Heading(1, _("Recompute the net result"))
    yield Paragraph(_("You need this paper and a pocket calculator."))
    yield Bullets(
        [
            _("A figure with a range counts with its mean. The table of figures names low, likely, high and"
              " what they mean; the list below it says how the mean follows."),
            _("A line’s amount a year at full effect is its figures multiplied: quantity × price × drivers."
              " A cost stands below zero."),
            _("Worth of one over its years = the share of each year × that year’s factor, added up."),
            _("Amount at full effect × worth of one = present value. All present values added up are the net"
              " present value."),
            _("The same again by years: benefits less costs = net; net × factor = discounted; added up it is"
              " the same net present value."),
            _("Parts are rounded when they are printed, so the sums may differ by a few hundredths."),
        ]
    )  # fmt: skip
    yield Definitions(conventions(told))
    yield TableBlock(tables.by_line(told, beside.leads_to))
    if told.mean.waiting:
        yield TableBlock(tables.waiting(told, beside.leads_to))
    yield TableBlock(tables.by_year(told))
    yield TableBlock(tables.shares(told))
    yield TableBlock(tables.figures(told, beside.leads_to))
    rules = mean_rules(told)
    if rules:
        yield Paragraph(_("The mean of low (a), likely (m) and high (b):"))
        yield Definitions(rules)


def conventions(told: Told) -> list[tuple[str, str]]:
    return [
        (_("Discounting"), _(DISCOUNTINGS[told.case.discounting])),
        (_("Rates"), tables.rates(told)),
    ]


def mean_rules(told: Told) -> list[tuple[str, str]]:
    """How the mean follows from low (a), likely (m) and high (b), for the meanings that occur."""
    used = {one.meaning for one in told.estimates}
    known = {name: told.fixed(Fraction(number), 6) for name, number in RULE_NUMBERS.items()}
    return [(_(WORDS[one]), rule.format(**known)) for one, rule in MEAN_RULES.items() if one in used]


RULE_NUMBERS = {"metalog": "3.515559", "lognormal": "3.289707"}  # 1.6 · ln 9, and twice the normal 0.95
MEAN_RULES = {
    Meaning.MIN_MAX_PERT: "(a + 4m + b) / 6",
    Meaning.MIN_MAX_TRIANGULAR: "(a + m + b) / 3",
    Meaning.P10_P90_METALOG: "m + (1 − 2(m − a)/(b − a)) · (b − a) / {metalog}",
    Meaning.RANGE_90_LOGNORMAL: "exp((ln a + ln b)/2 + σ²/2), σ = (ln b − ln a) / {lognormal}",
    Meaning.RANGE_90_NORMAL: "(a + b) / 2",
}
