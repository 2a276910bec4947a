"""A document says the same in every format, and nothing people wrote is ever run."""

import csv
import io
import re
import subprocess
import zipfile
from dataclasses import replace
from datetime import date
from decimal import Decimal

import docx
import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pdfua import validate
from python_calamine import CalamineWorkbook

from samspil.kit.charts import Basis, Link, Stack, StackedBars, draw
from samspil.kit.exports import (
    AnswerLines,
    Block,
    Bullets,
    Card,
    ChartBlock,
    Column,
    Definitions,
    Document,
    Heading,
    Metadata,
    Notice,
    PageBreak,
    Paragraph,
    Quote,
    Signatures,
    Table,
    TableBlock,
    write,
)
from samspil.kit.exports.as_csv import guarded
from samspil.kit.exports.document import is_short

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LANGUAGES = {"da": "da-DK", "sv": "sv-SE", "en": "en-GB"}

ACTIONS = Table(
    "Agreed actions",
    ("What", Column("Hours", numeric=True), "Due"),
    (("Train the night shift", 1234, date(2026, 4, 9)), ("Ask the union", Decimal("-2.5"), None)),
    "Decided in the meeting",
)
CHART = StackedBars(
    "Statements",
    ("Agree", "Pass", "Disagree"),
    (Stack("It takes time", (8, 1, 2)),),
    Basis(11, "Survey", None),
)
HOSTILE = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "＝1+1",
    "＋1",
    "－1",
    "＠x",
    " =1+1",
    "\u200b=1",
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("https://evil.example","x")',
    "{=1+1}",
    "https://evil.example",
]


def minutes(language: str) -> Document:
    return Document(
        "Referat: Område-MED på Ærø",
        language,
        [
            Definitions([("Sted", "Rådhuset"), ("Til stede", "Åse Østergård og Björn Ängström")]),
            Notice("Ikke godkendt endnu."),
            Heading(1, "1. Tidsregistrering"),
            Heading(2, "Drøftelse"),
            Paragraph("Første afsnit.\n\nAndet afsnit."),
            Bullets(["Hvad betyder det?", "Hvad holder vi op med?"]),
            Quote("Det tager tid fra borgerne.", "Medarbejdersiden"),
            ChartBlock(draw(CHART, language)),
            TableBlock(ACTIONS),
            PageBreak(),
            Card("Hvem er berørt?", "Tænk på vikarer.", [("Hvorfor", "De glemmes ofte.")], "Inddragelse", 3),
            AnswerLines(2, "Vores svar"),
            Signatures(["Ane Holm, formand"]),
        ],
        Metadata("Sekretariatet", "MED", "Fjordby Kommune", "Sag 2026-1", date(2026, 3, 12)),
    )


SAID = [
    "Referat: Område-MED på Ærø", "Sted", "Rådhuset", "Åse Østergård og Björn Ängström", "Ikke godkendt endnu.",
    "1. Tidsregistrering", "Drøftelse", "Første afsnit.", "Andet afsnit.", "Hvad betyder det?",
    "Hvad holder vi op med?", "Det tager tid fra borgerne.", "Medarbejdersiden", "Agreed actions",
    "Train the night shift", "Decided in the meeting", "Inddragelse", "Hvem er berørt?", "Tænk på vikarer.",
    "Hvorfor", "De glemmes ofte.", "Vores svar", "Ane Holm, formand", "It takes time",
]  # fmt: skip


def only(*blocks: Block, title: str = "T", language: str = "en") -> Document:
    return Document(title, language, list(blocks))


def pdf_text(data: bytes) -> str:
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=data, capture_output=True, check=True)
    return " ".join(done.stdout.decode().split())


def docx_text(data: bytes) -> str:
    word = docx.Document(io.BytesIO(data))
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in word.paragraphs), *cells])


def xlsx_sheets(data: bytes) -> dict[str, list[list[object]]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def xlsx_text(data: bytes) -> str:
    return "\n".join(str(cell) for rows in xlsx_sheets(data).values() for row in rows for cell in row)


def csv_rows(data: bytes, delimiter: str = ",") -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=delimiter))


def csv_text(data: bytes) -> str:
    return "\n".join(cell for row in csv_rows(data, ";") for cell in row)


READERS = {"pdf": pdf_text, "docx": docx_text, "xlsx": xlsx_text, "csv": csv_text}


# --- every format ----------------------------------------------------------------------------


