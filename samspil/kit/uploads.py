"""What may come in as a file: known kinds, told apart by their content, small and without machinery inside.

Nothing is unpacked to disk. An office file is a zip archive: what it claims to hold is added up before any
part of it is read. Its XML parts are read as streams up to their first element, since a document type
declaration can only stand before that; the two kinds of part that name the others are read to the end.
"""

import io
import re
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Collection
from dataclasses import dataclass
from xml.sax import SAXException  # nosec B406 - names only; defusedxml reads
from xml.sax.handler import ContentHandler  # nosec B406 - names only; defusedxml reads
from xml.sax.xmlreader import AttributesImpl  # nosec B406 - names only; defusedxml reads

from defusedxml.common import DefusedXmlException
from defusedxml.sax import parse as _parse
from django.utils.translation import gettext

from samspil.kit.refusal import Refused

LARGEST = 10 * 1024 * 1024
LARGEST_UNPACKED = 50 * 1024 * 1024
HIGHEST_RATIO = 100
MOST_PARTS = 1_000  # a report with some hundred pictures has as many parts; a bomb has tens of thousands
LONGEST_NAME = 120

_OFFICE = "application/vnd.openxmlformats-officedocument."


class UploadRefused(Refused, ValueError):  # noqa: N818 - a refusal is an answer, not a fault
    """The file cannot be taken; the sentence says why and what to do instead."""


@dataclass(frozen=True)
class Accepted:
    """The name to show and store, and the kind the content really has."""

    name: str
    content_type: str


@dataclass(frozen=True)
class _Kind:
    content_type: str
    recognises: Callable[[bytes], bool]


def check(name: str, data: bytes, endings: Collection[str] | None = None) -> Accepted:
    """Take the file under a clean name, or raise `UploadRefused`. `endings`: only these kinds, where a page
    asks for a table; else whatever people attach to a record."""
    wanted = KINDS_TO_ATTACH if endings is None else endings
    cleaned = clean_name(name)
    if not data:
        raise UploadRefused(gettext("The file is empty. Choose the file again."))
    if len(data) > LARGEST:
        raise UploadRefused(
            gettext("The file is larger than 10 MB. Make it smaller or divide it into parts.")
        )
    ending = cleaned.rpartition(".")[2].lower()
    kind = _KINDS.get(ending) if ending in wanted else None
    if kind is None:
        raise UploadRefused(
            gettext("This kind of file is not accepted. Use {kinds}.").format(kinds=_listed(wanted))
        )
    if not kind.recognises(data):
        raise UploadRefused(
            gettext(
                "The content does not match the ending of the file's name, or the file is damaged"
                " or protected by a password. Save it again without a password and choose it again."
            )
        )
    return Accepted(cleaned, kind.content_type)


def _listed(wanted: Collection[str]) -> str:
    return ", ".join(ending for ending in _KINDS if ending in wanted and ending != "jpeg")


# --- names -----------------------------------------------------------------------------------

_FORBIDDEN = re.compile(r'[<>:"|?*]')
_DEVICES = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\.|$)")


def clean_name(name: str) -> str:
    """The last part of the name without anything that hides, reverses or redirects."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    seen = "".join(c for c in last if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Zl", "Zp"))
    tidy = _FORBIDDEN.sub("_", re.sub(r"\s+", " ", seen)).strip(" .")
    stem, dot, ending = tidy.rpartition(".")
    if not dot:
        stem, ending = tidy, ""
    stem = stem.strip(" .")[: LONGEST_NAME - len(ending[:10]) - 1].strip(" .") or gettext("document")
    stem = f"_{stem}" if _DEVICES.match(stem) else stem
    return f"{stem}{dot}{ending[:10]}"


# --- kinds -----------------------------------------------------------------------------------


def _is_pdf(data: bytes) -> bool:
    return data.startswith(b"%PDF-") and b"%%EOF" in data[-2048:]


def _is_png(data: bytes) -> bool:
    return data.startswith(b"\x89PNG\r\n\x1a\n") and data[12:16] == b"IHDR"


def _is_jpeg(data: bytes) -> bool:
    return data.startswith(b"\xff\xd8\xff") and b"\xff\xd9" in data[-1024:]


def _is_text(data: bytes) -> bool:
    """Text in UTF-8, in UTF-16 with its mark, or in the older Western encoding: no control characters."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _is_readable(data, "utf-16")
    return _is_readable(data, "utf-8-sig") or _is_readable(data, "cp1252")


def _is_readable(data: bytes, encoding: str) -> bool:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return not re.search(r"[\x00-\x08\x0b\x0e-\x1f\x7f]", text)


def _is_gzip(data: bytes) -> bool:
    return data.startswith(b"\x1f\x8b\x08")


def _is_word(data: bytes) -> bool:
    return _is_office(data, lambda parts: "[Content_Types].xml" in parts and "word/document.xml" in parts)


