"""Cases go out as proposal, case and decision; what came of them comes back, all of it or nothing."""

import csv
import io
import json
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from docx import Document as Word
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from samspil.dialogue import actions as committees
from samspil.dialogue import regime as regimes
from samspil.dialogue.exchange import actions, outcomes
from samspil.dialogue.exchange.cases import proposal_of
from samspil.dialogue.exchange.outcomes import Row, rows_of
from samspil.dialogue.models import Item, Meeting, Minutes, Outcome
from samspil.dialogue.queries import agenda
from samspil.dialogue.tests.conftest import Play
from samspil.kit import clock
from samspil.kit.refusal import Refused
from samspil.organisation import journal

MET, LATER = date(2026, 2, 18), date(2026, 3, 4)
PDF = b"%PDF-1.7\nReferat\n%%EOF"


def held(play: Play, count: int = 3) -> Meeting:
    meeting = play.meeting(MET, place="Salen")
    for number in range(count):
        item = play.item(meeting=meeting, title=f"Sag {number}", case=f"Det drejer sig om {number}.")
        if item.meeting is None:
            committees.place_item(item=item, meeting=meeting, **play.by("secretary"))
    return Meeting.objects.select_related("committee", "organisation").get(pk=meeting.pk)


def refs(meeting: Meeting) -> list[str]:
    return [one.ref for one in agenda(meeting)]


def take(play: Play, meeting: Meeting, rows: list[Row], **more: Any) -> list[Item]:
    return actions.take_in_outcomes(meeting=meeting, rows=rows, **more, **play.by("secretary", LATER))


def as_xlsx(table: list[list[str]]) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet()
    for line, row in enumerate(table):
        sheet.write_row(line, 0, row)
    book.close()
    return out.getvalue()


# --- out --------------------------------------------------------------------------------------------------


def word(client: Client, address: str) -> Any:
    return Word(io.BytesIO(client.get(address).content))


@pytest.mark.parametrize(
    ("regime", "headings"),
    [
        ("MED", ["Indstilling", "Sagsfremstilling", "Bilag", "Beslutning"]),
        ("samverkan", ["Förslag", "Beslutsunderlag", "Bilagor", "Beslut"]),
    ],
)
def test_a_case_has_the_parts_that_agenda_systems_use(
    play_under: Callable[[str], Play], regime: str, headings: list[str]
) -> None:
    play = play_under(regime)
    meeting, slug = held(play, 1), play.cast.organisation.slug
    clock.move_to(play.cast.at)
    client = Client()
    client.force_login(play.cast.account("secretary"), backend="django.contrib.auth.backends.ModelBackend")
    made = word(client, f"/{slug}/items/{refs(meeting)[0]}/case.docx")
    parts = [one.text for one in made.paragraphs if one.style.name == "Heading 1"]
    assert [one for one in parts if one in headings] == headings
    whole = word(client, f"/{slug}/meetings/{meeting.ref}/cases.docx")
    assert [one.text for one in whole.paragraphs if one.style.name == "Heading 1"] == ["1. Sag 0"]


def test_a_proposal_is_what_was_written_or_that_it_is_discussed_in_time(play: Play) -> None:
    item = Item.objects.select_related("committee").get(pk=play.item().pk)
    assert "Udvalg local" in proposal_of(item)
    committees.write_case(
        item=item, title="T", case="", proposal="At skemaet tages i brug", version=1, **play.by("lead")
    )
    assert proposal_of(Item.objects.get(pk=item.pk)) == "At skemaet tages i brug"
    committees.write_case(item=item, title="T2", case="", version=2, **play.by("lead"))
    assert Item.objects.get(pk=item.pk).proposal == "At skemaet tages i brug"


def test_information_is_proposed_to_be_noted(play: Play) -> None:
    item = Item.objects.select_related("committee").get(pk=play.item().pk)
    discussed = proposal_of(item)
    item.purpose = "informed"
    assert proposal_of(item) != discussed
    assert "Udvalg local" in proposal_of(item)


def test_the_file_for_programs_names_items_outcomes_and_the_same_every_time(
    play: Play, sign_in: Callable[[str], Client]
) -> None:
    meeting = held(play)
    address = f"/fjordby/meetings/{meeting.ref}/cases.json"
    client = sign_in("employee")
    first = client.get(address).content
    body = json.loads(first)
    assert body["format"] == "samspil-agenda-1"
    assert [one["ref"] for one in body["items"]] == refs(meeting)
    assert {one["key"] for one in body["outcomes"]} >= {"discussed", "guideline_agreed"}
    assert client.get(address).content == first


# --- back -------------------------------------------------------------------------------------------------


