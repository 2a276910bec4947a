"""Question cards: for every regime, phase and level a page and a sheet to print, open to everyone."""

import io

import pikepdf
import pytest
from django.test import Client

from samspil.dialogue.questions import PHASES
from samspil.dialogue.regime import NATIVE

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


@pytest.mark.parametrize(("regime", "phase", "level", "language"), CARDS[::7])
def test_cards_are_sheets_to_print(
    content: None, client: Client, regime: str, phase: str, level: str, language: str
) -> None:
    response = client.get(f"/cards/{regime}/{phase}/{level}.pdf?language={language}")
    pdf = pikepdf.open(io.BytesIO(response.content))
    assert str(pdf.Root.Lang).startswith(language)
    assert pdf.Root.MarkInfo.Marked
    assert 1 <= len(pdf.pages) <= 3


@pytest.mark.prove
@pytest.mark.parametrize(("regime", "phase", "level", "language"), CARDS)
def test_every_card_is_a_sheet_to_print(
    content: None, client: Client, regime: str, phase: str, level: str, language: str
) -> None:
    response = client.get(f"/cards/{regime}/{phase}/{level}.pdf?language={language}")
    assert response.content.startswith(b"%PDF")


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
