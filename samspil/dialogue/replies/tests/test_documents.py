"""The sheet of replies and the sheet to write on, as files."""

import io
import zipfile
from datetime import timedelta

from python_calamine import CalamineWorkbook

from samspil.dialogue.replies import documents, pages, queries
from samspil.dialogue.replies.tests.conftest import IN_TIME, LATE, Below
from samspil.kit.exports import Card, Definitions, Quote, write


def sheet_of(below: Below, sending: object) -> queries.Sheet:
    return queries.sheet(sending, IN_TIME)  # type: ignore[arg-type]


def test_the_sheet_tells_every_answer_by_question_and_who_is_silent(below: Below) -> None:
    sending = below.send(below.locals(2))
    below.reply(sending)
    document = documents.sheet(sheet_of(below, sending), "da")
    quotes = [block for block in document.blocks if isinstance(block, Quote)]
    assert [one.text for one in quotes] == ["Vi mangler tid", "Vi mangler tid"]
    assert "The staff's" in quotes[0].by
    word = write(document, "docx").bytes
    text = zipfile.ZipFile(io.BytesIO(word)).read("word/document.xml").decode()
    assert "Vi mangler tid" in text
    assert "Lars Ledelse" in text  # whom to call
    assert write(document, "pdf").bytes.startswith(b"%PDF")


def test_a_reply_that_was_changed_late_shows_both_texts(below: Below) -> None:
    sending = below.send()
    below.reply(sending)
    below.reply(sending, on=LATE, text="Ny mening")
    document = documents.sheet(queries.sheet(sending, LATE + timedelta(days=1)), "da")
    quotes = [(block.text, block.by) for block in document.blocks if isinstance(block, Quote)]
    assert len(quotes) == 4
    assert "replaced by a later reply" in quotes[0][1]
    assert "came after the deadline" in quotes[1][1]


def test_the_workbook_has_a_row_for_each_answer_and_each_committee(below: Below) -> None:
    sending = below.send(below.locals(2))
    below.reply(sending)
    book = CalamineWorkbook.from_filelike(
        io.BytesIO(write(documents.tables(sheet_of(below, sending), "en"), "xlsx").bytes)
    )
    first, second = (book.get_sheet_by_name(name).to_python() for name in book.sheet_names)
    assert [row[4] for row in first[1:3]] == ["Vi mangler tid", "Vi mangler tid"]
    assert [row[2] for row in second[1:4]].count("no reply yet") == 2


def test_the_sheet_to_write_on_has_every_question_the_code_and_where_to_hand_it_in(below: Below) -> None:
    asked = below.asked(below.send())
    hand_in = pages.hand_in_to(asked, IN_TIME)
    document = documents.answer_sheet(asked, hand_in, "da")
    told = dict(next(block for block in document.blocks if isinstance(block, Definitions)).pairs)
    assert told["Code"] == asked.code
    assert "Sanne Sekretær" in told["Hand it in to"]
    cards = [block for block in document.blocks if isinstance(block, Card)]
    assert len(cards) == len(queries.questions_of(asked.sending))
    assert all(card.answer_lines for card in cards)
    assert write(document, "pdf").bytes.startswith(b"%PDF")
