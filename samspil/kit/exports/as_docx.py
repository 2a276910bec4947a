"""A document as Word: real heading styles, header rows, language and alternative texts.

Screen readers, tables of contents and agenda systems read structure, not looks.
"""

import io
import re
import zipfile
from collections.abc import Iterable
from datetime import UTC, datetime, time
from functools import singledispatchmethod
from typing import cast

import docx
from django.utils.translation import gettext
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_BREAK, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Cm, Emu, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph as WordParagraph
from docx.text.run import Run

from samspil.kit.charts import ACCENT, RULE, Table, printable, url_of
from samspil.kit.exports.as_pdf import pictures
from samspil.kit.exports.document import (
    AnswerLines,
    Block,
    Bullets,
    Card,
    ChartBlock,
    Definitions,
    Document,
    Heading,
    Notice,
    PageBreak,
    Paragraph,
    Quote,
    Signatures,
    TableBlock,
    column_widths,
    date_below,
    is_short,
    levels,
    paragraphs,
)

FACE = "Calibri"  # a face that stands on nearly every office machine
_LANGUAGES = {"da": "da-DK", "sv": "sv-SE", "en": "en-GB"}
_TEXT_WIDTH = Cm(16.4)
_EARLIEST_IN_ZIP = (1980, 1, 1, 0, 0, 0)


def written(document: Document) -> bytes:
    word = docx.Document()
    _set_properties(word, document)
    _set_styles(word, document)
    _set_page(word, document)
    _Writer(word, document).write()
    out = io.BytesIO()
    word.save(out)
    return _without_clock(out.getvalue())


def _without_clock(package: bytes) -> bytes:
    """The same package with one fixed date on every part, so that equal documents are equal bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            part = zipfile.ZipInfo(name, _EARLIEST_IN_ZIP)
            new.writestr(part, old.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()


# --- the document as a whole -----------------------------------------------------------------


def _set_properties(word: WordDocument, document: Document) -> None:
    core, known = word.core_properties, document.metadata
    core.title = printable(document.title)[:255]
    core.subject = printable(known.subject)[:255]
    core.author = printable(known.author or known.organisation)[:255]
    core.language = _LANGUAGES.get(document.language, document.language)
    core.comments = core.keywords = core.last_modified_by = ""
    created = datetime.combine(known.date, time(), UTC) if known.date else datetime(2000, 1, 1, tzinfo=UTC)
    core.created = core.modified = created


def _set_styles(word: WordDocument, document: Document) -> None:
    normal = _style(word, "Normal")
    normal.font.size, normal.paragraph_format.space_after = Pt(11), Pt(6)
    _mark_language(word, document.language)
    _dress(_style(word, "Title"), 24, 4)
    for level, size in ((1, 16), (2, 13), (3, 12), (4, 11), (5, 11), (6, 11)):
        _dress(_style(word, f"Heading {level}"), size, 4)
    caption = _style(word, "Caption")
    _dress(caption, 10, 3)
    caption.paragraph_format.keep_with_next = True
    _add_own_styles(word)
    for edge in word.styles["Table Grid"].element.xpath(".//w:tblBorders/*"):
        edge.set(qn("w:color"), RULE.lstrip("#"))
    for name in ("Header", "Footer"):
        _style(word, name).font.size = Pt(9)
        _style(word, name).paragraph_format.tab_stops.clear_all()
    for name in ("Normal", "Title", "Caption", *(f"Heading {n}" for n in range(1, 7))):
        _set_face(_style(word, name))


def _add_own_styles(word: WordDocument) -> None:
    for name, edges in (("Card", ("left",)), ("Notice", ("left",)), ("Answer line", ("between", "bottom"))):
        style = word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = word.styles["Normal"]
        _set_borders(style, edges, thin=name == "Answer line")
    _style(word, "Answer line").paragraph_format.space_before = Pt(12)
    head = word.styles.add_style("Letterhead", WD_STYLE_TYPE.PARAGRAPH)
    head.base_style, head.font.size, head.font.bold = word.styles["Normal"], Pt(10), True
    small = word.styles.add_style("Table note", WD_STYLE_TYPE.PARAGRAPH)
    small.base_style, small.font.size = word.styles["Normal"], Pt(9)
    _style(word, "Notice").paragraph_format.space_before = Pt(8)
    by = word.styles.add_style("Quoted", WD_STYLE_TYPE.PARAGRAPH)
    by.base_style, by.font.size = word.styles["Normal"], Pt(9)
    by.paragraph_format.space_after = Pt(10)
    for name in ("Quote", "Quoted"):
        _style(word, name).paragraph_format.left_indent = Cm(0.6)
    _style(word, "Quote").paragraph_format.space_after = Pt(1)
    for name in ("Card", "Notice"):
        _style(word, name).paragraph_format.left_indent = Cm(0.4)


def _style(word: WordDocument, name: str) -> ParagraphStyle:
    return cast(ParagraphStyle, word.styles[name])


def _dress(style: ParagraphStyle, size: int, after: int) -> None:
    style.font.size, style.font.bold, style.font.italic = Pt(size), True, False
    style.font.color.rgb = RGBColor.from_string(ACCENT.lstrip("#").upper())
    style.paragraph_format.space_after = Pt(after)
    for border in style.element.xpath(".//w:pBdr"):
        border.getparent().remove(border)


def _set_face(style: ParagraphStyle) -> None:
    """Name the face outright; the template's theme would win over it otherwise."""
    style.font.name = FACE
    faces = style.element.get_or_add_rPr().find(qn("w:rFonts"))
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        faces.attrib.pop(qn(f"w:{theme}"), None)


