"""Only small, known, quiet files come through the door."""

import io
import random
import time
import tracemalloc
import zipfile

import pytest
from docx import Document as WordDocument
from hypothesis import given
from hypothesis import strategies as st
from xlsxwriter import Workbook

from samspil.kit.uploads import LARGEST, LONGEST_NAME, Accepted, UploadRefused, check, clean_name

PDF = b"%PDF-1.7\n1 0 obj\nendobj\ntrailer\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"\x00" * 20
JPG = b"\xff\xd8\xff\xe0" + b"\x00" * 20 + b"\xff\xd9"
TYPES = (
    '<?xml version="1.0"?><Types xmlns="x"><Override PartName="/word/document.xml" ContentType="{}"/></Types>'
)
BOMB = '<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;">]><a>&c;</a>'


def word() -> bytes:
    out = io.BytesIO()
    document = WordDocument()
    document.add_paragraph("Hej")
    document.save(out)
    return out.getvalue()


def excel() -> bytes:
    out = io.BytesIO()
    with Workbook(out, {"in_memory": True}) as book:
        book.add_worksheet().write_string(0, 0, "Hej")
    return out.getvalue()


def archive(parts: dict[str, str | bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as new:
        for name, content in parts.items():
            new.writestr(name, content)
    return out.getvalue()


def odt() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as new:
        new.writestr("mimetype", "application/vnd.oasis.opendocument.text", zipfile.ZIP_STORED)
        new.writestr("content.xml", "<a/>")
    return out.getvalue()


def docx_with(**parts: str | bytes) -> bytes:
    plain = {"[Content_Types].xml": TYPES.format("x"), "word/document.xml": "<w/>"}
    return archive({**plain, **{name.replace("__", "/"): content for name, content in parts.items()}})


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("minutes.pdf", PDF, "application/pdf"),
        ("letter.DOCX", word(), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("sheet.xlsx", excel(), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("letter.odt", odt(), "application/vnd.oasis.opendocument.text"),
        ("list.csv", "navn;antal\r\nÅse;3\r\n".encode("utf-8-sig"), "text/csv"),
        ("old.csv", "navn;antal\r\nÅse;3\r\n".encode("cp1252"), "text/csv"),
        ("wide.txt", "Hej".encode("utf-16"), "text/plain"),
        ("picture.png", PNG, "image/png"),
        ("picture.jpeg", JPG, "image/jpeg"),
    ],
)
def test_an_ordinary_file_is_accepted_as_what_it_is(name: str, data: bytes, kind: str):
    assert check(name, data) == Accepted(name, kind)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("program.exe", b"MZ" + b"\x00" * 100),
        ("page.html", b"<html></html>"),
        ("drawing.svg", b"<svg/>"),
        ("macros.docm", word()),
        ("noending", PDF),
        ("minutes.pdf.exe", PDF),
    ],
)
def test_a_kind_not_on_the_list_is_refused_with_the_list(name: str, data: bytes):
    with pytest.raises(UploadRefused, match="pdf, docx, xlsx"):
        check(name, data)


@pytest.mark.parametrize("name", ["a.pdf", "a.docx", "a.xlsx", "a.odt", "a.png", "a.jpg", "a.txt", "a.csv"])
def test_the_ending_alone_convinces_nobody(name: str):
    with pytest.raises(UploadRefused, match="does not match"):
        check(name, b"MZ\x90\x00\x03" + bytes(range(256)))


def test_a_word_file_is_not_taken_for_a_spreadsheet():
    with pytest.raises(UploadRefused, match="does not match"):
        check("sheet.xlsx", word())


def test_too_large_and_empty_are_named():
    assert check("a.txt", b"a" * LARGEST)
    with pytest.raises(UploadRefused, match="larger than 10 MB"):
        check("a.txt", b"a" * (LARGEST + 1))
    with pytest.raises(UploadRefused, match="empty"):
        check("a.txt", b"")


def test_a_zip_bomb_is_refused_quickly_and_without_being_unpacked():
    noise = random.Random(1).randbytes(600_000)
    bombs = [
        docx_with(word__a=b"\x00" * 9_000_000),
        archive({"[Content_Types].xml": TYPES, "word/document.xml": b"<a>" + b" " * 60_000_000, "n": noise}),
        docx_with(**{f"word__{n}": "" for n in range(1200)}),
    ]
    tracemalloc.start()
    began = time.monotonic()
    for bomb in bombs:
        with pytest.raises(UploadRefused, match="unpacks to far more"):
            check("a.docx", bomb)
    taken, (_, peak) = time.monotonic() - began, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert taken < 1
    assert peak < 20_000_000


