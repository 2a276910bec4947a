"""A case as a document to print, mail or file: what was asked, its steps with days and answers, how it"
" ended."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from samspil.dialogue.remedies import pages, tables
from samspil.dialogue.remedies.models import RemedyCase
from samspil.dialogue.words import day
from samspil.kit.exports import (
    Block,
    Definitions,
    Document,
    Heading,
    Metadata,
    Paragraph,
    Quote,
    Table,
    TableBlock,
)
from samspil.kit.exports.filing import COMMITTEE, Filing


def case(found: RemedyCase, on: date, language: str) -> Document:
    """The whole case as it stands on a day."""
    remedies = tables.as_read(found.table, found.organisation)
    kind = remedies.kind(found.kind)
    rows = pages.step_rows(found, kind, on)
    blocks: list[Block] = [
        Definitions(_about(found)),
        Paragraph(kind.explanation),
        Heading(1, pgettext("paper", "The request")),
        Quote(found.asked, str(found.raised_by or _("The staff side"))),
        TableBlock(_steps(rows)),
        *_answers(rows),
        *_end(found, remedies),
        Heading(1, _("Where the deadlines come from")),
        *(Paragraph(f"{row.step.title}: {row.own_source or row.step.source}", small=True) for row in rows),
        Paragraph(remedies.calendar, small=True),
    ]
    title = f"{kind.title}: {found.title}"
    metadata = Metadata(
        author=found.organisation.name,
        organisation=found.organisation.name,
        case_number=found.filed_under,
        date=found.closed_on or found.raised_on,
    )
    return Document(title, language, blocks, metadata)


def filing(found: RemedyCase, on: date, language: str) -> Filing:
    """The case for the records system; in Samspil the members of the committee read it."""
    return Filing(
        kind="remedy",
        document=case(found, on, language),
        readers=COMMITTEE,
        committee=found.committee.name,
        initiative=found.initiative.title if found.initiative else "",
    )


def _about(found: RemedyCase) -> list[tuple[str, str]]:
    pairs = [
        (_("Committee"), found.committee.name),
        (_("Received on"), day(found.raised_on)),
        (_("Raised by"), str(found.raised_by or "")),
        (_("Item"), found.item.title if found.item else ""),
        (_("Initiative"), _initiative_of(found)),
        (_("Case number"), found.filed_under),
    ]
    return [pair for pair in pairs if pair[1]]


def _initiative_of(found: RemedyCase) -> str:
    """Nothing where the item is called the same."""
    title = found.initiative.title if found.initiative else ""
    return "" if found.item and found.item.title == title else title


def _steps(rows: list[pages.StepRow]) -> Table:
    columns = (
        _("Step"),
        _("Owed by"),
        pgettext("request", "From"),
        pgettext("due date", "By"),
        _("Answered on"),
    )
    cells = tuple(
        (
            row.step.title,
            f"{row.who}, {row.where}" if row.where else row.who,
            row.taken.opened_on if row.taken else _("not begun"),
            (row.taken.due if row.taken else None) or row.term or _("no deadline is known"),
            (row.taken.answered_on if row.taken else None) or _("not yet"),
        )
        for row in rows
    )
    return Table(_("The steps of the case"), columns, cells)


def _answers(rows: list[pages.StepRow]) -> Iterator[Block]:
    for row in rows:
        if row.taken and row.taken.answer:
            yield Heading(1, _("Answer: %(step)s") % {"step": row.step.title})
            yield Quote(row.taken.answer, str(row.taken.answered_by or row.who))


def _end(found: RemedyCase, remedies: tables.Remedies) -> Iterator[Block]:
    closing = remedies.closing(found.closing)
    if closing and found.closed_on:
        yield Heading(1, _("How it ended"))
        yield Paragraph(f"{closing.title}, {day(found.closed_on)}")
        yield Paragraph(found.closed_because)
