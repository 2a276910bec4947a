"""The minutes of a whole meeting as a document that a secretary sends unchanged."""

from collections.abc import Iterator

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from samspil.dialogue import documents, words
from samspil.dialogue import regime as regimes
from samspil.dialogue.minutes.whole import Line, Whole, may_read_minutes
from samspil.dialogue.models import ActionPoint, Meeting
from samspil.dialogue.regime import NATIVE, Regime
from samspil.kit.exports import (
    Block,
    Definitions,
    Document,
    Heading,
    Metadata,
    Notice,
    Paragraph,
    Table,
    TableBlock,
)
from samspil.organisation.viewer import Viewer


def language_of(meeting: Meeting) -> str:
    """The regime's own language; what is signed is signed in it."""
    key = regimes.regime_key(meeting.organisation, meeting.on)
    return NATIVE.get(key or "", meeting.organisation.language)


def minutes_of(found: Whole, viewer: Viewer, language: str) -> Document:
    """Head, items in order with outcome, text and positions, actions, signatures, and every hash."""
    meeting = found.meeting
    regime = regimes.in_force(meeting.organisation, meeting.on)
    title = f"{capfirst(str(regime.words['minutes']))}: {meeting.committee.name}, {words.day(meeting.on)}"
    readable = [line for line in found.lines if may_read_minutes(line, viewer)]
    blocks: list[Block] = [Definitions(documents.about_meeting(meeting, regime)), *_state(found)]
    blocks += documents.closed_notice(line.item for line in readable if line.item.confidential_until)
    for line in found.lines:
        blocks += [Heading(1, f"{line.number}. {line.shown.title}"), *_line(line, viewer, regime)]
    blocks += _signatures(found)
    blocks += documents.not_in_the_text(_actions(readable), viewer.today)
    metadata = Metadata(
        author=meeting.organisation.name,
        organisation=meeting.organisation.name,
        date=meeting.on,
        fingerprint=found.sha256 if found.written else "",
    )
    return Document(title, language, blocks, metadata)


def _state(found: Whole) -> Iterator[Block]:
    if not found.complete:
        yield Notice(_("Not everything in this text has been approved yet."))


def _line(line: Line, viewer: Viewer, regime: Regime) -> Iterator[Block]:
    kept = line.kept if may_read_minutes(line, viewer) else None
    if kept is None:
        if line.shown is line.item:
            yield Paragraph(_("The text of this item is not released yet."))
        return
    number = line.item.filed_under
    if number:
        yield Definitions([(_("Case number"), number)])
    if line.item.case:
        yield Heading(2, capfirst(str(regime.words["case"])))
        yield Paragraph(line.item.case)
    yield from documents.record_blocks(kept, level=2)
    yield from documents.annex_blocks(line.item, line.minutes, level=2)
    for one in line.unsigned:
        yield Paragraph(_left_out(one.person, one.because))


def _left_out(person: object, because: str) -> str:
    who = str(person) if person else _("A signatory")
    return _("%(who)s has not signed this text: %(because)s") % {"who": who, "because": because}


def _actions(readable: list[Line]) -> list[ActionPoint]:
    points = ActionPoint.objects.filter(item__in=[line.item for line in readable]).select_related("owner")
    return list(points.order_by("due", "pk"))


def _signatures(found: Whole) -> Iterator[Block]:
    """Signatures that are alike for every item stand once; where items differ, each names its own."""
    written = found.written
    if not written:
        return
    yield Heading(1, _("Signatures"))
    rows = {line.number: tuple(documents.signature_rows(line.sheets)) for line in written}
    columns = documents.signature_columns()
    if len(set(rows.values())) == 1:
        yield TableBlock(Table(_("All items"), columns, next(iter(rows.values()))))
    else:
        for line in written:
            yield TableBlock(Table(f"{line.number}. {line.shown.title}", columns, rows[line.number]))
    hashes = [row for line in written for row in _hashes(line)]
    hashes.append((_("The whole meeting"), found.sha256))
    yield TableBlock(Table(_("Fingerprints (SHA-256)"), (_("Item"), "SHA-256"), tuple(hashes)))


def _hashes(line: Line) -> Iterator[tuple[str, str]]:
    """That of an item's text, and that of the file brought with it."""
    if line.minutes and line.kept:
        yield str(line.number), line.minutes.sha256
        if line.kept.file:
            yield f"{line.number}: {line.kept.file}", line.kept.file_sha256
