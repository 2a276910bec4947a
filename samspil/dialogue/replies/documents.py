"""The sheet of replies as a document, and the sheet on which a staff meeting writes its reply by hand."""

from collections.abc import Iterator
from datetime import date

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspil.dialogue import regime as regimes
from samspil.dialogue.replies import queries, words
from samspil.dialogue.replies.figures import chart_of
from samspil.dialogue.replies.models import Asked, Reply, ReplyAnswer, SentQuestion
from samspil.dialogue.replies.queries import Row, Sheet
from samspil.dialogue.words import day
from samspil.kit.exports import (
    AnswerLines,
    Block,
    Card,
    ChartBlock,
    Column,
    Definitions,
    Document,
    Heading,
    Metadata,
    Paragraph,
    Quote,
    Table,
    TableBlock,
)
from samspil.organisation.models import Committee
from samspil.organisation.viewer import day_in

LINES, LINES_FOR_ONE = 4, 10  # so that two questions fit on one sheet
BOX = "☐"


def sheet(found: Sheet, language: str) -> Document:
    """Positions, who is silent, every answer question by question, and how each committee replied."""
    blocks: list[Block] = [Definitions(_about(found))]
    if found.replied:
        blocks += [Heading(1, _("Positions")), ChartBlock(chart_of(found, language))]
    if found.silent:
        blocks += [Heading(1, _("Silent so far")), TableBlock(_silent(found))]
    if found.replied:
        for number, question in enumerate(found.questions, 1):
            blocks += [Heading(1, f"{number}. {question.wording['ask']}"), *_answers(found, question)]
        blocks += [*_without_answer(found), Heading(1, _("Who replied, and how"))]
        blocks += [TableBlock(_how_in(found, area)) for area in found.areas]
    return Document(_title(found), language, blocks, _metadata(found))


def tables(found: Sheet, language: str) -> Document:
    """The same to sort and filter: one row for each answer, one for each committee."""
    columns = (
        _("Committee"),
        _("Area"),
        _("Question"),
        _("Position"),
        _("Answer"),
        _("Remark"),
    )
    rows = tuple(
        (
            row.asked.committee.name,
            row.area.name,
            question.wording["ask"],
            str(words.POSITIONS[answer.position]),
            answer.text,
            _late(found, reply, row),
        )
        for question in found.questions
        for row in found.rows
        for reply in row.replies
        if (answer := queries.answer_to(reply, question))
    )
    blocks: list[Block] = [TableBlock(Table(_("Answers"), columns, rows)), TableBlock(_who(found))]
    return Document(_title(found), language, blocks, _metadata(found))


def answer_sheet(found: Asked, hand_in: str, language: str) -> Document:
    """The questions with room to write, the code, and where to hand it in; for a meeting without accounts."""
    sending = found.sending
    regime = regimes.as_read(sending.item.regime, sending.organisation)
    about = [
        (_("Reply from"), found.committee.name),
        (_("To"), sending.item.committee.name),
        (_("Reply by"), day(sending.due)),
        (_("Hand it in to"), hand_in),
        (_("Code"), found.code),
    ]
    questions = queries.questions_of(sending)
    tick = _("Tick whose position it is below each answer. Leave out names of colleagues and citizens.")
    blocks: list[Block] = [
        Definitions(about),
        Heading(1, _("Questions")),
        Paragraph("\n\n".join(part for part in (sending.why, tick) if part)),
    ]
    lines = LINES if len(questions) > 1 else LINES_FOR_ONE
    for number, one in enumerate(questions, 1):
        blocks += [
            Card(f"{number}. {one.wording['ask']}", one.wording.get("explanation", ""), answer_lines=lines),
            Paragraph("     ".join(f"{BOX} {word}" for word in words.POSITIONS.values())),
        ]
    blocks += [
        AnswerLines(1, capfirst(str(regime.words["meeting"])) + ": " + _("date, and how many took part")),
        AnswerLines(1, _("If you have no answer: why?")),
    ]
    about_it = Metadata(
        author=found.organisation.name,
        organisation=found.organisation.name,
        subject=sending.item.title,
        case_number=f"{_('Code')} {found.code}",
    )
    return Document(sending.item.title, language, blocks, about_it)


def _about(found: Sheet) -> list[tuple[str, str]]:
    sending = found.sending
    regime = regimes.as_read(sending.item.regime, sending.organisation)
    state = words.replied(len(found.replied), len(found.rows))
    return [
        (capfirst(str(regime.words["committee"])), sending.item.committee.name),
        (_("Sent on"), day(day_in(sending.organisation, sending.sent_at))),
        (_("Reply by"), day(sending.due)),
        (_("Replies"), f"{state} ({day(found.today)})"),
        *([(_("Why"), sending.why)] if sending.why else []),
    ]