@pytest.mark.parametrize("format", READERS)
def test_every_word_is_in_the_file(format):
    text = READERS[format](write(minutes("da"), format).bytes)
    assert [words for words in SAID if words not in text] == []


@pytest.mark.parametrize("format", READERS)
def test_the_same_document_gives_the_same_bytes(format):
    assert write(minutes("sv"), format) == write(minutes("sv"), format)


@pytest.mark.parametrize("format", ["docx", "xlsx"])
def test_no_part_of_an_office_file_remembers_when_it_was_written(format):
    with zipfile.ZipFile(io.BytesIO(write(minutes("da"), format).bytes)) as package:
        assert {part.date_time[:2] for part in package.infolist()} == {(1980, 1)}
        core = package.read("docProps/core.xml").decode()
    assert set(re.findall(r"\d{4}-\d\d-\d\dT[\d:]+", core)) == {"2026-03-12T00:00:00"}


def test_a_pdf_carries_the_documents_own_date_or_none():
    dated, undated = write(minutes("da"), "pdf").bytes, write(only(), "pdf").bytes
    with pikepdf.open(io.BytesIO(dated)) as pdf:
        assert str(pdf.docinfo["/CreationDate"]).startswith("D:20260312")
    with pikepdf.open(io.BytesIO(undated)) as pdf:
        assert "/CreationDate" not in pdf.docinfo


@pytest.mark.parametrize("format", READERS)
def test_a_title_that_looks_like_code_is_a_title(format):
    title = '#eval("1+1") *bold* $x$ @ref </w:t> =1+1'
    assert title in READERS[format](write(only(title=title, language="da"), format).bytes)


@pytest.mark.parametrize("format", READERS)
def test_characters_no_file_may_hold_do_not_stop_the_export(format):
    odd = "a\x00b\x0bc\ud800d\ufffee"
    assert "abcde" in READERS[format](write(only(Paragraph(odd), title=odd, language="da"), format).bytes)


@pytest.mark.parametrize("format", READERS)
def test_an_empty_document_is_still_a_file(format):
    empty = only(Paragraph(""), Bullets([]), TableBlock(Table("", ("a",), ())), Card(""), title="")
    assert write(empty, format).bytes


def test_the_file_is_named_after_the_title():
    export = write(minutes("da"), "pdf")
    assert export.filename == "referat-område-med-på-ærø.pdf"
    assert export.content_type == "application/pdf"
    assert write(only(title="../../"), "csv").filename == "samspil.csv"


anything = st.text(max_size=60)


@settings(max_examples=40)
@given(anything, anything, st.sampled_from(sorted(READERS)))
def test_whatever_people_write_becomes_a_file(one: str, other: str, format):
    blocks = [
        Heading(4, one),
        Paragraph(other),
        Definitions([(one, other)]),
        Card(one, other, [(other, one)], other, 1),
        Quote(one, other),
        TableBlock(Table(one, (other, "b"), ((one, other),))),
        ChartBlock(draw(StackedBars(one, (other, "b"), (Stack(one, (1, 2)),), Basis(1, other, None)), "da")),
    ]
    assert write(Document(one, "da", blocks), format).bytes


# --- PDF -------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_pdf_passes_the_accessibility_checks(language, tmp_path):
    path = tmp_path / "minutes.pdf"
    path.write_bytes(write(minutes(language), "pdf").bytes)
    assert [str(finding) for finding in validate(str(path)).findings] == []


def structure(pdf: pikepdf.Pdf) -> list[tuple[str, pikepdf.Dictionary]]:
    """Every tag of the document in reading order."""
    found: list[tuple[str, pikepdf.Dictionary]] = []

    def walk(node: pikepdf.Object) -> None:
        if isinstance(node, pikepdf.Array):
            for child in node:
                walk(child)
        elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
            found.append((str(node.S), node))
            walk(node.get("/K", pikepdf.Array()))

    walk(pdf.Root.StructTreeRoot.K)
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_pdf_is_tagged_and_says_its_language_and_title(language):
    with pikepdf.open(io.BytesIO(write(minutes(language), "pdf").bytes)) as pdf:
        tags = structure(pdf)
        names = [name for name, _ in tags]
        assert str(pdf.Root.Lang).startswith(language)
        assert str(pdf.docinfo["/Title"]) == "Referat: Område-MED på Ærø"
        assert bool(pdf.Root.MarkInfo.Marked)
        assert {"/H1", "/H2", "/H3", "/L", "/LI", "/Table", "/TH", "/TD", "/Figure", "/BlockQuote"} <= set(
            names
        )
        figures = [node for name, node in tags if name == "/Figure"]
        assert all("It takes time" in str(figure.Alt) for figure in figures)


