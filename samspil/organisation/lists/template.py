"""The template to fill in: a sheet per kind, headings in the reader's language, examples, a page of help."""

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence

import xlsxwriter
from django.utils.translation import gettext as _

from samspil.core.lists import EXAMPLES, GUIDANCE, Column, Kind, choice_words
from samspil.kit.charts import ACCENT
from samspil.kit.exports import Export

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Help = Sequence[str]


def template(kinds: Sequence[Kind], ending: str, name: str, language: str, help_: Help) -> Export | None:
    """`xlsx`, `json`, or `csv-<kind>` for one of the sheets; nothing for another ending."""
    if ending == "xlsx":
        return Export(f"{name}.xlsx", XLSX, _workbook(kinds, language, help_))
    if ending == "json":
        return Export(f"{name}.json", "application/json", _object(kinds, language))
    for kind in kinds:
        if ending == f"csv-{kind.key}":
            return Export(f"{kind.name(language)}.csv", "text/csv; charset=utf-8", _separated(kind, language))
    return None


def example_rows(kind: Kind, language: str) -> Iterator[list[str]]:
    """Each example by column; its first cell says that it is one."""
    for example in kind.examples:
        facts: Mapping[str, str] = example.get(language, example["en"])
        row = [facts.get(column.key, "") for column in kind.columns]
        yield [f"{EXAMPLES.get(language, EXAMPLES['en'])} {row[0]}".strip(), *row[1:]]


def _workbook(kinds: Sequence[Kind], language: str, help_: Help) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    look = {"bold": True, "font_color": "#ffffff", "bg_color": ACCENT, "border": 1, "text_wrap": True}
    heading, needed = book.add_format(look), book.add_format({**look, "italic": True})
    example = book.add_format({"italic": True, "font_color": "#46575c"})
    plain = book.add_format({"text_wrap": True, "valign": "top"})
    as_text = book.add_format({"num_format": "@"})
    for kind in kinds:
        sheet = book.add_worksheet(kind.name(language)[:31])
        for index, column in enumerate(kind.columns):
            sheet.set_column(index, index, max(14, len(column.heading(language)) + 4), as_text)
            sheet.write_string(0, index, column.heading(language), needed if column.required else heading)
        for number, row in enumerate(example_rows(kind, language), start=1):
            for index, text in enumerate(row):
                sheet.write_string(number, index, text, example)
        sheet.freeze_panes(1, 0)
    guide = book.add_worksheet(GUIDANCE.get(language, GUIDANCE["en"]))
    guide.set_column(0, 0, 34, plain)
    guide.set_column(1, 1, 90, plain)
    for number, (left, right) in enumerate(_guidance(kinds, language, help_)):
        guide.write_string(number, 0, left, plain)
        guide.write_string(number, 1, right, plain)
    book.close()
    return out.getvalue()


def _guidance(kinds: Sequence[Kind], language: str, help_: Help) -> Iterator[tuple[str, str]]:
    for sentence in help_:
        yield "", sentence
    for kind in kinds:
        yield "", ""
        yield kind.name(language), ""
        for column in kind.columns:
            yield column.heading(language), _what(column, language)


def _what(column: Column, language: str) -> str:
    """What may stand in a column."""
    said = {
        "text": _("Text"),
        "email": _("E-mail address"),
        "whole": _("Whole number"),
        "amount": _("Amount, as it was given"),
        "yes_no": _("yes or no"),
        "day": _("Date, such as 2026-03-31"),
        "choice": choice_words(column).get(language, ""),
    }[column.kind]
    return f"{said} – {_('must be filled in')}" if column.required else said


def _object(kinds: Sequence[Kind], language: str) -> bytes:
    found = {
        kind.name(language): [
            dict(zip((column.heading(language) for column in kind.columns), row, strict=True))
            for row in example_rows(kind, language)
        ]
        for kind in kinds
    }
    return json.dumps(found, ensure_ascii=False, indent=2).encode()


def _separated(kind: Kind, language: str) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter="," if language == "en" else ";", lineterminator="\r\n")
    writer.writerow([column.heading(language) for column in kind.columns])
    writer.writerows(example_rows(kind, language))
    return out.getvalue().encode("utf-8-sig")