def test_the_largest_file_that_passes_is_read_in_a_moment():
    body = b"<a>" + b"<b/>" * 11_000_000 + b"</a>"
    noise = random.Random(1).randbytes(1_000_000)
    began = time.monotonic()
    check("a.docx", archive({"[Content_Types].xml": TYPES, "word/document.xml": body, "word/n": noise}))
    assert time.monotonic() - began < 3, "packing it here takes most of that"


def test_an_archive_that_lies_about_its_sizes_is_refused():
    data = docx_with(word__styles=b"<a>" + b"x" * 5000)
    place = data.index(b"PK\x01\x02") + 24  # the size in the directory's first record
    lying = data[:place] + (7).to_bytes(4, "little") + data[place + 4 :]
    with pytest.raises(UploadRefused):
        check("a.docx", lying)


@pytest.mark.parametrize(
    "part", ["word__document.xml", "word__settings.xml", "word__x.bin", "customXml__item.xml"]
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_document_type_declaration_is_refused_wherever_it_hides(part: str, encoding: str):
    with pytest.raises(UploadRefused, match="not safe to read"):
        check("a.docx", docx_with(**{part: BOMB.encode(encoding)}))


@pytest.mark.parametrize(
    "parts",
    [
        {"word__vbaProject.bin": b"\xd0\xcf\x11\xe0"},
        {"word__VBAPROJECT.BIN": b"\xd0\xcf\x11\xe0"},
        {"[Content_Types].xml": TYPES.format("application/vnd.ms-word.document.macroEnabled.main+xml")},
        {"[Content_Types].xml": TYPES.format("application/vnd.ms-office.vb&#97;Project")},
        {
            "word___rels__document.xml.rels": '<R><Relationship Type="http://x/vbaProject" Target="m.bin"/></R>'
        },
        {"xl__macrosheets__sheet1.xml": "<a/>"},
        {"Basic__Standard__Module1.xml": "<a/>"},
    ],
)
def test_macros_are_refused_under_any_name(parts: dict[str, str | bytes]):
    with pytest.raises(UploadRefused, match="macros"):
        check("a.docx", docx_with(**parts))


def test_a_file_under_a_password_is_refused():
    data = bytearray(word())
    for at in range(len(data) - 4):
        if data[at : at + 4] == b"PK\x01\x02":
            data[at + 8] |= 1
    with pytest.raises(UploadRefused, match="password"):
        check("a.docx", bytes(data))


@pytest.mark.parametrize(
    ("given_name", "cleaned"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\Users\\Ane\\referat.docx", "referat.docx"),
        ("møde\u202etxt.fdp.pdf", "mødetxt.fdp.pdf"),
        ("a\x00b\r\nc.pdf", "abc.pdf"),
        ("  .hidden.pdf ", "hidden.pdf"),
        ('a<b>:"c|?*.pdf', "a_b___c___.pdf"),
        ("con.pdf", "_con.pdf"),
        ("A\u030ase.pdf", "Åse.pdf"),
        ("", "document"),
        (".pdf", "pdf"),
    ],
)
def test_names_are_cleaned_of_everything_that_misleads(given_name: str, cleaned: str):
    assert clean_name(given_name) == cleaned


@given(st.text(max_size=400))
def test_a_clean_name_is_short_plain_and_stays_clean(name: str):
    cleaned = clean_name(name)
    assert 0 < len(cleaned) <= LONGEST_NAME + 1
    assert not set(cleaned) & set('/\\<>:"|?*\x00\n\r\u202e\u200f')
    assert not cleaned.startswith(".")
    assert clean_name(cleaned) == cleaned


@given(
    st.binary(min_size=1, max_size=600),
    st.sampled_from(["pdf", "docx", "xlsx", "odt", "csv", "txt", "png", "jpg"]),
)
def test_any_bytes_are_accepted_or_refused_but_never_break_the_door(data: bytes, ending: str):
    try:
        assert check(f"a.{ending}", data).name == f"a.{ending}"
    except UploadRefused:
        assert ending not in ("csv", "txt") or not data.isascii() or not data.decode().isprintable()


@pytest.mark.parametrize(("name", "whole"), [("a.docx", word()), ("a.xlsx", excel()), ("a.odt", odt())])
def test_a_damaged_office_file_never_breaks_the_door(name: str, whole: bytes):
    dice = random.Random(7)
    for _ in range(300):
        data = bytearray(whole)
        for _change in range(dice.randint(1, 8)):
            data[dice.randrange(len(data))] = dice.randrange(256)
        try:
            check(name, bytes(data[: dice.choice([len(data), dice.randrange(len(data))])]))
        except UploadRefused:
            continue