def test_what_came_of_the_items_is_recorded_with_text_and_file(play: Play) -> None:
    meeting = held(play)
    first, second, third = refs(meeting)
    rows = [
        Row(2, first, "2026-02-18", "Drøftet", text="Sagt om 0"),
        Row(3, second, outcome="guideline_agreed", text="Sagt om 1", file="referat.pdf"),
        Row(4, third, outcome="udsat"),
    ]
    from samspil.organisation import files

    does = play.by("secretary", LATER)
    kept = files.keep("referat.pdf", PDF, does["by"], does["at"])
    take(play, meeting, rows, files={"referat.pdf": kept})
    assert sorted(Outcome.objects.values_list("key", flat=True)) == [
        "discussed",
        "guideline_agreed",
        "postponed",
    ]
    assert Minutes.objects.get(item__thing__ref=second).file == kept
    assert not Minutes.objects.filter(item__thing__ref=third).exists()
    assert journal.verify(play.cast.organisation) == []


def test_every_wrong_line_is_named_and_nothing_is_taken_in(play: Play) -> None:
    meeting = held(play)
    first, second, third = refs(meeting)
    rows = [
        Row(2, first, outcome="Drøftet"),
        Row(3, "nosuchthing1", outcome="Drøftet"),
        Row(4, second, outcome="Vedtaget"),
        Row(5, third, "2026-02-19", "Drøftet"),
        Row(6, third, "18. februar", "Drøftet"),
        Row(7, first, outcome="Udsat"),
        Row(8, second, outcome="Drøftet", union="Forbund A"),
        Row(9, second, outcome="Drøftet", text="x" * 40_001),
        Row(10, third, outcome="Drøftet", file="mangler.pdf"),
    ]
    with pytest.raises(Refused) as refusal:
        take(play, meeting, rows)
    told = str(refusal.value.sentence).splitlines()
    assert [int(line.split()[1].rstrip(":")) for line in told] == [3, 4, 5, 6, 7, 8, 9, 10]
    assert not Outcome.objects.exists()


def test_under_mbl_each_union_has_its_own_line(play_under: Callable[[str], Play]) -> None:
    play = play_under("MBL")
    meeting = held(play, 1)
    (ref,) = refs(meeting)
    agreed, not_agreed = "Förhandlingen avslutad i enighet", "Förhandlingen avslutad i oenighet"
    with pytest.raises(Refused, match="Line 2"):
        take(play, meeting, [Row(2, ref, outcome=agreed)])
    take(
        play,
        meeting,
        [Row(2, ref, outcome=agreed, union="Forbund A"), Row(3, ref, outcome=not_agreed, union="forbund b")],
    )
    assert dict(Outcome.objects.values_list("union__name", "key")) == {
        "Forbund A": "concluded_agreed",
        "Forbund B": "concluded_disagreed",
    }


def test_a_meeting_to_come_takes_nothing_in(play: Play) -> None:
    meeting = held(play)
    with pytest.raises(Refused):
        actions.take_in_outcomes(
            meeting=meeting, rows=[Row(2, refs(meeting)[0], outcome="Drøftet")], **play.by("secretary")
        )


def test_the_table_goes_out_and_comes_back_in_every_form(play: Play) -> None:
    meeting = held(play)
    regime = regimes.in_force(play.cast.organisation, MET)
    table = outcomes.table_of(meeting, list(agenda(meeting)), regime)
    for row in table[1:]:
        row[3], row[5] = "Drøftet", "=1+1 og »mere«\ni to linjer"
    texts = {
        "csv": outcomes.as_csv(table, "t").bytes,
        "xlsx": as_xlsx(
            [list(map(str, row)) for row in table[:1]] + [[*row[:5], "'" + row[5], ""] for row in table[1:]]
        ),
        "json": json.dumps(
            [{"item": row[0], "date": row[2], "outcome": row[3], "text": row[5]} for row in table[1:]]
        ).encode(),
    }
    for ending, data in texts.items():
        found = rows_of(f"t.{ending}", data)
        assert [(one.item, one.outcome, one.text) for one in found] == [
            (row[0], "Drøftet", row[5]) for row in table[1:]
        ], ending


def test_the_agenda_as_it_went_out_comes_back_with_its_outcomes(
    play: Play, sign_in: Callable[[str], Client]
) -> None:
    meeting = held(play)
    body = json.loads(sign_in("secretary").get(f"/fjordby/meetings/{meeting.ref}/cases.json").content)
    for one in body["items"]:
        one["decision"] = {"date": "2026-02-18", "outcomes": [{"key": "discussed"}], "text": "Sagt"}
    take(play, meeting, rows_of("agenda.json", json.dumps(body).encode()))
    assert Minutes.objects.filter(text="Sagt").count() == 3


def test_the_sheet_to_fill_in_lists_the_outcomes_to_choose(
    play: Play, sign_in: Callable[[str], Client]
) -> None:
    meeting = held(play)
    response = sign_in("secretary").get(f"/fjordby/meetings/{meeting.ref}/cases.xlsx")
    book = CalamineWorkbook.from_filelike(io.BytesIO(response.content))
    assert [row[0] for row in book.get_sheet_by_name("outcomes").to_python()][1:] == refs(meeting)
    assert ["Drøftet"] in book.get_sheet_by_name("choices").to_python()