def test_a_pdf_uses_our_own_typeface_only():
    with pikepdf.open(io.BytesIO(write(minutes("da"), "pdf").bytes)) as pdf:
        fonts = {
            str(o.BaseFont) for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and "/BaseFont" in o
        }
    assert fonts
    assert all("IBMPlexSans" in font for font in fonts)


def test_pages_are_numbered_and_later_ones_repeat_title_and_date():
    data = write(minutes("da"), "pdf").bytes
    text = pdf_text(data)
    assert "Side 1 af 2" in text
    assert "Side 2 af 2" in text
    assert text.count("12. marts 2026") == 2


@pytest.mark.parametrize(("title", "times"), [("Referat: Skole, 4. marts 2026", 1), ("Referat: Skole", 1)])
def test_a_date_is_said_once_on_the_first_page(title, times):
    dated = replace(only(title=title, language="da"), metadata=Metadata(date=date(2026, 3, 4)))
    assert pdf_text(write(dated, "pdf").bytes).count("4. marts 2026") == times


def test_a_date_in_the_title_stays_together_in_word():
    paper = docx.Document(io.BytesIO(write(only(title="Referat, 4. marts 2026"), "docx").bytes))
    assert "4.\u00a0marts\u00a02026" in paper.paragraphs[0].text


@pytest.mark.parametrize(
    "block",
    [
        Quote("a\n" * 300),
        Bullets(["a"] * 300),
        TableBlock(Table("", ("A", "B"), (("a\n" * 300, "b"),))),
        TableBlock(Table("", tuple("ABCDEFGHIJKL"), (("ord " * 900, *"bcdefghijkl"),))),
    ],
)
def test_what_is_longer_than_a_page_is_parted_instead_of_cut_off(block):
    with pikepdf.open(io.BytesIO(write(only(block), "pdf").bytes)) as pdf:
        assert len(pdf.pages) > 1


def test_a_short_quotation_keeps_its_name_on_its_page():
    for lines in range(30, 42):
        paper = write(only(*[Paragraph("Linje.")] * lines, Quote("Hele citatet.", "Tove")), "pdf").bytes
        read = subprocess.run(["pdftotext", "-", "-"], input=paper, capture_output=True, check=True)
        pages = read.stdout.decode().split("\f")
        assert any("Hele citatet." in page and "Tove" in page for page in pages)


def test_as_much_as_may_fill_a_page_is_not_short():
    assert is_short(["En kort sætning."] * 5)
    assert not is_short(["a\n" * 30])


def test_a_sign_no_typeface_can_show_is_named_instead_of_stopping_the_minutes():
    text = pdf_text(write(only(Paragraph("Godt 🙂 møde 中")), "pdf").bytes)
    assert "Godt [slightly smiling face] møde □" in text


@pytest.mark.parametrize(
    "joined",
    ["1\ufe0f\u20e3", "👩\u200d👩\u200d👧", "Z\u0351\u036b\u0353\u036a", "العربية 123", "नमस्ते", "\u202eabc"],
)
@pytest.mark.parametrize("format", READERS)
def test_signs_joined_to_one_do_not_stop_the_export(joined: str, format):
    blocks = [
        Heading(1, joined),
        Paragraph(joined),
        Card(joined, joined),
        TableBlock(Table(joined, ("a",), ())),
    ]
    assert write(only(*blocks, title=joined), format).bytes


def test_a_long_word_does_not_leave_the_page():
    word = "x" * 400
    assert pdf_text(write(only(Paragraph(word)), "pdf").bytes).replace(" ", "").count("x") == 400


def test_whoever_copies_a_fingerprint_from_a_pdf_gets_it_whole():
    """No sign that nobody sees stands where it may break over lines."""
    one, other = "0123456789abcdef" * 4, "fedcba9876543210" * 4
    table = Table("", ("Item", "Version", "Approved", "SHA-256"), (("One", "1", "yes, on a day", one),))
    data = write(only(TableBlock(table), Definitions([("SHA-256", other)])), "pdf").bytes
    done = subprocess.run(["pdftotext", "-raw", "-", "-"], input=data, capture_output=True, check=True)
    copied = done.stdout.decode()
    assert not {"\u200b", "\u00ad"} & set(copied)
    assert {one, other} <= {"".join(found.split()) for found in re.findall(r"(?:[0-9a-f]{4,}\s?)+", copied)}


