"""What one takes along: a table, data with a dictionary, and a report; and nothing small in any of them."""

import csv
import io
import json
import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from django.test import Client
from django.utils import translation
from pdfua import validate

from samspil.core.tests.release_auditor import disclosures
from samspil.initiative.models import Initiative
from samspil.involvement.models import Consultation
from samspil.involvement.results import documents, pages
from samspil.involvement.results.models import OpinionResult
from samspil.involvement.results.reading import Reading
from samspil.kit.exports import write
from tests.cast import Cast

from .held import LIKELY, held, source_of

SignIn = Callable[[str], Client]
DICTIONARY = Path(__file__).parents[4] / "docs" / "calculations" / "opinion_release.md"


@pytest.fixture
def reading(parted: Consultation) -> Reading:
    found = pages.reading_of(source_of(parted))
    assert found
    return found


def rows_of(reading: Reading, language: str = "en") -> list[list[str]]:
    data = write(documents.as_table(reading, language), "csv").bytes.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(data), delimiter="," if language == "en" else ";"))


def names_in(value: object) -> set[str]:
    if isinstance(value, dict):
        return set(value) | {name for part in value.values() for name in names_in(part)}
    return {name for part in value for name in names_in(part)} if isinstance(value, list) else set()


def test_the_table_has_everybody_and_each_group_on_one_row(reading: Reading) -> None:
    head, *rows = rows_of(reading)
    assert head[:4] == ["No.", "Statement", "Language", "Moderation"]
    assert head[4:12] == [
        f"{who}: {what}" for who in ("Everybody", "Group A") for what in ("agree", "pass", "disagree", "n")
    ]
    told = reading.release["statements"][0]
    assert rows[0][4:8] == [str(told["all"][name]) for name in ("agree", "pass", "disagree", "n")]
    assert len(rows) == 12


def test_a_statement_is_never_a_formula(reading: Reading) -> None:
    assert [row[1] for row in rows_of(reading) if "SUM" in row[1]] == ["'=SUM(A1:A9) er ikke en formel"]


def test_every_name_in_the_data_stands_in_its_dictionary(reading: Reading) -> None:
    told = json.loads(documents.as_json(reading).bytes)
    first_cells = re.findall(r"^\| (`[^|]+) \|", DICTIONARY.read_text(), re.MULTILINE)
    explained = {name for cell in first_cells for name in re.findall(r"`(\w+)`", cell)}
    assert names_in(told) - explained == set()


def test_the_data_is_the_release_word_for_word(reading: Reading) -> None:
    told = json.loads(documents.as_json(reading).bytes)
    assert told["release"] == OpinionResult.objects.get().release
    assert [one["text"] for one in told["texts"]][:1] == ["Ruten skal stå klar dagen før"]


@pytest.mark.parametrize("language", ["da", "sv", "en"])
def test_the_report_is_a_tagged_pdf_in_every_language(
    reading: Reading, language: str, tmp_path: Path
) -> None:
    with translation.override(language):
        made = write(documents.report(reading, language), "pdf")
    path = tmp_path / "report.pdf"
    path.write_bytes(made.bytes)
    assert [str(finding) for finding in validate(str(path)).findings] == []


def test_the_report_of_no_groups_and_of_a_small_body_is_made_too(
    cast: Cast, initiative: Initiative, at: datetime
) -> None:
    for number, people in enumerate((4, 15, 30)):
        kept = held(cast, initiative, at, people=people, input_sha256=str(number) * 64)
        found = pages.reading_of(source_of(kept))
        assert found
        assert write(documents.report(found, "en"), "pdf").bytes.startswith(b"%PDF")


def test_files_are_fetched_by_those_who_may_and_others_are_not_there(
    sign_in: SignIn, parted: Consultation
) -> None:
    for kind, content in (
        ("pdf", "application/pdf"),
        ("csv", "text/csv; charset=utf-8"),
        ("json", "application/json"),
    ):
        response = sign_in("employee").get(f"/fjordby/results/{parted.ref}/files/{kind}/")
        assert (response.status_code, response["content-type"]) == (200, content)
    assert sign_in("employee").get(f"/fjordby/results/{parted.ref}/files/docx/").status_code == 404


# --- nothing small is readable -------------------------------------------------------------------------------


def figures_of(told: dict) -> set[int]:
    """Every number of people that may stand beside a statement."""
    cells = [told["all"], *told["groups"], told["without_group"]]
    return {count for cell in cells if cell for count in cell.values()}


@pytest.mark.parametrize(("people", "seed"), [(24, 3), (57, 4), (120, 5)])
def test_pages_and_files_hold_no_count_that_the_release_does_not_tell(
    sign_in: SignIn, cast: Cast, initiative: Initiative, at: datetime, people: int, seed: int
) -> None:
    """The auditor has looked through the release; page, table and report may add nothing to it."""
    kept = held(cast, initiative, at, people=people, seed=seed, likely=LIKELY)
    reading = pages.reading_of(source_of(kept))
    assert reading
    assert list(disclosures(reading.release)) == []
    by_text = {reading.texts[one["id"]].text: figures_of(one) for one in reading.release["statements"]}
    for row in rows_of(reading)[1:]:
        assert {int(cell) for cell in row[4:] if cell} <= by_text[row[1].removeprefix("'")]
    client = sign_in("employee")
    html = client.get(f"/fjordby/results/{kept.ref}/statements/").content.decode()
    for row in re.findall(r"<tr>(.*?)</tr>", html[html.index("<tbody>") :], re.DOTALL):
        counted = {int(count) for count in re.findall(r"\((\d+) answered\)", row)}
        text = re.search(r"<a [^>]*>([^<]*)</a>", row)
        assert text
        assert counted <= by_text[text[1]]
    said = repr(documents.report(reading, "en").blocks)
    assert {int(count) for count in re.findall(r"n = (\d+)", said)} <= set().union(*by_text.values())
