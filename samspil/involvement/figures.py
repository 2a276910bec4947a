"""Statements as charts, tables and documents. What too few answered has no figures anywhere."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from samspil.involvement.models import Consultation, Statement
from samspil.involvement.words import MODERATED, NO_TEXT, TOO_FEW, note_in_words
from samspil.kit.charts import Basis, Cell, Chart, Column, Stack, StackedBars, Table, draw, share
from samspil.kit.exports import Block, Bullets, Document, Heading, Metadata, Paragraph, TableBlock

LONGEST_LABEL = 90


def chart_of(
    consultation: Consultation, statements: Sequence[Statement], title: str, language: str
) -> Chart | None:
    """Agree, pass and disagree as stacked bars; None when there is nothing that may be shown."""
    return _chart(
        [Stack(_label(one), one.counts) for one in statements if one.counts], consultation, title, language
    )


def chart_of_one(statement: Statement, language: str) -> Chart | None:
    """One statement's answers; its text stands beside the chart."""
    named = _("Statement %(number)s") % {"number": statement.number}
    stacks = [Stack(named, statement.counts)] if statement.counts else []
    return _chart(stacks, statement.consultation, _("How people answered"), language)


def _chart(stacks: Sequence[Stack], consultation: Consultation, title: str, language: str) -> Chart | None:
    if not stacks:
        return None
    parts = (_("Agree"), _("Pass"), _("Disagree"))
    return draw(StackedBars(title, parts, tuple(stacks), basis_of(consultation)), language)


def basis_of(consultation: Consultation) -> Basis:
    as_of = consultation.held_until or consultation.imported_at.date()
    return Basis(consultation.shown_participants, consultation.source, as_of)


def table_of(consultation: Consultation, statements: Iterable[Statement]) -> Table:
    """All statements with their figures, for a file."""
    columns = (
        Column(_("No.")),
        Column(_("Statement")),
        Column(_("Moderation")),
        *(Column(name, numeric=True) for name in (_("Agree"), _("Pass"), _("Disagree"), "n")),
        *(Column(name, numeric=True) for name in (_("Agree (%)"), _("Pass (%)"), _("Disagree (%)"))),
    )
    return Table(consultation.title, columns, tuple(_row(one) for one in statements))


def document_of(consultation: Consultation, statements: Iterable[Statement], language: str) -> Document:
    """The whole table with where it comes from, as a document that becomes a file."""
    took_part = consultation.shown_participants
    told = [
        _("People who took part: %(count)s") % {"count": TOO_FEW if took_part is None else took_part},
        _("Source: %(source)s") % {"source": consultation.source},
        _("Statements that fewer than %(k)s people answered are too few to show.")
        % {"k": consultation.smallest_group},
        *(note_in_words(kind, figures) for kind, figures in consultation.notes),
    ]
    blocks: list[Block] = [
        Heading(1, consultation.title),
        Paragraph(consultation.initiative.title),
        Bullets(told),
        TableBlock(table_of(consultation, statements)),
    ]
    about = Metadata(organisation=consultation.organisation.name, subject=consultation.initiative.title)
    return Document(consultation.title, language, blocks, about)


def _label(statement: Statement) -> str:
    text = statement.text or str(NO_TEXT)
    short = text if len(text) <= LONGEST_LABEL else text[: LONGEST_LABEL - 1].rstrip() + "…"
    return f"{statement.number} · {short}"


def _row(statement: Statement) -> tuple[Cell, ...]:
    named = (statement.number, statement.text or str(NO_TEXT), str(MODERATED[statement.moderated]))
    if statement.counts is None:
        return (*named, *[str(TOO_FEW)] * 7)
    shares = [share(count, statement.n) for count in statement.counts]
    return (*named, *statement.counts, statement.n, *shares)
