"""The paper for the steering group: what it comes to, how sure that is, and how to find it again by hand."""

from collections.abc import Iterator

from django.utils import translation
from django.utils.translation import gettext as _

from samspil.business_case.drawing import pictures, tables
from samspil.business_case.drawing.told import Told
from samspil.business_case.papers import blocks
from samspil.business_case.papers.beside import Beside
from samspil.kit.charts import Table
from samspil.kit.exports import Block, Definitions, Document, Heading, Paragraph, TableBlock


def document(told: Told, beside: Beside) -> Document:
    with translation.override(told.language):
        title = _("Business case for the steering group: %(title)s") % {"title": told.case.title}
        return blocks.paper(title, told, beside, _blocks(told, beside))


def _blocks(told: Told, beside: Beside) -> Iterator[Block]:
    yield Definitions([*blocks.about(told, beside), *blocks.result(told)])
    yield from blocks.not_drawn(told)
    yield from _how_sure(told)
    yield from blocks.look_at(told)
    yield from blocks.who_pays(told)
    yield from blocks.corners(told)
    yield from _risks(told)
    yield from blocks.recompute(told, beside)
    yield from _draws(told)
    yield from _people(told, beside)


def _how_sure(told: Told) -> Iterator[Block]:
    if not told.is_drawn:
        return
    yield Heading(1, _("How sure it is"))
    yield from blocks.picture(told, pictures.how_sure(told))
    yield from blocks.picture(told, pictures.cash_flow(told))
    yield from blocks.picture(told, pictures.what_it_hangs_on(told))


def _risks(told: Told) -> Iterator[Block]:
    """Risks stand apart from uncertainty: they may occur, and have a pool of their own."""
    note = _("They are in no sum above. What they cost together is covered by the risk pool.")
    empty = blocks.table(tables.risks(told), _("No risks are written down."))
    yield from blocks.section(_("Risks and their pool"), empty, note=note)


def _draws(told: Told) -> Iterator[Block]:
    found = tables.draws(told)
    if not found:
        return
    yield Heading(1, _("Three draws to add up by hand"))
    yield Paragraph(
        _(
            "A poor one, a middling one and a good one of all that were drawn. Multiply the values drawn with"
            " the worth of one unit; the present values added up are the result of that draw."
        )
    )
    yield from (TableBlock(one) for one in found)


def _people(told: Told, beside: Beside) -> Iterator[Block]:
    """Where each number can be followed to, and what has been said about it."""
    note = _(
        "Each line leads to its estimate and source in Samspil; from there to the comments, and to the people"
        " who own and estimated it."
    )
    rows = tuple(
        (
            tables.number_of(told, line.id),
            tables.named(told, line.id, beside.leads_to),
            line.owner or "–",
            beside.said[line.id].comments if line.id in beside.said else 0,
            beside.said[line.id].contested if line.id in beside.said else 0,
        )
        for line in told.case.lines
    )
    columns = (
        _("No."),
        _("Line"),
        _("Owner"),
        tables.number(_("Comments")),
        tables.number(_("Contested, not yet answered")),
    )
    table = Table(_("The lines, who owns them, and what was said"), columns, rows)
    yield from blocks.section(_("Follow the numbers"), TableBlock(table), note=note)