def test_a_chart_taller_than_a_page_goes_on_over_several():
    many = StackedBars(
        "M", ("a", "b"), tuple(Stack(f"Row {i}", (i, 1)) for i in range(60)), Basis(1, "s", None)
    )
    text = pdf_text(write(only(ChartBlock(draw(many, "en"))), "pdf").bytes)
    assert all(text.count(f"Row {i} ") >= 2 for i in range(60)), "once in the drawing and once in the table"


def test_headings_never_skip_a_level():
    blocks = [Heading(3, "a"), Heading(3, "b"), Card("c"), Heading(1, "d"), Heading(6, "e")]
    word = docx.Document(io.BytesIO(write(only(*blocks), "docx").bytes))
    styles = [p.style.name for p in word.paragraphs if p.style.name.startswith("Heading")]
    assert styles == ["Heading 1", "Heading 2", "Heading 3", "Heading 1", "Heading 2"]


# --- Word ------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_word_file_has_headings_header_rows_and_its_language(language):
    word = docx.Document(io.BytesIO(write(minutes(language), "docx").bytes))
    styles = {paragraph.text: paragraph.style.name for paragraph in word.paragraphs}
    assert styles["Referat: Område-MED på Ærø"] == "Title"
    assert styles["1. Tidsregistrering"] == "Heading 1"
    assert styles["Drøftelse"] == "Heading 2"
    assert styles["Hvad betyder det?"] == "List Bullet"
    assert word.core_properties.title == "Referat: Område-MED på Ærø"
    assert word.core_properties.language == LANGUAGES[language]
    assert word.styles.element.xpath("//w:docDefaults//w:lang/@w:val") == [LANGUAGES[language]]
    for table in word.tables:
        flags = [bool(row._tr.xpath("./w:trPr/w:tblHeader")) for row in table.rows]
        assert flags == [True] + [False] * (len(flags) - 1)


def test_a_picture_in_a_word_file_can_be_heard():
    word = docx.Document(io.BytesIO(write(minutes("da"), "docx").bytes))
    pictures = [shape._inline.docPr for shape in word.inline_shapes]
    assert len(pictures) == 1
    assert "It takes time" in pictures[0].get("descr")


def test_a_word_file_has_page_numbers_as_fields():
    word = docx.Document(io.BytesIO(write(minutes("da"), "docx").bytes))
    codes = [code.text for code in word.sections[0].footer._element.iter(f"{WORD}instrText")]
    assert codes == ["PAGE", "NUMPAGES"]


def test_a_word_file_keeps_the_order_the_format_prescribes():
    """Word calls a file damaged when the properties of a paragraph style stand in another order."""
    order = ["pStyle", "keepNext", "keepLines", "pBdr", "shd", "tabs", "spacing", "ind", "jc", "outlineLvl"]
    with zipfile.ZipFile(io.BytesIO(write(minutes("da"), "docx").bytes)) as package:
        parts = [docx.oxml.parse_xml(package.read(f"word/{part}.xml")) for part in ("styles", "document")]
    for properties in (found for part in parts for found in part.iter(f"{WORD}pPr")):
        names = [child.tag.removeprefix(WORD) for child in properties]
        known = [order.index(name) for name in names if name in order]
        assert known == sorted(known), names


# --- Excel and CSV ---------------------------------------------------------------------------


