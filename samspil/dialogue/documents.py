"""Agendas, minutes and the list of what came too late, as documents to print, mail or file.

They hold what everybody may read: an answer only when its side has released it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from samspil.dialogue import queries, record, signing, words
from samspil.dialogue import regime as regimes
from samspil.dialogue.agenda.settling import Line, lines_of
from samspil.dialogue.around import annexes, attendance
from samspil.dialogue.confidential import as_seen_by, is_confidential
from samspil.dialogue.late import Changed, Report
from samspil.dialogue.models import ActionPoint, DateCorrection, Item, Meeting, Minutes, Signature
from samspil.dialogue.regime import Regime
from samspil.dialogue.secrecy import MANAGEMENT, STAFF, released_answers
from samspil.initiative.words import PHASES, STEP_KINDS
from samspil.kit.exports import (
    Block,
    Bullets,
    Column,
    Definitions,
    Document,
    Export,
    Heading,
    Metadata,
    Notice,
    Paragraph,
    Quote,
    Table,
    TableBlock,
)
from samspil.kit.exports.filing import COMMITTEE, EVERYBODY, Filing, Signed
from samspil.organisation.models import Organisation
from samspil.organisation.viewer import Viewer, day_in


def agenda(meeting: Meeting, regime: Regime, viewer: Viewer, language: str) -> Document:
    """The agenda of a meeting with every item's case, questions and released answers.

    What the viewer may not read stands as closed; what is closed to others is marked as that.
    """
    lines, _sent = lines_of(meeting)
    items = [line.item for line in lines]
    seen = as_seen_by(viewer, items)
    title = f"{capfirst(str(regime.words['agenda']))}: {meeting.committee.name}, {words.day(meeting.on)}"
    blocks: list[Block] = [Definitions(about_meeting(meeting, regime))]
    blocks += closed_notice(
        one for one in seen if isinstance(one, Item) and is_confidential(one, viewer.today)
    )
    for line, item in zip(lines, seen, strict=True):
        blocks.append(Heading(1, f"{line.number}. {item.title}"))
        if isinstance(item, Item):
            blocks += _item(item, regime, _how_treated(line, regime))
    if not items:
        blocks.append(Paragraph(_("Nothing stands on the agenda yet.")))
    return Document(title, language, blocks, _metadata(meeting.organisation, meeting.on))


def minutes(item: Item, version: Minutes, on: date, language: str) -> Document:
    """One version of an item's minutes, as it was signed, with the signatures and the hash. What the hash
    does not cover stands below them, as it stood `on` a day."""
    kept = record.thaw(version.record, version.sha256)
    regime = regimes.as_read(item.regime, item.organisation)
    title = f"{capfirst(str(regime.words['minutes']))}: {kept.item}"
    day = date.fromisoformat(kept.met_on)
    about = [
        (capfirst(str(regime.words["committee"])), kept.committee),
        (capfirst(str(regime.words["meeting"])), words.day(day)),
        *_when_and_where(version.meeting),
        *attended(version.meeting, regime),
    ]
    blocks: list[Block] = [Definitions(about), *_not_signed(version), *_other_day(kept, version)]
    blocks += held_elsewhere(version)
    blocks += closed_notice([item] if item.confidential_until else [])
    blocks += record_blocks(kept)
    blocks += annex_blocks(item, version, level=1)
    blocks += _signature_blocks(item, version, kept, regime)
    blocks += not_in_the_text(queries.action_points_of(item), on)
    return Document(title, language, blocks, _metadata(item.organisation, day, item, version.sha256))


def not_in_the_text(points: Sequence[ActionPoint], on: date) -> Iterator[Block]:
    """What was agreed lives on after the approval: it is covered by no hash, below a line that says so."""
    if not points:
        return
    yield Heading(1, _("Status on %(day)s, not part of the approved text") % {"day": words.day(on)})
    yield Paragraph(
        _("This can be changed after the approval. Neither the signatures nor the SHA-256 answer for it."),
        small=True,
    )
    yield from action_blocks(points)


def held_elsewhere(version: Minutes) -> Iterator[Block]:
    """That a meeting was only entered here, by whom and when, and what is known of its approval."""
    if version.meeting.kind == Meeting.Kind.ELSEWHERE:
        stated = [one for one in queries.signatures_of(version) if one.as_kind == signing.ELSEWHERE]
        yield Notice(" ".join(_entered(version, stated)))


def _entered(version: Minutes, stated: Sequence[Signature]) -> Iterator[str]:
    facts = {
        "who": str(version.written_by or "–"),
        "day": words.day(day_in(version.organisation, version.written_at)),
    }
    yield _("The meeting was held outside Samspil. %(who)s entered this text on %(day)s.") % facts
    if stated:
        yield _("That it was approved is stated by %(who)s; the approval was not given in Samspil.") % {
            "who": str(stated[0].person or "–")
        }


def too_late(report: Report, organisation: Organisation, on: date, language: str) -> Document:
    """The list of what was discussed after the binding step, or not before it."""
    title = _("Discussed after the binding step")
    columns = (
        _("Initiative"),
        _("Phase"),
        _("Binding step"),
        _("Date of the step"),
        _("Committee"),
        _("Discussed on"),
        Column(_("Days after"), numeric=True),
        _("Correction"),
    )
    cells = tuple(
        (
            row.initiative.title,
            str(PHASES[row.phase]),
            str(STEP_KINDS[row.step.kind]),
            row.step.on,
            row.committee,
            row.met_on or _("not discussed"),
            row.days,
            _corrected(row.corrections),
        )
        for row in report.late
    )
    note = _("Worked out on %(day)s from the dates entered for binding steps and meetings.") % {
        "day": words.day(on)
    }
    table = Table(title, columns, cells, note)
    blocks = [TableBlock(table), *([TableBlock(_changed(report.changed))] if report.changed else [])]
    return Document(title, language, blocks, _metadata(organisation, on))


def _changed(rows: Sequence[Changed]) -> Table:
    """Where a corrected date of a meeting makes the dates say something else."""
    columns = (
        _("Initiative"),
        _("Phase"),
        _("As it was first entered"),
        _("As corrected"),
        _("Correction"),
    )
    cells = tuple(
        (row.initiative.title, str(PHASES[row.phase]), row.before, row.now, _corrected(row.corrections))
        for row in rows
    )
    return Table(_("Changed by a corrected date"), columns, cells)


def _corrected(corrections: Sequence[DateCorrection]) -> str:
    return "\n".join(words.corrected(one.before, one.after, one.reason) for one in corrections)


def about_meeting(meeting: Meeting, regime: Regime) -> list[tuple[str, str]]:
    """Committee, date, kind, time, place and who was there, as they stand at the head of a paper."""
    corrections = [_corrected([one]) for one in queries.corrections_of(meeting)]
    return [
        (capfirst(str(regime.words["committee"])), meeting.committee.name),
        (_("Date"), "\n".join([words.day(meeting.on), *corrections])),
        (_("Kind"), str(words.MEETING_KINDS[meeting.kind])),
        *_when_and_where(meeting),
        *attended(meeting, regime),
    ]


def _when_and_where(meeting: Meeting) -> Iterator[tuple[str, str]]:
    if meeting.starts:
        ends = f"–{meeting.ends:%H:%M}" if meeting.ends else ""
        yield _("Time"), f"{meeting.starts:%H:%M}{ends}"
    if meeting.place:
        yield _("Place"), meeting.place
    if meeting.cancelled_at:
        yield _("Cancelled"), meeting.cancelled_because or _("yes")


def attended(meeting: Meeting, regime: Regime) -> Iterator[tuple[str, str]]:
    """Who was there, as far as anybody noted it."""
    who = attendance(meeting, regime)
    for name, people in (
        (_("Present"), who.present),
        (_("Substitutes"), who.substitutes),
        (_("Excused"), who.excused),
        (_("Absent"), who.absent),
    ):
        if people:
            yield name, "\n".join(people)
    if who.note:
        yield _("Quorum"), who.note


def closed_notice(closed: Iterable[Item]) -> list[Block]:
    """A paper with something in it that is closed to others says so at its head."""
    days = [one.confidential_until for one in closed if one.confidential_until]
    if not days:
        return []
    until = words.day(max(days))
    return [
        Notice(
            _("This paper holds what is closed to others until %(day)s. Do not pass it on.") % {"day": until}
        )
    ]


def _how_treated(line: Line, regime: Regime) -> list[tuple[str, str]]:
    """What is wanted of the committee, how long it may take and who presents it."""
    minutes = ngettext("%(minutes)s minute", "%(minutes)s minutes", line.minutes or 0)
    return [
        (_("What is wanted"), str(regime.purposes.get(line.item.purpose, ""))),
        (_("Time set aside"), minutes % {"minutes": line.minutes} if line.minutes else ""),
        (_("Presented by"), line.presenter),
    ]


def _item(item: Item, regime: Regime, treated: Sequence[tuple[str, str]] = ()) -> Iterator[Block]:
    pairs = [*treated, (_("Asked for by"), str(item.requested_by or ""))]
    if item.initiative:
        pairs += [initiative_of(item), (_("Phase"), str(PHASES[item.phase]))]
    pairs.append((_("Case number"), item.filed_under))
    yield Definitions([pair for pair in pairs if pair[1]])
    if item.case:
        yield Heading(2, capfirst(str(regime.words["case"])))
        yield Paragraph(item.case)
    answers = released_answers(item)
    if item.questions.all():
        yield Heading(2, _("Questions"))
        if not answers.readable:
            yield Bullets([question.wording["ask"] for question in item.questions.all()])
    for question in item.questions.all() if answers.readable else ():
        yield Paragraph(question.wording["ask"])
        for side in (MANAGEMENT, STAFF):
            answer = answers.of(question.pk, side)
            if answer and answer.text:
                yield Quote(answer.text, capfirst(regime.sides[side]))
    yield from annex_blocks(item, None, level=2)


def initiative_of(item: Item) -> tuple[str, str]:
    """The initiative that an item is about; nothing where the item is called the same."""
    title = item.initiative.title if item.initiative else ""
    return _("Initiative"), "" if title == item.title else title


def _not_signed(version: Minutes) -> list[Block]:
    if version.approved_on:
        return []
    return [Notice(_("This text has not been approved yet."))]


def _other_day(kept: record.Record, version: Minutes) -> list[Block]:
    sentence = words.signed_with(date.fromisoformat(kept.met_on), version.meeting.on)
    return [Notice(sentence)] if sentence else []


def record_blocks(kept: record.Record, level: int = 1) -> Iterator[Block]:
    """What stands in the minutes of one item: outcomes, what was said, positions."""
    yield Heading(level, pgettext("paper", "Outcome"))
    yield Bullets([f"{one.title} – {one.union}" if one.union else one.title for one in kept.outcomes])
    told = [
        (f"{one.union}: {asked}" if one.union else asked, answer)
        for one in kept.outcomes
        for asked, answer in one.told
    ]
    if told:
        yield Definitions(told)
    if kept.order:
        yield Paragraph(str(words.ORDERS_IN_FULL[kept.order]))
    if kept.text:
        yield Heading(level, pgettext("paper", "Discussion"))
        yield Paragraph(kept.text)
    if kept.positions:
        yield Heading(level, _("Positions"))
    yield from positions_of(kept)


def positions_of(kept: record.Record) -> Iterator[Block]:
    """What each side wanted to stand in the text."""
    for one in kept.positions:
        yield Quote(one.text, f"{capfirst(one.title)}{', ' + one.union if one.union else ''}")


def annex_blocks(item: Item, version: Minutes | None, level: int) -> Iterator[Block]:
    """The names of everything that belongs to an item, where there is anything."""
    files = annexes(item, version)
    if files:
        yield Heading(level, _("Annexes"))
        yield Bullets(files)


def action_blocks(points: Sequence[ActionPoint], caption: str | None = None) -> Iterator[Block]:
    """Agreed actions as a table: what, who, by when."""
    if points:
        cells = tuple(
            (point.text, str(point.owner or ""), point.due, point.done_on or _("not yet")) for point in points
        )
        columns = (pgettext("agreed action", "What"), _("Who"), pgettext("due date", "By"), _("Done"))
        yield TableBlock(Table(_("Agreed actions") if caption is None else caption, columns, cells))


def _signature_blocks(item: Item, version: Minutes, kept: record.Record, regime: Regime) -> Iterator[Block]:
    sheets = signing.sheets(item, version, version.meeting.on)
    yield TableBlock(Table(_("Signatures"), signature_columns(), tuple(signature_rows(sheets))))
    hashes = [(capfirst(str(regime.words["minutes"])), version.sha256), (kept.file, kept.file_sha256)]
    rows = tuple(pair for pair in hashes if pair[0])
    yield TableBlock(Table(_("Fingerprints (SHA-256)"), (_("Item"), "SHA-256"), rows))


def signature_columns() -> tuple[str, str, str]:
    return pgettext("paper", "Signature"), _("Who"), _("Date")


def signature_rows(sheets: Mapping[str, signing.Sheet]) -> Iterator[tuple[str, str, str]]:
    """Every place for a signature with the name and the day, or that it is still to come."""
    acts = {signing.RELEASE.value: _("Released by"), signing.APPROVE.value: _("Approved by")}
    for act, sheet in sheets.items():
        for seat, name, when in _lines(sheet):
            yield f"{acts[str(act)]}: {seat}", name, when


def _lines(sheet: signing.Sheet) -> Iterator[tuple[str, str, str]]:
    if sheet.elsewhere:
        stated = _("stated afterwards, not given in Samspil")
        yield stated, sheet.elsewhere.elsewhere_by, words.day(sheet.elsewhere.signed_on)
        return
    for one in sheet.signers:
        seat = f"{one.title}, {one.union}" if one.union else one.title
        signed = one.signature
        name = str(signed.person) if signed and signed.person else ""
        yield seat, name, _signed_when(signed) if signed else _("not yet")


def _signed_when(signed: Signature) -> str:
    if signed.at_meeting is None:
        return words.day(signed.signed_on)
    facts = {"day": words.day(signed.signed_on), "meeting": words.day(signed.at_meeting.on)}
    return _("%(day)s, at the meeting on %(meeting)s") % facts


def _metadata(
    organisation: Organisation, on: date, item: Item | None = None, fingerprint: str = ""
) -> Metadata:
    return Metadata(
        author=organisation.name,
        organisation=organisation.name,
        case_number=item.filed_under if item else "",
        date=on,
        fingerprint=fingerprint,
    )


def minutes_filing(item: Item, version: Minutes, on: date, language: str) -> Filing:
    """Minutes with their signatures and the file that belongs to them, for the records system."""
    annexes = [Export(one.name, one.content_type, bytes(one.blob.data)) for one in [version.file] if one]
    return Filing(
        kind="minutes",
        document=minutes(item, version, on, language),
        readers=EVERYBODY if version.released_on and not item.confidential_until else COMMITTEE,
        committee=item.committee.name,
        initiative=item.initiative.title if item.initiative else "",
        signed=[
            Signed(one.act, _place(one), one.elsewhere_by or str(one.person or ""), one.signed_on.isoformat())
            for one in queries.signatures_of(version)
        ],
        fingerprint=version.sha256,
        files=annexes,
    )


def agenda_filing(meeting: Meeting, regime: Regime, viewer: Viewer, language: str) -> Filing:
    """An agenda with the case number of each item, for the records system."""
    seen = as_seen_by(viewer, queries.agenda(meeting))
    closed = any(isinstance(one, Item) and is_confidential(one, viewer.today) for one in seen)
    return Filing(
        kind="agenda",
        document=agenda(meeting, regime, viewer, language),
        readers=COMMITTEE if closed else EVERYBODY,
        committee=meeting.committee.name,
        parts=[(one.title, one.filed_under if isinstance(one, Item) else "") for one in seen],
    )


def _place(signature: Signature) -> str:
    return f"{signature.as_kind}, {signature.union.name}" if signature.union else signature.as_kind


def in_language(language: str, make: Any, *parts: Any) -> Any:
    """A document or a filing made with the words of its own language."""
    with translation.override(language):
        return make(*parts, language)


def agenda_item(item: Item, regime: Regime, language: str) -> Document:
    """What one item puts before its committee: the case, the questions and the released answers."""
    about = [(capfirst(str(regime.words["committee"])), item.committee.name)]
    if item.meeting:
        about.append((capfirst(str(regime.words["meeting"])), words.day(item.meeting.on)))
    title = f"{capfirst(str(regime.words['item']))}: {item.title}"
    day = item.meeting.on if item.meeting else None
    metadata = Metadata(
        author=item.organisation.name,
        organisation=item.organisation.name,
        case_number=item.filed_under,
        date=day,
    )
    return Document(title, language, [Definitions(about), *_item(item, regime)], metadata)