def test_it_is_looked_at_first_and_taken_in_afterwards(play: Play, sign_in: Callable[[str], Client]) -> None:
    meeting, client = held(play), sign_in("secretary")
    clock.move_to(play.by("secretary", LATER)["at"])
    out = io.StringIO()
    csv.writer(out).writerows(
        [["item", "outcome", "text", "file"], [refs(meeting)[0], "Drøftet", "Sagt", "referat.pdf"]]
    )
    address = f"/fjordby/meetings/{meeting.ref}/outcomes/"
    looked = client.post(address, {"table": SimpleUploadedFile("t.csv", out.getvalue().encode())})
    assert not Outcome.objects.exists()
    lines, seen = (looked.context["form"][name].value() for name in ("lines", "seen"))
    without = client.post(address, {"lines": lines, "seen": seen})
    assert "referat.pdf" in without.content.decode()
    assert not Outcome.objects.exists()
    brought = SimpleUploadedFile("referat.pdf", PDF, "application/pdf")
    assert client.post(address, {"lines": lines, "seen": seen, "annexes": [brought]}).status_code == 302
    assert Minutes.objects.get().file.name == "referat.pdf"  # type: ignore[union-attr]
    forged = client.post(address, {"lines": lines[:-2] + "xx"})
    assert forged.status_code in (400, 409, 422)


def test_what_a_colleague_recorded_after_it_was_looked_at_is_shown_before_it_is_replaced(
    play: Play, sign_in: Callable[[str], Client]
) -> None:
    meeting, client = held(play), sign_in("secretary")
    clock.move_to(play.by("secretary", LATER)["at"])
    address = f"/fjordby/meetings/{meeting.ref}/outcomes/"
    table = f"item;outcome;text\n{refs(meeting)[0]};Drøftet;Fra systemet".encode()
    looked = client.post(address, {"table": SimpleUploadedFile("t.csv", table)})
    item = agenda(meeting)[0]
    committees.record_outcome(
        item=item, outcomes=[committees.NewOutcome("discussed")], **play.by("chair", LATER)
    )
    committees.write_minutes(item=item, text="Formandens ord", **play.by("chair", LATER))
    typed = {name: looked.context["form"][name].value() for name in ("lines", "seen")}
    again = client.post(address, typed)
    assert Minutes.objects.latest("pk").text == "Formandens ord"
    typed = {name: again.context["form"][name].value() for name in ("lines", "seen")}
    assert client.post(address, typed).status_code == 302
    assert Minutes.objects.latest("pk").text == "Fra systemet"


def test_a_small_file_that_claims_a_huge_sheet_is_refused_and_the_house_goes_on() -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet()
    for cell, text in (("A1", "item"), ("B1", "outcome"), ("XFD1048576", "far away")):
        sheet.write(cell, text)
    book.close()
    with pytest.raises(Refused):
        rows_of("t.xlsx", out.getvalue())


def test_a_day_that_a_spreadsheet_keeps_as_a_number_is_a_day() -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["item", "date", "outcome"])
    sheet.write(1, 0, "abc")
    sheet.write_datetime(1, 1, datetime(2026, 2, 18))  # noqa: DTZ001 - a day in a sheet has no zone
    sheet.write(1, 2, "Drøftet")
    book.close()
    assert rows_of("t.xlsx", out.getvalue()) == [Row(2, "abc", "2026-02-18", "Drøftet")]


@pytest.mark.parametrize("text", ["\\ud800", "\\u0000", "\\uffff"])
def test_signs_that_can_be_neither_shown_nor_kept_are_refused(text: str) -> None:
    with pytest.raises(Refused):
        rows_of("t.json", f'[{{"item": "abc", "outcome": "discussed", "text": "{text}"}}]'.encode())


@given(
    st.binary(max_size=300) | st.text(max_size=200).map(str.encode), st.sampled_from(["csv", "xlsx", "json"])
)
def test_whatever_is_brought_is_lines_or_the_one_refusal(data: bytes, ending: str) -> None:
    try:
        rows = rows_of(f"t.{ending}", data)
    except Refused:
        return
    assert rows
    assert all(isinstance(one, Row) for one in rows)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats(allow_nan=True) | st.text(max_size=10),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(["items", "item", "decision", "outcomes", "outcome", "key", "ref"]),
                inner,
                max_size=3,
            )
        ),
        max_leaves=8,
    )
)
def test_json_of_any_shape_is_lines_or_the_one_refusal(body: object) -> None:
    try:
        rows = rows_of("t.json", json.dumps(body).encode())
    except Refused:
        return
    assert all(
        isinstance(getattr(one, name), str) for one in rows for name in ("item", "outcome", "union", "text")
    )