def sheet_xml(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return "".join(
            package.read(n).decode() for n in package.namelist() if n.startswith("xl/worksheets/sheet")
        )


def hostile_document(text: str) -> Document:
    table = Table(text, (text, "b"), ((text, text), (1, Decimal("-2"))), text)
    return only(Heading(1, text), Paragraph(text), Definitions([(text, text)]), TableBlock(table), title=text)


@pytest.mark.parametrize("text", HOSTILE)
def test_no_cell_is_a_formula_or_a_link(text):
    xml = sheet_xml(write(hostile_document(text), "xlsx").bytes)
    assert "<f>" not in xml
    assert "<f " not in xml
    assert "<hyperlink" not in xml


@settings(max_examples=60)
@given(st.sampled_from(["", "=", "+", "-", "@", "\t", "\n", "＝", " ="]), anything)
def test_whatever_people_write_is_never_a_formula(start: str, text: str):
    document = hostile_document(start + text)
    xml = sheet_xml(write(document, "xlsx").bytes)
    assert "<f>" not in xml
    assert "<f " not in xml
    for row in csv_rows(write(document, "csv").bytes):
        for cell in row:
            figure = re.fullmatch(r"-?\d+(\.\d+)?", cell)
            bare = cell.lstrip(" \u00a0\u200b\u2060\ufeff")
            assert figure or not bare.startswith(tuple("=+-@\t\r\n＝＋－＠")), cell


@pytest.mark.parametrize("text", HOSTILE[:14])
def test_a_csv_cell_that_would_run_is_quoted(text):
    assert guarded(text).startswith("'")


def test_ordinary_csv_cells_are_left_alone():
    assert [guarded(text) for text in ("Åse", "3 = tre", "a-b", "")] == ["Åse", "3 = tre", "a-b", ""]


def test_figures_and_dates_stay_figures_and_dates_in_excel():
    rows = xlsx_sheets(write(only(TableBlock(ACTIONS)), "xlsx").bytes)["Agreed actions"]
    assert rows[:3] == [
        ["What", "Hours", "Due"],
        ["Train the night shift", 1234.0, date(2026, 4, 9)],
        ["Ask the union", -2.5, "unknown"],
    ]


def test_a_number_excel_cannot_hold_is_text():
    table = Table("t", ("n",), ((10**20,), (float("inf"),), (123456789012345,)))
    rows = xlsx_sheets(write(only(TableBlock(table)), "xlsx").bytes)["t"]
    assert rows[1:4] == [["100,000,000,000,000,000,000"], ["∞"], [123456789012345.0]]


def test_sheets_get_names_excel_accepts():
    captions = ["A/B: [c]?" * 9, "A/B: [c]?" * 9, "History", "", "'quoted'"]
    blocks = [TableBlock(Table(caption, ("a",), ())) for caption in captions]
    names = list(xlsx_sheets(write(only(*blocks), "xlsx").bytes))
    assert len(set(names)) == 5
    assert all(0 < len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in names)


def test_a_text_too_long_for_a_cell_runs_on_in_the_next():
    text = xlsx_text(write(only(Paragraph("x" * 70_000)), "xlsx").bytes)
    assert text.count("x") == 70_000


def test_a_single_table_is_a_plain_csv_table():
    data = write(only(TableBlock(ACTIONS), language="da"), "csv").bytes
    assert data.startswith(b"\xef\xbb\xbf")
    assert csv_rows(data, ";") == [
        ["What", "Hours", "Due"],
        ["Train the night shift", "1234", "2026-04-09"],
        ["Ask the union", "-2,5", "ukendt"],
    ]
    assert csv_rows(write(only(TableBlock(ACTIONS)), "csv").bytes)[2] == ["Ask the union", "-2.5", "unknown"]


@given(st.lists(st.lists(anything, min_size=3, max_size=3), min_size=1, max_size=5))
def test_text_comes_back_from_csv_as_it_went_in(rows):
    table = Table("t", ("a", "b", "c"), tuple(map(tuple, rows)))
    read = csv_rows(write(only(TableBlock(table), language="sv"), "csv").bytes, ";")[1:]
    assert read == [[guarded(cell) for cell in row] for row in rows]


LEADING = only(
    Definitions([("Where", Link("here", "https://samspil.example/a/"))]),
    TableBlock(
        Table("Lines", ("Line", "Amount"), ((Link("Licences", "https://samspil.example/b/#l"), "5"),))
    ),
)


def test_words_that_lead_somewhere_do_in_pdf_and_word_and_are_words_elsewhere(tmp_path):
    addresses = ["https://samspil.example/a/", "https://samspil.example/b/#l"]
    path = tmp_path / "leading.pdf"
    path.write_bytes(write(LEADING, "pdf").bytes)
    assert [str(finding) for finding in validate(str(path)).findings] == []
    with pikepdf.open(path) as pdf:
        found = [str(note.A.URI) for page in pdf.pages for note in page.get("/Annots", [])]
        assert "/Link" in [name for name, _ in structure(pdf)]
    assert found == addresses
    paper = docx.Document(io.BytesIO(write(LEADING, "docx").bytes))
    assert sorted(rel.target_ref for rel in paper.part.rels.values() if rel.is_external) == addresses
    cell = paper.tables[0].cell(1, 0)
    assert [link.text for link in cell.paragraphs[0].hyperlinks] == ["Licences"]
    book = CalamineWorkbook.from_filelike(io.BytesIO(write(LEADING, "xlsx").bytes))
    assert book.get_sheet_by_name("Lines").to_python()[1][0] == "Licences"
