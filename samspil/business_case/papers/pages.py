"""What the pages show that a case is followed on: its pictures, its lines one by one, its draws."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samspil.business_case.drawing import pictures, tables
from samspil.business_case.drawing.told import Told
from samspil.business_case.models import Part
from samspil.business_case.papers import blocks
from samspil.business_case.papers.beside import Said
from samspil.business_case.papers.sources import Source
from samspil.business_case.words import CORNERS
from samspil.core.business_case.case import Line
from samspil.core.business_case.corners import corner_of, four_corners
from samspil.core.business_case.workbook import WORDS
from samspil.kit.charts import Table, in_words, url_of

FILES = (
    ("steering-group", "pdf"),
    ("steering-group", "docx"),
    ("committee", "pdf"),
    ("committee", "docx"),
)
Context = dict[str, Any]


def result_page(source: Source, told: Told) -> Context:
    return {
        "facts": blocks.result(told),
        "charts": pictures.charts(told),
        "corners": list(_corners(source, told)),
        "is_drawn": told.is_drawn,
        "waiting": shown(tables.waiting(told, source.line_url)) if told.mean.waiting else None,
    }


def files(source: Source) -> list[tuple[str, str, str]]:
    """What can be carried away: name, kind, address."""
    names = {
        "steering-group": _("Paper for the steering group"),
        "committee": _("Paper for the committee"),
    }
    found = [(names[paper], kind.upper(), source.url("paper_file", paper, kind)) for paper, kind in FILES]
    return [
        *found,
        (_("Workbook that computes"), "XLSX", source.url("workbook_file")),
        (_("The case for programs"), "JSON", source.url("as_json_file")),
    ]


# --- four corners -----------------------------------------------------------------------------------------


def _corners(source: Source, told: Told) -> Iterator[Context]:
    for side in four_corners(told.case, told.mean):
        yield {
            "title": CORNERS[side.corner],
            "lines": [(*blocks.seen(told, one), source.line_url(one.line.id)) for one in side.seen],
            "together": told.ore(side.present_value),
            "counts": any(one.result and not one.waiting for one in side.seen),
        }


# --- line by line -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Followed:
    """A line with everything that its number rests on, and the people beside it."""

    line: Line
    number: str
    title: str
    kind: str
    worth: str
    corner: str
    facts: list[tuple[str, str]]
    figures: Context | None
    part: Part | None
    said: Said

    @property
    def id(self) -> str:
        return self.line.id


def lines_page(source: Source, told: Told) -> Context:
    return {
        "lines": [_followed(source, told, line) for line in told.case.lines],
        "by_line": shown(tables.by_line(told)),
        "by_year": shown(tables.by_year(told)),
        "conventions": blocks.conventions(told),
        "files": (),
    }


def _followed(source: Source, told: Told, line: Line) -> Followed:
    return Followed(
        line=line,
        number=tables.number_of(told, line.id),
        title=told.name(line.id),
        kind=_(WORDS[line.kind]),
        worth=_(WORDS[line.worth]),
        corner=_(blocks.ON_PAPER[corner_of(line)]),
        facts=list(_facts(told, line)),
        figures=_figures(told, line) if line.quantities else None,
        part=source.parts.get(line.id),
        said=source.said.get(line.id, Said()),
    )


def _facts(told: Told, line: Line) -> Iterator[tuple[str, str]]:
    counted = {one.line.id: one for one in (*told.mean.lines, *told.mean.waiting)}
    if line.stakeholder:
        yield _("Who pays") if line.kind.value == "cost" else _("Who gains"), line.stakeholder
    found = counted.get(line.id)
    if found:
        yield _("Made of"), tables.made_of(told, line)
        yield _("A year at full effect, on average"), f"{told.ore(found.at_full_effect)} {told.case.currency}"
        yield _("Share of each year"), tables.shares_of(told, line)
        yield _("Worth of one over its years"), told.fixed(tables.worth_of_one(told, line), 10)
        yield _("Present value"), f"{told.ore(found.present_value)} {told.case.currency}"
    if line.hours:
        yield _("Whose time"), f"{line.hours.whose}: {line.hours.task}"
        yield _("What was decided about it"), blocks.use_of_time(told, line.id)


def _figures(told: Told, line: Line) -> Context:
    """The figures of a line and of the drivers it rests on; whose line it is and who estimated it is told
    beside."""
    shared = [one for one in told.case.drivers if one.id in line.drivers]
    return shown(tables.figures_of_line(told, line, shared))


# --- draws ------------------------------------------------------------------------------------------------


def draws_page(told: Told) -> Context:
    found = [shown(one) for one in tables.draws(told)]
    return {"draws": found, "independent": told.case.years_independent, "files": ()}


# --- a table as a page shows it ---------------------------------------------------------------------------


def shown(table: Table) -> Context:
    """Caption, headings and rows, each cell with its heading and where it leads."""
    headings, language = table.headings(), get_language() or "en"
    rows = [
        [
            {
                "heading": column.heading,
                "words": in_words(cell, language),
                "number": column.numeric,
                "url": url_of(cell) if isinstance(cell, str) else "",
            }
            for column, cell in zip(headings, row, strict=True)
        ]
        for row in table.rows
    ]
    return {"caption": table.caption, "headings": headings, "rows": rows, "note": table.note}