def _mark_language(word: WordDocument, language: str) -> None:
    for mark in word.styles.element.xpath(".//w:docDefaults//w:lang"):
        mark.set(qn("w:val"), _LANGUAGES.get(language, language))


def _set_borders(bearer: ParagraphStyle | WordParagraph, edges: Iterable[str], thin: bool) -> None:
    borders = OxmlElement("w:pBdr")
    for edge in edges:
        colour = "8A989C" if thin else ACCENT.lstrip("#").upper()
        values = {
            "val": "single",
            "sz": "6" if thin else "24",
            "space": "1" if thin else "8",
            "color": colour,
        }
        borders.append(_marked(f"w:{edge}", **values))
    element = bearer.element if isinstance(bearer, ParagraphStyle) else bearer._p
    element.get_or_add_pPr().insert_element_before(
        borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:outlineLvl"
    )


def _marked(tag: str, **values: str) -> BaseOxmlElement:
    element = OxmlElement(tag)
    for name, value in values.items():
        element.set(qn(f"w:{name}"), value)
    return element


def _set_page(word: WordDocument, document: Document) -> None:
    section = word.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.3)
    section.top_margin = section.bottom_margin = Cm(2.2)
    head, foot = section.header.paragraphs[0], section.footer.paragraphs[0]
    _write_sides(head, _short(document.title), date_below(document))
    _write_sides(foot, _footer_words(document), "")
    _add_page_number(foot)
    if document.metadata.fingerprint:
        section.footer.add_paragraph(f"SHA-256 {printable(document.metadata.fingerprint)}", style="Footer")


def _write_sides(paragraph: WordParagraph, left: str, right: str) -> None:
    """One text at the left margin and one at the right."""
    paragraph.paragraph_format.tab_stops.add_tab_stop(_TEXT_WIDTH, WD_TAB_ALIGNMENT.RIGHT)
    paragraph.add_run(f"{printable(left)}\t{printable(right)}")


def _unparted(title: str) -> str:
    """The title with spaces that keep a date together at the end of a line."""
    return re.sub(r"\d{1,2}\.? \w+ \d{4}", lambda found: found.group().replace(" ", "\u00a0"), title)


def _short(text: str, longest: int = 70) -> str:
    text = " ".join(text.split())
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def _footer_words(document: Document) -> str:
    known = document.metadata
    return " · ".join(part for part in (known.organisation, known.case_number) if part)


