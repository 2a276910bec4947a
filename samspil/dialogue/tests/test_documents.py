"""Agendas, minutes and cards as files: tagged for readers of the screen, in the words of the regime."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from docx import Document as Word
from pdfua import validate

from samspil.dialogue import actions, documents, queries, question_cards
from samspil.dialogue.exchange.cases import case_of, cases_of
from samspil.dialogue.minutes.document import minutes_of
from samspil.dialogue.minutes.whole import whole
from samspil.dialogue.models import Item, Minutes
from samspil.dialogue.regime import in_force
from samspil.dialogue.tests.conftest import Play
from samspil.kit.exports import Bullets, Definitions, Document, Quote, write
from samspil.organisation import files

MET, LATER = date(2026, 2, 18), date(2026, 3, 4)


def made(play: Play) -> list[Document]:
    """An agenda, minutes of one item and of all, a question card, and the cases that go to other systems."""
    native = play.cast.organisation.language
    item = play.approved(play.discussed(MET, key=_counting(play)), LATER, "chair", "vice_chair")
    item = Item.objects.get(pk=item.pk)
    regime = in_force(play.cast.organisation, MET)
    card = question_cards.card(regime.key, "idea", "local", native)
    assert card is not None
    assert item.meeting is not None
    viewer = play.cast.viewer("employee")
    return [
        documents.in_language(native, documents.agenda, item.meeting, regime, viewer),
        documents.in_language(native, documents.minutes, item, Minutes.objects.get(), LATER),
        question_cards.document(card),
        documents.in_language(native, minutes_of, whole(item.meeting, viewer), viewer),
        documents.in_language(native, case_of, item, regime, viewer),
        documents.in_language(native, cases_of, item.meeting, queries.agenda(item.meeting), regime, viewer),
    ]


def _counting(play: Play) -> str:
    return "discussed" if play.cast.organisation.language == "da" else "concluded_agreed"


@pytest.mark.parametrize("regime", ["MED", "SU"])
def test_danish_documents_pass_the_pdf_ua_checks(
    play_under: Callable[[str], Play], regime: str, tmp_path: Path
) -> None:
    check(made(play_under(regime)), "da", tmp_path)


def test_swedish_documents_pass_the_pdf_ua_checks(
    play_under: Callable[[str], Play], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    play = play_under("samverkan")
    from samspil.organisation.models import ProcedureRules

    ProcedureRules.objects.update(release=["chair", "each_adjuster"], approve=["chair", "each_adjuster"])
    monkeypatch.setattr(Play, "approved", _signed_by_three)
    check(made(play), "sv", tmp_path)


def _signed_by_three(play: Play, item: Item, on: date, *_signers: str) -> Item:
    from samspil.dialogue import actions

    minutes = actions.write_minutes(item=item, text="Dialogen fördes.", **play.by("secretary", on))
    for act in (actions.release_minutes, actions.approve_minutes):
        for who in ("chair", "vice_chair", "steward"):
            act(item=item, sha256=minutes.sha256, **play.by(who, on))
    return item


def check(found: list[Document], language: str, folder: Path) -> None:
    for number, document in enumerate(found):
        assert document.language == language
        path = folder / f"{number}.pdf"
        path.write_bytes(write(document, "pdf").bytes)
        assert [str(finding) for finding in validate(str(path)).findings] == []


def test_minutes_in_word_have_real_headings_and_tables(play: Play, tmp_path: Path) -> None:
    _agenda, minutes, *_others = made(play)
    path = tmp_path / "minutes.docx"
    path.write_bytes(write(minutes, "docx").bytes)
    word = Word(str(path))
    headings = [one.text for one in word.paragraphs if one.style and one.style.name.startswith("Heading")]
    assert len(headings) >= 2
    assert len(word.tables) >= 1


def test_a_disagreement_goes_to_other_systems_with_both_positions(play: Play) -> None:
    item = play.approved(play.discussed(MET, key="disagreement"), LATER, "chair", "vice_chair")
    item = Item.objects.get(pk=item.pk)
    regime, viewer = in_force(play.cast.organisation, MET), play.cast.viewer("employee")
    paper = documents.in_language("da", case_of, item, regime, viewer)
    said = [block.by for block in paper.blocks if isinstance(block, Quote)]
    assert said == ["Ledelsessiden", "Medarbejdersiden"]


def test_an_agenda_does_not_repeat_the_name_of_an_item(play: Play) -> None:
    item = Item.objects.get(pk=play.discussed(MET).pk)
    assert item.meeting is not None
    assert item.initiative is not None
    viewer, regime = play.cast.viewer("employee"), in_force(play.cast.organisation, MET)
    for title, times in (("Nye vagter", 1), (item.initiative.title, 0)):
        Item.objects.filter(pk=item.pk).update(title=title)
        paper = documents.in_language("da", documents.agenda, item.meeting, regime, viewer)
        pairs = [pair for block in paper.blocks if isinstance(block, Definitions) for pair in block.pairs]
        assert [name for name, _text in pairs].count("Initiativ") == times


def test_a_file_brought_with_the_text_stands_once_among_the_annexes(play: Play) -> None:
    item, does = play.discussed(MET), play.by("secretary", MET)
    brought = files.keep("bilag.txt", b"Tal", does["by"], does["at"])
    actions.write_minutes(item=item, text="Drøftet.", file=brought, **does)
    assert item.meeting is not None
    seen = whole(item.meeting, does["by"])
    for paper in (
        documents.in_language("da", documents.minutes, item, Minutes.objects.get(), MET),
        documents.in_language("da", minutes_of, seen, does["by"]),
    ):
        assert [one.items for one in paper.blocks if isinstance(one, Bullets)].count(["bilag.txt"]) == 1
        named = [text for one in paper.blocks if isinstance(one, Definitions) for _name, text in one.pairs]
        assert "bilag.txt" not in named
