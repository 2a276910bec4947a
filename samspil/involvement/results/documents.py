"""A result as files: a table, data with its dictionary, and a report to read and print."""

import json
from collections.abc import Iterator
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from samspil.involvement.results import words
from samspil.involvement.results.drawing import drawn
from samspil.involvement.results.pages import facts_of, method_of
from samspil.involvement.results.reading import Answers, GroupCard, Line, Reading, group_name
from samspil.involvement.words import MODERATED, NO_TEXT
from samspil.kit.charts import Cell, Column, Table, share
from samspil.kit.exports import (
    Block,
    Bullets,
    ChartBlock,
    Definitions,
    Document,
    Export,
    Heading,
    Metadata,
    Notice,
    Paragraph,
    Quote,
    TableBlock,
)

COUNTS = ("agree", "pass", "disagree", "n")


def as_json(reading: Reading) -> Export:
    """The release as it is stored, with the texts of the statements. Every name in it stands in the
    dictionary, docs/calculations/opinion_release.md."""
    source, result = reading.source, reading.result
    told = {
        "title": source.title,
        "organisation": source.organisation.name,
        "initiative": source.initiative.title if source.initiative else None,
        "source": source.told_by,
        "ended_on": source.ended_on.isoformat() if source.ended_on else None,
        "version": result.number,
        "made_at": result.made_at.isoformat(),
        "release_hash": result.release_sha256,
        "texts": [
            {
                "id": said.key,
                "ref": said.ref,
                "text": said.text,
                "language": said.language or None,
                "moderated": said.moderated,
            }
            for said in reading.texts.values()
        ],
        "release": result.release,
    }
    text = json.dumps(told, ensure_ascii=False, indent=1)
    return Export(f"{_stem(reading)}.json", "application/json", text.encode())


def _stem(reading: Reading) -> str:
    return slugify(reading.source.title, allow_unicode=True)[:80].strip("-") or "samspil"


def as_table(reading: Reading, language: str) -> Document:
    """One row a statement: everybody and each group, with agree, pass, disagree and n."""
    parts = [_("Everybody"), *(group_name(at) for at in range(1, reading.k + 1))]
    if reading.k:
        parts.append(_("Without a group"))
    heads = (pgettext("answers", "agree"), pgettext("answers", "pass"), pgettext("answers", "disagree"), "n")
    columns = (
        Column(_("No.")), Column(_("Statement")), Column(_("Language")), Column(_("Moderation")),
        *(Column(f"{part}: {head}", numeric=True) for part in parts for head in heads),
    )  # fmt: skip
    rows = tuple(_table_row(reading, told) for told in reading.release["statements"])
    return Document(reading.source.title, language, [TableBlock(Table(reading.source.title, columns, rows))])


def _table_row(reading: Reading, told: dict[str, Any]) -> tuple[Cell, ...]:
    said = reading.texts[told["id"]]
    cells = [told["all"], *told["groups"], *([told["without_group"]] if reading.k else [])]
    named = (said.number, said.text or str(NO_TEXT), said.language, str(MODERATED[said.moderated]))
    return (*named, *(cell[name] if cell else "" for cell in cells for name in COUNTS))


# --- the report ------------------------------------------------------------------------------------------


def report(reading: Reading, language: str) -> Document:
    """What the pages say, in their order, with all statements at the end."""
    source = reading.source
    about = Metadata(
        organisation=source.organisation.name,
        subject=source.initiative.title if source.initiative else "",
        date=reading.result.made_at.date(),
        fingerprint=reading.result.release_sha256,
    )
    blocks = [
        *_opening(reading), *_agreed(reading), *_dividing(reading), *_groups(reading, language),
        *_limits(reading), *_map(reading, language), *_all_statements(reading), *_method(reading),
    ]  # fmt: skip
    return Document(source.title, language, blocks, about)


def _opening(reading: Reading) -> Iterator[Block]:
    yield Definitions(facts_of(reading))
    if reading.certainty in ("very_uncertain", "counts_only"):
        yield Notice(reading.how_sure)
    else:
        yield Paragraph(reading.how_sure)
    if reading.answering:
        yield Notice(reading.answering)


def _agreed(reading: Reading) -> Iterator[Block]:
    yield Heading(1, _("What we agree on"))
    yield from _lines(reading.agreed())
    if not reading.release["agreed"]:
        yield Paragraph(_("Nothing was agreed on by clearly more than half."))


def _dividing(reading: Reading) -> Iterator[Block]:
    yield Heading(1, _("What divides us"))
    yield from _lines(reading.dividing())
    if not reading.release["dividing"]:
        yield Paragraph(_("Nothing divides those who took part for sure."))


def _lines(lines: list[Line]) -> Iterator[Block]:
    for line in lines:
        yield Quote(_quoted(line))
        yield Paragraph(line.sentence)


def _quoted(line: Line) -> str:
    told = line.said.text or str(NO_TEXT)
    return f"{told} ({line.said.written_in})" if line.said.written_in else told


def _groups(reading: Reading, language: str) -> Iterator[Block]:
    yield Heading(1, _("The groups"))
    cards = reading.groups()
    if not cards:
        yield Paragraph(reading.how_sure)
    for card in cards:
        yield from _group(card)


def _group(card: GroupCard) -> Iterator[Block]:
    yield Heading(2, f"{group_name(card.number)} · {card.size}")
    yield Paragraph(card.reliability)
    for title, lines in (
        (_("What sets them apart"), card.apart),
        (_("What they answer most alike"), card.shared),
    ):
        if lines:
            yield Heading(3, title)
            yield Bullets([f"“{line.said.text or NO_TEXT}” {line.sentence}" for line in lines])


def _limits(reading: Reading) -> Iterator[Block]:
    yield Heading(1, _("What we cannot say, and why"))
    yield Bullets(reading.not_said())
    if reading.people_counted():
        yield Heading(2, _("The people, counted"))
        yield Bullets(reading.people_counted())
    yield Heading(2, _("The statements, counted"))
    yield Bullets(reading.statements_counted())


def _map(reading: Reading, language: str) -> Iterator[Block]:
    chart = drawn(reading, language)
    if chart:
        yield Heading(1, _("The map"))
        yield ChartBlock(chart)
        yield Paragraph(str(words.NINE_PARTS), small=True)


def _all_statements(reading: Reading) -> Iterator[Block]:
    yield Heading(1, _("All statements"))
    yield Paragraph(
        _(
            "Agree, pass and disagree in per cent; n is how many answered. "
            "Where too few answered, nothing stands."
        ),
        small=True,
    )
    parts = [_("Everybody"), *(group_name(at) for at in range(1, reading.k + 1))]
    columns = (Column(_("No.")), Column(_("Statement")), *(Column(part) for part in parts))
    keys = [one["id"] for one in reading.release["statements"] if one["active"]]
    rows = tuple(
        (row.said.number, row.said.text or str(NO_TEXT), *(_cell(cell) for cell in row.cells))
        for row in reading.rows(keys)
    )
    yield TableBlock(Table("", columns, rows))


def _cell(cell: Answers | None) -> str:
    if cell is None:
        return "–"
    shares = "/".join(str(share(count, cell.n)) for count in cell.counts)
    return f"{shares}\nn = {cell.n}"


def _method(reading: Reading) -> Iterator[Block]:
    yield Heading(1, _("How it was computed"))
    yield Definitions(method_of(reading))