def _add_page_number(paragraph: WordParagraph) -> None:
    fields = {"{page}": "PAGE", "{pages}": "NUMPAGES"}
    for part in re.split(r"(\{pages?\})", gettext("Page {page} of {pages}")):
        run = paragraph.add_run("" if part in fields else part)
        if part in fields:
            _add_field(run._r, fields[part])


def _add_field(run: BaseOxmlElement, code: str) -> None:
    instruction = OxmlElement("w:instrText")
    instruction.text = code
    run.append(_marked("w:fldChar", fldCharType="begin"))
    run.append(instruction)
    run.append(_marked("w:fldChar", fldCharType="end"))


# --- block by block --------------------------------------------------------------------------


class _Writer:
    """Writes the blocks one after the other; `level` is that of the heading due now."""

    def __init__(self, word: WordDocument, document: Document) -> None:
        self.word, self.document, self.level = word, document, 1

    def write(self) -> None:
        if self.document.metadata.organisation:
            self._say(self.document.metadata.organisation, "Letterhead")
        self.word.add_paragraph(_unparted(printable(self.document.title)), style="Title")
        for block, level in zip(self.document.blocks, levels(self.document.blocks), strict=True):
            self.level = level
            self.block(block)

    def _say(self, text: str, style: str = "Normal") -> WordParagraph:
        return self.word.add_paragraph(printable(text), style=style)

    def _strong(self, text: str, style: str = "Normal") -> None:
        for run in self._say(text, style).runs:
            run.bold = True

    def _pair(self, name: str, text: str) -> WordParagraph:
        paragraph = self._say("")
        paragraph.add_run(printable(name)).bold = True
        paragraph.add_run("\t")
        _lead(paragraph, text)
        indent = Cm(4.9)
        paragraph.paragraph_format.tab_stops.add_tab_stop(indent)
        paragraph.paragraph_format.left_indent = indent
        paragraph.paragraph_format.first_line_indent = -indent
        return paragraph

    @singledispatchmethod
    def block(self, block: Block) -> None:
        raise TypeError(f"No Word form for {type(block).__name__}")

    @block.register
    def _(self, block: Heading) -> None:
        self.word.add_heading(printable(block.text), level=self.level)

    @block.register
    def _(self, block: Paragraph) -> None:
        for part in paragraphs(block.text):
            self._say(part, "Table note" if block.small else "Normal")

    @block.register
    def _(self, block: Bullets) -> None:
        together = is_short(block.items)
        for number, item in enumerate(block.items, 1):
            said = self._say(item, "List Bullet")
            said.paragraph_format.keep_with_next = together and number < len(block.items)

    @block.register
    def _(self, block: Definitions) -> None:
        for number, (name, text) in enumerate(block.pairs, 1):
            last = number == len(block.pairs)
            self._pair(name, text).paragraph_format.space_after = Pt(8 if last else 2)

    @block.register
    def _(self, block: TableBlock) -> None:
        self._table(block.table)

    @block.register
    def _(self, block: ChartBlock) -> None:
        for drawn in pictures(block.chart):
            self.word.add_picture(io.BytesIO(drawn), width=_TEXT_WIDTH)
            seen = self.word.inline_shapes[-1]._inline.docPr
            seen.set("descr", printable(block.chart.description))
            seen.set("title", printable(block.chart.title))
        self._table(block.chart.table)

    @block.register
    def _(self, block: Quote) -> None:
        for part in paragraphs(block.text):
            self._say(part, "Quote").paragraph_format.keep_with_next = bool(block.by)
        if block.by:
            self._say(f"— {block.by}", "Quoted")

    @block.register
    def _(self, block: Notice) -> None:
        for part in paragraphs(block.text):
            self._strong(part, "Notice")

    @block.register
    def _(self, block: AnswerLines) -> None:
        if block.label:
            self._strong(block.label)
        for _line in range(block.count):
            self._say("", "Answer line")

    @block.register
    def _(self, block: Card) -> None:
        if block.topic:
            self._say(block.topic, "Card").paragraph_format.keep_with_next = True
        title = self.word.add_heading(printable(block.title), level=self.level)
        title.paragraph_format.left_indent, title.paragraph_format.space_before = Cm(0.4), Pt(0)
        _set_borders(title, ("left",), thin=False)
        for part in paragraphs(block.body):
            self._say(part, "Card")
        for label, text in block.hints:
            hint = self._say("", "Card")
            hint.add_run(f"{printable(label)}\n").bold = True
            hint.add_run(printable(text))
        self.block(AnswerLines(block.answer_lines))

    @block.register
    def _(self, block: Signatures) -> None:
        for name in block.names:
            paragraph = self._say(f"{name}\t")
            paragraph.paragraph_format.space_before = Pt(22)
            stops = paragraph.paragraph_format.tab_stops
            stops.add_tab_stop(_TEXT_WIDTH, WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.LINES)

    @block.register
    def _(self, block: PageBreak) -> None:
        self._say("").add_run().add_break(WD_BREAK.PAGE)

    def _table(self, table: Table) -> None:
        if table.caption:
            self._say(table.caption, "Caption")
        headings = table.headings()
        grid = self.word.add_table(rows=1, cols=len(headings), style="Table Grid")
        _describe(grid, table.caption)
        _fill(grid, 0, [column.heading for column in headings], table)
        for row in table.worded(self.document.language):
            grid.add_row()
            _fill(grid, len(grid.rows) - 1, row, table)
        _make_header(grid)
        _set_widths(grid, column_widths(table, self.document.language))
        note = self._say(table.note, "Table note")
        note.paragraph_format.space_before = Pt(3)


