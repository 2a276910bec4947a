"""Danish and Swedish are complete: no text is missing, stale, unsure or without its placeholders."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

PACKAGE = Path(__file__).resolve().parents[1] / "samspil"
LANGUAGES = ("da", "sv")
PLACEHOLDER = re.compile(r"%\((\w+)\)s|\{(\w+)\}")


def catalogue(language: str, package: Path = PACKAGE) -> Catalog:
    with (package / "locale" / language / "LC_MESSAGES" / "django.po").open("rb") as file:
        return read_po(file, locale=language)


def key(message: Message) -> tuple[str | None, str]:
    return message.context, message.id if isinstance(message.id, str) else message.id[0]


def texts(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string)


def placeholders(text: str) -> set[str]:
    return {name for pair in PLACEHOLDER.findall(text) for name in pair if name}


def faults(message: Message) -> list[str]:
    """What is wrong with one translated text."""
    wanted = {
        name
        for one in ([message.id] if isinstance(message.id, str) else message.id)
        for name in placeholders(one)
    }
    found = []
    if not all(texts(message)):
        found.append("missing")
    if message.fuzzy:
        found.append("unsure")
    if any(placeholders(text) - wanted for text in texts(message)):
        found.append("unknown placeholder")
    if texts(message)[-1] and wanted - placeholders(texts(message)[-1]):
        found.append("lost placeholder")
    return found


@pytest.fixture(scope="session")
def collected(tmp_path_factory: pytest.TempPathFactory) -> set[tuple[str | None, str]]:
    """Every text that stands in code and templates today."""
    copy = tmp_path_factory.mktemp("texts") / "samspil"
    shutil.copytree(
        PACKAGE, copy, ignore=shutil.ignore_patterns("content", "static", "tests", "migrations", "locale")
    )
    (copy / "locale").mkdir()
    command = [Path(sys.executable).parent / "samspil", "makemessages", "--locale", "da", "--no-location"]
    subprocess.run(command, cwd=copy, check=True, capture_output=True)
    return {key(message) for message in catalogue("da", copy) if message.id}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_translated_and_keeps_its_placeholders(language: str) -> None:
    wrong = {key(one): found for one in catalogue(language) if one.id and (found := faults(one))}
    assert wrong == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_gettext_reads_the_catalogue_so_that_texts_can_be_collected_again(language: str) -> None:
    """Two rows of the same text, as a merge leaves them, stop `make messages`."""
    path = PACKAGE / "locale" / language / "LC_MESSAGES" / "django.po"
    read = subprocess.run(["msgfmt", "--check", "--output-file=-", path], capture_output=True)
    assert read.returncode == 0, read.stderr.decode()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_missing_or_stale(language: str, collected: set[tuple[str | None, str]]) -> None:
    known = {key(message) for message in catalogue(language) if message.id}
    assert {"missing": sorted(map(str, collected - known)), "stale": sorted(map(str, known - collected))} == {
        "missing": [],
        "stale": [],
    }


@pytest.mark.parametrize(
    ("message", "fault"),
    [
        (Message("Hello %(name)s", "Hej"), "lost placeholder"),
        (Message("Hello %(name)s", "Hej %(navn)s"), "unknown placeholder"),
        (Message("Hello", ""), "missing"),
        (Message("Hello", "Hej", flags=["fuzzy"]), "unsure"),
    ],
    ids=["lost", "unknown", "missing", "unsure"],
)
def test_a_faulty_translation_is_caught(message: Message, fault: str) -> None:
    assert fault in faults(message)


# Terms that belong to one country's law and practice are never put into the other's words.
FOREIGN = {
    "da": ("MBL", "samverkan", "skyddsombud", "justering"),
    "sv": ("MED-udvalg", "samarbejdsudvalg", "næstformand", "tillidsrepræsentant"),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_local_term_of_the_other_country_stands_in_a_text(language: str) -> None:
    found = [
        (term, text)
        for message in catalogue(language)
        for text in texts(message)
        for term in FOREIGN[language]
        if re.search(rf"\b{term}\b", text) and term not in str(message.id)
    ]
    assert found == []