def _answers(found: Sheet, question: SentQuestion) -> Iterator[Block]:
    """All answers to one question, area by area; a reply that was changed late shows both texts."""
    counted = 0
    for area in found.areas:
        here = [
            (row, reply, answer)
            for row in found.of_area(area.ref)
            for reply in row.replies
            if (answer := queries.answer_to(reply, question))
        ]
        if here:
            counted += len(here)
            yield Heading(2, area.name)
        for row, reply, answer in here:
            yield Quote(answer.text, _signed(found, row, reply, answer))
    if not counted:
        yield Paragraph(_("Nobody has answered this question."))


def _signed(found: Sheet, row: Row, reply: Reply, answer: ReplyAnswer) -> str:
    parts = [row.asked.committee.name, str(words.POSITIONS[answer.position])]
    if note := _late(found, reply, row):
        parts.append(note)
    return " · ".join(parts)


def _late(found: Sheet, reply: Reply, row: Row | None = None) -> str:
    """What has to be said about when a reply came; nothing for one in time."""
    if queries.is_late(found.sending, reply):
        return _("came after the deadline")
    return _("replaced by a later reply") if row and reply in row.earlier else ""


def _without_answer(found: Sheet) -> list[Block]:
    without = [row for row in found.replied if row.newest and row.newest.because]
    if not without:
        return []
    reasons = [(row.asked.committee.name, row.newest.because) for row in without if row.newest]
    return [Heading(1, _("Those who have no answer, and why")), Definitions(reasons)]


def _silent(found: Sheet) -> Table:
    """Who has not replied, and whom to call."""
    rows = tuple((row.asked.committee.name, _called(row)) for row in found.silent)
    caption = words.replied(len(found.replied), len(found.rows))
    return Table(caption, (_("Committee"), _("Call")), rows)


def _called(row: Row) -> str:
    person = row.call
    return ", ".join(part for part in (str(person), person.title) if part) if person else "–"


def _how_in(found: Sheet, area: Committee) -> Table:
    """The committees of one area that have replied."""
    rows = [row for row in found.of_area(area.ref) if row.newest]
    cells = tuple(
        (
            row.asked.committee.name,
            f"{words.WAYS[row.newest.way]}, {day(row.newest.held_on)}",
            row.newest.took_part if row.newest.took_part is not None else "–",
            _remarks(found, row, row.newest),
        )
        for row in rows
        if row.newest
    )
    columns = (_("Committee"), _("How"), Column(_("Took part"), numeric=True), _("Remark"))
    state = words.replied(len(rows), len(found.of_area(area.ref)))
    return Table(f"{area.name}: {state}", columns, cells)


def _who(found: Sheet) -> Table:
    """Every committee: how and when it replied, or that it is silent and whom to call."""
    columns = (
        _("Committee"),
        _("Area"),
        _("How"),
        _("Date"),
        Column(_("Took part"), numeric=True),
        _("Remark"),
    )
    rows = tuple(_who_row(found, row) for row in found.rows)
    note = _("A reply that was entered from paper names who entered it. Without a number, nobody gave one.")
    return Table(_("Who replied, and how"), columns, rows, note)


def _who_row(found: Sheet, row: Row) -> tuple[str | int | date, ...]:
    reply = row.newest
    if reply is None:
        call = _("Silent. Call: %(who)s") % {"who": row.call or "–"}
        return row.asked.committee.name, row.area.name, _("no reply yet"), "–", "–", call
    return (
        row.asked.committee.name,
        row.area.name,
        str(words.WAYS[reply.way]),
        reply.held_on,
        reply.took_part if reply.took_part is not None else "–",
        _remarks(found, row, reply),
    )


def _remarks(found: Sheet, row: Row, reply: Reply) -> str:
    remarks = [_late(found, reply)]
    if reply.entered:
        remarks.append(_("entered from paper by %(who)s") % {"who": reply.replied_by or "–"})
    if reply.because:
        remarks.append(_("no answer"))
    if row.earlier:
        remarks.append(
            ngettext("%(count)s earlier reply kept", "%(count)s earlier replies kept", len(row.earlier))
            % {"count": len(row.earlier)}
        )
    return ", ".join(part for part in remarks if part)


def _title(found: Sheet) -> str:
    return _("Replies: %(title)s") % {"title": found.sending.item.title}


def _metadata(found: Sheet) -> Metadata:
    item = found.sending.item
    return Metadata(
        author=item.organisation.name,
        organisation=item.organisation.name,
        case_number=item.filed_under,
        date=found.today,
    )
