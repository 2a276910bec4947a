"""The paper for the committee: whose time the saving takes, what is already taken from budgets, how sure the
figures are, and how to contest them."""

from collections.abc import Iterator
from decimal import Decimal

from django.utils import translation
from django.utils.translation import gettext as _

from samspil.business_case.drawing import pictures, tables
from samspil.business_case.drawing.told import Told
from samspil.business_case.papers import blocks
from samspil.business_case.papers.beside import Beside
from samspil.core.business_case.case import Kind, Worth
from samspil.kit.charts import Cell, Column, Link, Table
from samspil.kit.exports import (
    AnswerLines,
    Block,
    Definitions,
    Document,
    Heading,
    Notice,
    Paragraph,
    TableBlock,
)

LINES_TO_WRITE_ON = 8


def document(told: Told, beside: Beside) -> Document:
    with translation.override(told.language):
        title = _("Business case for the committee: %(title)s") % {"title": told.case.title}
        return blocks.paper(title, told, beside, _blocks(told, beside))


def _blocks(told: Told, beside: Beside) -> Iterator[Block]:
    yield Definitions([*blocks.about(told, beside), *blocks.result(told)])
    yield Notice(
        _(
            "The committee is heard before the decision; it does not approve the case. Every figure here can"
            " be contested, and whoever contests one gets an answer with a reason."
        )
    )
    yield from _whose_time(told, beside)
    yield from _taken(told, beside)
    yield from _asked_of_people(told, beside)
    yield from blocks.corners(told)
    yield from blocks.who_pays(told)
    yield from _how_sure(told)
    yield from blocks.look_at(told)
    yield from _contest(told, beside)


def _whose_time(told: Told, beside: Beside) -> Iterator[Block]:
    found = blocks.whose_time(told, beside)
    note = _(
        "Freed minutes are not money until somebody has decided what they are used for. Until then they count"
        " as nothing in the result."
    )
    empty = _("No line says that it frees or takes anybody’s time. Ask whether that is so.")
    yield from blocks.section(_("Whose time the saving takes"), blocks.table(found, empty), note=note)


def _taken(told: Told, beside: Beside) -> Iterator[Block]:
    """What a budget was lowered by already, beside what the case frees for that unit in that year."""
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            one.unit,
            one.account,
            str(one.year),
            told.ore(one.amount),
            told.ore(one.freed) if one.freed is not None else None,
            told.ore(one.freed - one.amount) if one.freed is not None else None,
            one.source,
        )
        for one in beside.taken
    )
    columns: list[Column | str] = [_("Unit"), _("Account"), _("Year")]
    columns += [tables.number(_("Already taken")), tables.number(_("What the case frees there that year"))]
    columns += [tables.number(_("Left over, or lacking"))]
    table = Table(_("Already taken from budgets"), (*columns, _("Source")), rows)
    yield Heading(1, _("What is already taken from budgets"))
    if rows:
        yield TableBlock(table)
        total = sum((one.amount for one in beside.taken), Decimal(0))
        known = {"amount": told.ore(total), "money": told.case.currency}
        yield Paragraph(
            _("Together %(amount)s %(money)s have been taken before the benefit is there.") % known
        )
        lacking = [one for one in beside.taken if one.freed is not None and one.freed < one.amount]
        if lacking:
            yield Paragraph(_("A figure below zero is a cut that the case does not cover."))
    else:
        yield Paragraph(
            _("Nothing is written down as taken. If your unit’s budget was lowered, say so below.")
        )


def _asked_of_people(told: Told, beside: Beside) -> Iterator[Block]:
    """The hours of those who take part, and their cover: costs, whatever is decided."""
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            tables.number_of(told, line.id),
            tables.named(told, line.id, beside.leads_to),
            line.payer or "–",
            blocks.hours_a_year(told, line.id),
        )
        for line in told.case.lines
        if line.kind is Kind.COST and (line.worth is Worth.REALLOCATION or line.hours)
    )
    columns = (_("No."), _("What"), _("Who bears it"), _("A year at full effect, on average"))
    table = Table(_("Hours and cover that the project takes"), columns, rows)
    empty = _("No hours or cover are counted. Ask who takes part, in which hours, and who covers for them.")
    yield from blocks.section(_("What it asks of people meanwhile"), blocks.table(table, empty))


def _how_sure(told: Told) -> Iterator[Block]:
    yield from blocks.not_drawn(told)
    if told.is_drawn:
        yield Heading(1, _("How sure the figures are"))
        yield from blocks.picture(told, pictures.how_sure(told))
        yield from blocks.picture(told, pictures.what_it_hangs_on(told))


def _contest(told: Told, beside: Beside) -> Iterator[Block]:
    yield Heading(1, _("How to contest a figure"))
    steps = [
        _("Find the line below and note its number."),
        _(
            "Write what you believe instead: low, likely and high, what they mean, and where you know it"
            " from."
        ),
        _(
            "Say it in Samspil at the address below: choose the figure, then “Is that right?”. Without a"
            " computer: write it on the lines below and give this sheet to your representative, who can say"
            " it there."
        ),
        _(
            "%(who)s answers with a reason within ten working days and before the decision; Samspil shows the"
            " day."
        )
        % {"who": answering(beside)},
        _("What is accepted changes the figure, and the line shows whose contribution did it."),
    ]
    yield from (Paragraph(f"{number}. {step}") for number, step in enumerate(steps, start=1))
    address = beside.contest_address or beside.address
    if address:
        yield Definitions([(_("Address"), Link(address, address))])
    if beside.assumed:
        yield TableBlock(_assumed(told, beside))
    yield TableBlock(tables.figures(told, beside.leads_to))
    yield AnswerLines(LINES_TO_WRITE_ON, _("Line number, your own figure, what it means, and its source:"))


def answering(beside: Beside) -> str:
    return beside.answered_by or _("The owner of the initiative")


def _assumed(told: Told, beside: Beside) -> Table:
    """The figures in plain words, in the order of the lines."""
    ordered = sorted(beside.assumed, key=lambda one: told.numbers.get(one.line, 0))
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (tables.number_of(told, one.line), one.sentence, one.agree, one.disagree) for one in ordered
    )
    columns = (_("No."), _("It assumes"), tables.number(_("Agree")), tables.number(_("See it otherwise")))
    return Table(_("What the case assumes, in plain words"), columns, rows)