def _fill(grid: WordTable, row: int, texts: Iterable[str], table: Table) -> None:
    cells = grid.rows[row].cells
    for cell, text, column in zip(cells, texts, table.headings(), strict=True):
        paragraph = cell.paragraphs[0]
        _lead(paragraph, text).font.size = Pt(9.5 if len(cells) <= 7 else 8)
        paragraph.paragraph_format.space_after = Pt(1)
        paragraph.paragraph_format.alignment = 2 if column.numeric else 0
    _keep_row_whole(grid, row)


def _lead(paragraph: WordParagraph, text: str) -> Run:
    """The words; where they lead somewhere, they can be followed."""
    run = paragraph.add_run(printable(text))
    url = url_of(text)
    if url:
        there = OxmlElement("w:hyperlink")
        there.set(qn("r:id"), paragraph.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
        run.font.underline, run.font.color.rgb = True, RGBColor.from_string(ACCENT.lstrip("#").upper())
        run._r.addprevious(there)
        there.append(run._r)
    return run


def _set_widths(grid: WordTable, shares: list[float]) -> None:
    """Word reads the widths of columns, LibreOffice those of cells; both are told."""
    grid.autofit = False
    for column, share in zip(grid.columns, shares, strict=True):
        column.width = Emu(int(_TEXT_WIDTH * share))
        for cell in column.cells:
            cell.width = column.width


def _keep_row_whole(grid: WordTable, row: int) -> None:
    grid.rows[row]._tr.get_or_add_trPr().append(_marked("w:cantSplit", val="true"))


def _make_header(grid: WordTable) -> None:
    """Word repeats the row on every page and a screen reader names the columns by it."""
    grid.rows[0]._tr.get_or_add_trPr().append(_marked("w:tblHeader", val="true"))
    for cell in grid.rows[0].cells:
        shade = _marked("w:shd", val="clear", color="auto", fill=ACCENT.lstrip("#").upper())
        cell._tc.get_or_add_tcPr().append(shade)
        for run in cell.paragraphs[0].runs:
            run.bold, run.font.color.rgb = True, RGBColor(255, 255, 255)


def _describe(grid: WordTable, caption: str) -> None:
    grid._tbl.tblPr.append(_marked("w:tblCaption", val=printable(caption)))
