"""Question cards: for every regime, phase and level a page and a sheet to print, open to everyone."""

import io
from pathlib import Path

import pikepdf
import pytest
from django.test import Client
from django.utils import translation
from pdfua import validate

from samspil.dialogue.question_cards import card, document
from samspil.dialogue.questions import PHASES
from samspil.dialogue.regime import NATIVE
from samspil.dialogue.words import BEFORE_STEPS
from samspil.kit.exports import Card

LEVELS = {"MED": ("main", "area", "local"), "samverkan": ("main", "area", "local")}
CARDS = [
    (regime, phase, level, language)
    for regime, native in NATIVE.items()
    for phase in PHASES
    for level in LEVELS.get(regime, ("main", "local"))
    for language in (native, "en")
]


@pytest.mark.parametrize(("regime", "phase", "level", "language"), CARDS)
def test_every_card_is_a_page_for_everyone(
    content: None, client: Client, regime: str, phase: str, level: str, language: str
) -> None:
    response = client.get(f"/cards/{regime}/{phase}/{level}/?language={language}")
    assert response.status_code == 200
    assert f'lang="{language}"' in response.content.decode()[:200]


@pytest.mark.parametrize(("regime", "language"), NATIVE.items())
def test_a_card_of_every_regime_is_a_sheet_to_print(
    content: None, client: Client, tmp_path: Path, regime: str, language: str
) -> None:
    check_sheet(client, tmp_path, regime, "idea", "main", language)


@pytest.mark.prove
@pytest.mark.parametrize(("regime", "phase", "level", "language"), CARDS)
def test_every_card_is_a_sheet_to_print(
    content: None, client: Client, tmp_path: Path, regime: str, phase: str, level: str, language: str
) -> None:
    check_sheet(client, tmp_path, regime, phase, level, language)


def check_sheet(client: Client, folder: Path, regime: str, phase: str, level: str, language: str) -> None:
    """One sheet of paper, both sides, in its language, and readable for those who listen to it."""
    response = client.get(f"/cards/{regime}/{phase}/{level}.pdf?language={language}")
    pdf = pikepdf.open(io.BytesIO(response.content))
    assert str(pdf.Root.Lang).startswith(language)
    assert len(pdf.pages) == 2
    path = folder / "card.pdf"
    path.write_bytes(response.content)
    assert [str(finding) for finding in validate(str(path)).findings] == []


@pytest.mark.parametrize(("regime", "phase", "level", "language"), CARDS[::5])
def test_a_sheet_says_of_each_question_what_helps_to_answer_it(
    content: None, regime: str, phase: str, level: str, language: str
) -> None:
    shown = card(regime, phase, level, language)
    assert shown
    printed = {one.title: one for one in document(shown).blocks if isinstance(one, Card)}
    assert list(printed) == [one.ask for one in [*shown.first, *shown.more]]
    with translation.override(language):
        assert all(printed[one.ask].topic == str(BEFORE_STEPS[one.before]) for one in shown.questions)
    assert all(printed[one.ask].body == one.explanation for one in shown.questions)
    for one in shown.first:
        assert [text for _label, text in printed[one.ask].hints] == [one.why, " · ".join(one.good_answer)]


def test_a_card_says_which_binding_step_each_question_must_precede(content: None, client: Client) -> None:
    shown = client.get("/cards/MED/idea/main/?language=da").content.decode()
    model = card("MED", "idea", "main", "da")
    assert model
    assert shown.count('class="in-time"') == len(model.questions)
    assert "Tages op, inden beslutningen træffes" in shown
    assert "Tages op, inden kravene lægges fast" in shown


def test_the_shelf_shows_every_card(content: None, client: Client) -> None:
    shown = client.get("/cards/").content.decode()
    for regime, phase, level, language in CARDS:
        assert f"/cards/{regime}/{phase}/{level}/?language={language}" in shown


def test_a_regime_is_not_shown_in_a_language_it_does_not_speak(content: None, client: Client) -> None:
    response = client.get("/cards/MED/idea/local/?language=sv")
    assert 'lang="da"' in response.content.decode()[:200]


@pytest.mark.parametrize("path", ["MED/idea/moon/", "XYZ/idea/local/", "MED/someday/local/", "SU/idea/area/"])
def test_a_card_that_does_not_exist_is_not_found(content: None, client: Client, path: str) -> None:
    assert client.get(f"/cards/{path}").status_code == 404