def _is_excel(data: bytes) -> bool:
    return _is_office(data, lambda parts: "[Content_Types].xml" in parts and "xl/workbook.xml" in parts)


def _is_archive_of_tables(data: bytes) -> bool:
    """Whether the archive's own list names CSV files; what they hold is read elsewhere, locked away."""
    if not data.startswith(b"PK\x03\x04"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_size(archive.infolist())
            return any(name.lower().endswith(".csv") for name in archive.namelist())
    except _DAMAGE:
        return False


def _is_open_document_text(data: bytes) -> bool:
    return data[30:85].startswith(b"mimetypeapplication/vnd.oasis.opendocument.text") and _is_office(
        data, lambda parts: "content.xml" in parts
    )


# What the readers of zip and XML raise when bytes are broken; tried with files damaged at random.
_DAMAGE = (
    zipfile.BadZipFile, zlib.error, struct.error, SAXException, NotImplementedError,
    RuntimeError, EOFError, OSError, ValueError, LookupError,
)  # fmt: skip


def _is_office(data: bytes, has_its_parts: Callable[[set[str]], bool]) -> bool:
    """Whether the archive is whole and of that kind; refuses one that is too big or carries machinery."""
    if not data.startswith(b"PK\x03\x04"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            if not has_its_parts({part.filename for part in parts}):
                return False
            _check_size(parts)
            return _check_parts(archive, parts)
    except UploadRefused:
        raise
    except _DAMAGE:
        return False


def _check_size(parts: list[zipfile.ZipInfo]) -> None:
    unpacked = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts)
    if len(parts) > MOST_PARTS or unpacked > LARGEST_UNPACKED or unpacked > HIGHEST_RATIO * max(packed, 1):
        raise UploadRefused(
            gettext(
                "The file unpacks to far more than it seems to hold. Save it as PDF and choose that instead."
            )
        )


# --- what is inside an office file -----------------------------------------------------------

_LARGEST_DIRECTORY = 2 * 1024 * 1024
_MACRO_PARTS = re.compile(r"(?i)(vba(project|data)|macrosheets?/|^basic/|^scripts/)")
_MACRO_WORDS = re.compile(r"(?i)(vbaproject|macroenabled|macrosheet)")
_XML_BEGINS = (b"<", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\x00<", b"<\x00")


def _check_parts(archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> bool:
    for part in parts:
        if _MACRO_PARTS.search(part.filename.replace("\\", "/").lstrip("/")):
            raise _carries_macros()
        if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) or part.flag_bits & 1:
            return False
        if _holds_xml(archive, part):
            _read_xml(archive, part)
    return True


def _carries_macros() -> UploadRefused:
    return UploadRefused(
        gettext("The file holds macros, which are small programs. Save it without macros, or as PDF.")
    )


def _holds_xml(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    """Judged by the content as well as the name, for an office file may call its parts anything."""
    if part.filename.lower().endswith((".xml", ".rels")):
        return True
    with archive.open(part) as stream:
        return stream.read(64).lstrip().startswith(_XML_BEGINS)


def _read_xml(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    names_others = part.filename.lower().endswith((".rels", "[content_types].xml"))
    if names_others and part.file_size > _LARGEST_DIRECTORY:
        raise zipfile.BadZipFile(part.filename)
    try:
        with archive.open(part) as stream:
            _parse(stream, _MacroFinder() if names_others else _FirstElement(), forbid_dtd=True)  # type: ignore[no-untyped-call]
    except _ElementReached:
        return
    except DefusedXmlException:
        raise UploadRefused(
            gettext("The file holds declarations that are not safe to read. Save it as PDF and choose that.")
        ) from None


class _ElementReached(Exception):  # noqa: N818 - good news, not a fault
    pass


class _FirstElement(ContentHandler):
    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: N802 - the reader's name
        raise _ElementReached


class _MacroFinder(ContentHandler):
    """Finds the words by which an office file points to its macros, however they are spelt in the XML."""

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: N802 - the reader's name
        if any(_MACRO_WORDS.search(value) for value in attrs.values()):
            raise _carries_macros()


_KINDS = {
    "pdf": _Kind("application/pdf", _is_pdf),
    "docx": _Kind(_OFFICE + "wordprocessingml.document", _is_word),
    "xlsx": _Kind(_OFFICE + "spreadsheetml.sheet", _is_excel),
    "odt": _Kind("application/vnd.oasis.opendocument.text", _is_open_document_text),
    "csv": _Kind("text/csv", _is_text),
    "txt": _Kind("text/plain", _is_text),
    "png": _Kind("image/png", _is_png),
    "jpg": _Kind("image/jpeg", _is_jpeg),
    "jpeg": _Kind("image/jpeg", _is_jpeg),
    "json": _Kind("application/json", _is_text),
    "gz": _Kind("application/gzip", _is_gzip),
    "zip": _Kind("application/zip", _is_archive_of_tables),
}
KINDS_TO_ATTACH = frozenset(_KINDS) - {"json", "gz", "zip"}
