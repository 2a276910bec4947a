"""A stranger sees what was discussed before which step and whether minutes changed; nothing more than is theirs."""

import io
import json
import re
import zipfile
from collections.abc import Callable
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from django.db import connection
from pdfua import validate

from samspil.core import dossier as core
from samspil.core import journal as chain
from samspil.dialogue import actions
from samspil.dialogue.dossier import making, names, reading
from samspil.dialogue.dossier.tests.conftest import APPROVED, MET, STEP, Told
from samspil.dialogue.models import Item, Minutes
from samspil.dialogue.tests.conftest import Play
from samspil.initiative import actions as hall
from samspil.initiative.models import BindingStep, Initiative
from samspil.kit.exports import TableBlock
from samspil.organisation import journal

Tell = Callable[..., Told]
LATER = date(2026, 3, 20)


def answers(told: Told) -> list[str]:
    """What the front answers at once, line by line."""
    box = re.search(r'<div class="notice">(.*?)</div>', told.index, re.S)
    assert box
    return re.findall(r"<p>(.*?)</p>", box.group(1))


def cells(told: Told) -> list[list[str]]:
    """The rows of the table under the time line."""
    table = told.index.split("<table>")[1].split("</table>")[0]
    rows = re.findall(r"<tr>(.*?)</tr>", table.split("<tbody>")[1], re.S)
    return [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.S) for row in rows]


def test_it_says_at_once_what_was_discussed_before_the_step(item: Item, told: Tell) -> None:
    front = told(on=STEP)
    assert answers(front) == [
        "Drøftet før det bindende skridt og referatet godkendt: ved 1 af 1 skridt.",
        "Referater ændret efter godkendelsen: nej.",
        "– 1 af 1 referat er godkendt",
    ]
    (row,) = cells(front)
    assert row == [
        "Kontrakten underskrives (idé)<br>1. april 2026, planlagt",
        "18. februar 2026<br>Udvalg local",
        "42",
        "Drøftet",
        "4. marts 2026<br>formand Mads Formand; næstformand Aisha Næstformand",
    ]


def test_a_step_that_nobody_discussed_before_is_named(play: Play, item: Item, told: Tell) -> None:
    Initiative.objects.update(phase="development")
    play.initiative.refresh_from_db()
    hall.plan_step(
        initiative=play.initiative, kind="tender", on=date(2026, 3, 1), taken=True, **play.by("lead", LATER)
    )
    lines = answers(told(on=LATER))
    assert lines[0].endswith("ved 1 af 2 skridt.")
    assert lines[1] == "– Udbuddet sendes ud (udvikling), 1. marts 2026: IKKE drøftet; skridtet er taget"


def test_a_discussion_after_the_step_says_after(play: Play, item: Item, told: Tell) -> None:
    step = BindingStep.objects.get()
    hall.correct_step(
        step=step, on=date(2026, 2, 10), reason="Underskrevet før tid", taken=True, **play.by("lead", MET)
    )
    front = told(on=APPROVED)
    assert "– Kontrakten underskrives (idé), 10. februar 2026: først drøftet EFTER skridtet" in answers(front)
    assert cells(front)[0][2] == "8 dage EFTER"
    assert "Datoer rettet bagefter: 1; før og efter står længere nede med grunden." in answers(front)
    assert front.says("Underskrevet før tid")
    assert front.faults == set()


def test_a_change_after_the_approval_is_answered_with_what_and_when(
    play: Play, item: Item, told: Tell
) -> None:
    minutes = actions.write_minutes(
        item=item, text="Rettet bagefter.", version=1, **play.by("secretary", LATER)
    )
    draft = told(on=LATER)
    assert "nej" not in answers(draft)[-2]
    assert "version 2 blev skrevet 20. marts 2026, efter at version 1 var godkendt" in answers(draft)[-2]
    assert not draft.says("Rettet bagefter.")
    actions.release_minutes(item=item, sha256=minutes.sha256, **play.by("chair", LATER))
    signed = told(on=LATER)
    assert answers(signed)[-2] == (
        f"Referater ændret efter godkendelsen: ja, »{item.title}«: version 2 af 20. marts 2026 ændrede dette i"
        " den godkendte version 1: teksten."
    )
    assert signed.says("Rettet bagefter.")
    assert draft.faults == signed.faults == set()


def test_minutes_that_were_altered_in_the_database_are_found(item: Item, told: Tell) -> None:
    Minutes.objects.update(record='{"format":"samspil-minutes-1","text":"Ingenting."}')
    assert told().faults == {"record"}


def test_minutes_that_were_altered_with_a_new_hash_are_found(item: Item, told: Tell) -> None:
    row = Minutes.objects.get()
    other = row.record.replace("Drøftet.", "Afvist.")
    Minutes.objects.update(record=other, sha256=core.sha256(other.encode()))
    assert {"signature", "unknown_version", "unwitnessed"} <= told().faults


def elsewhere(play: Play, approved: bool = True) -> Item:
    """Discussed in another system and entered here afterwards by the project lead."""
    known = {"approved_on": APPROVED, "approved_by": "Mads Formand og Aisha Næstformand"} if approved else {}
    return actions.record_meeting_elsewhere(
        initiative=play.initiative,
        committee=play.cast.committees["local"],
        on=MET,
        outcomes=[actions.NewOutcome("discussed")],
        text="Drøftet hos os selv.",
        **known,
        **play.by("lead", LATER),
    )


def test_a_meeting_that_was_held_elsewhere_is_marked_wherever_it_is_told(play: Play, told: Tell) -> None:
    hall.plan_step(initiative=play.initiative, kind="contract", on=STEP, **play.by("lead"))
    elsewhere(play)
    front = told(on=LATER)
    assert "– heraf hviler 1 på et møde uden for Samspil, der er skrevet ind bagefter" in answers(front)
    assert "– 1 af 1 referat er godkendt, heraf er 1 skrevet ind bagefter" in answers(front)
    entered = "holdt uden for Samspil; skrevet ind af Ingrid Projekt 20. marts 2026"
    stated = "Mads Formand og Aisha Næstformand<br>oplyst af Ingrid Projekt, ikke givet i Samspil"
    (row,) = cells(front)
    assert entered in row[1]
    assert row[4].endswith(stated)
    minutes = front.index.split("SHA-256 af .json-filen")[1].split("</table>")[0]
    assert entered in minutes
    assert "oplyst af Ingrid Projekt, ikke givet i Samspil" in minutes
    assert "Ikke siden det blev skrevet ind" in minutes
    assert front.faults == set()


def test_what_was_entered_is_told_by_the_check_too(play: Play, told: Tell) -> None:
    elsewhere(play)
    (one,) = core.examine(told(on=LATER).data).minutes
    assert one.elsewhere == core.Elsewhere("Ingrid Projekt", "2026-03-20", "Ingrid Projekt")


def test_a_meeting_in_samspil_is_not_marked_as_held_elsewhere(item: Item, told: Tell) -> None:
    front = told(on=STEP)
    assert "uden for Samspil" not in front.index
    assert core.examine(front.data).minutes[0].elsewhere is None


def test_a_step_whose_item_stands_on_an_agenda_before_it_says_so(play: Play, told: Tell) -> None:
    hall.plan_step(initiative=play.initiative, kind="contract", on=STEP, **play.by("lead"))
    item = play.item(meeting=play.meeting(MET))
    actions.place_item(item=item, meeting=play.meeting(date(2026, 2, 20)), **play.by("secretary"))
    front = told()
    assert answers(front)[1].endswith("ikke drøftet endnu; på dagsordenen 20. februar 2026, 40 dage før")
    assert cells(front)[0][1].startswith("på dagsordenen, ikke drøftet endnu<br>20. februar 2026")
    assert "på dagsordenen" not in " ".join(answers(told(on=date(2026, 2, 21)))), "the day has passed"


def test_an_agenda_after_the_step_or_of_another_level_is_no_promise(play: Play, told: Tell) -> None:
    hall.plan_step(initiative=play.initiative, kind="contract", on=MET, **play.by("lead"))
    item = play.item()
    actions.place_item(item=item, meeting=play.meeting(MET), **play.by("secretary"))
    assert told().facts["before_steps"][0]["on_agenda"] == []


def test_minutes_that_wait_for_approval_are_named_by_their_day(play: Play, item: Item, told: Tell) -> None:
    other = play.discussed(date(2026, 3, 11))
    actions.write_minutes(item=other, text="Drøftet igen.", **play.by("secretary", LATER))
    line = "– 1 af 2 referater er godkendt, referatet fra 11. marts 2026 venter på godkendelse"
    assert line in answers(told("secretary", on=LATER))


def test_questions_that_nobody_answered_stand_by_name(play: Play, item: Item, told: Tell) -> None:
    made = told()
    asked = [one["ask"] for one in made.facts["items"][0]["questions"]]
    assert asked
    for ask in asked:
        assert f"<li>{ask} ({item.title})</li>" in made.index


def test_an_item_with_nothing_laid_before_the_committee_has_no_sheet(play: Play, told: Tell) -> None:
    elsewhere(play)
    item = Item.objects.get()
    item.questions.all().delete()
    Item.objects.update(case="")
    made = told(on=LATER)
    assert made.facts["items"][0]["sheet"] == ""
    assert not [name for name in made.files if name.startswith("2 ")]
    assert made.faults == set()


def test_the_files_for_readers_have_their_real_titles_and_no_json_among_them(
    play: Play, item: Item, told: Tell
) -> None:
    Item.objects.update(title="Ændret vagtplan på Åen")
    index = told().index
    readers, programs = index.split('id="files"')[1].split("Til programmer")
    assert ">01 · 2026-02-18 · Ændret vagtplan på Åen · version 1</a>" in readers
    assert ".json" not in readers
    assert ".json" in programs


def test_it_says_from_which_row_the_journal_is_told_and_that_no_head_is_published(
    item: Item, told: Tell
) -> None:
    made = told()
    first = next(iter(chain.read_lines(made.files[core.JOURNAL].decode().splitlines()))).sequence
    last = made.facts["journal"]["head"]["sequence"]
    assert f"{first}–{last} uden huller" in made.index
    assert "Der er ikke offentliggjort nogen række" in made.index


def test_a_step_whose_discussion_waits_for_approval_is_not_counted(play: Play, told: Tell) -> None:
    hall.plan_step(initiative=play.initiative, kind="contract", on=STEP, **play.by("lead"))
    play.discussed(MET)
    lines = answers(told(on=MET))
    assert lines[0].endswith("ved 0 af 1 skridt.")
    assert lines[1].endswith("drøftet før, men referatet er ikke godkendt")


def test_without_any_step_or_minutes_it_says_so(told: Tell) -> None:
    empty = told()
    assert answers(empty)[0].startswith("Intet bindende skridt har en dato endnu")
    assert answers(empty)[1] == "Referater ændret efter godkendelsen: der er ikke godkendt nogen endnu."
    assert empty.faults == set()


# --- every regime ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("regime", "language", "front"),
    [("SU", "da", "1 Overblik.pdf"), ("samverkan", "sv", "1 Oversikt.pdf"), ("MBL", "sv", "1 Oversikt.pdf")],
)
def test_each_regime_gets_its_own_words(
    play_under: Callable[[str], Play], regime: str, language: str, front: str
) -> None:
    there = play_under(regime)
    hall.plan_step(initiative=there.initiative, kind="contract", on=STEP, **there.by("lead"))
    there.meeting(MET)
    there.item()
    made = Told(making.make(reading.read(there.initiative, there.by("employee")["by"], language)).content)
    assert front in made.files
    assert made.faults == set()


def test_an_english_reader_gets_english(item: Item, told: Tell) -> None:
    made = told(language="en", on=STEP)
    assert "1 Overview.pdf" in made.files
    assert answers(made)[1] == "Minutes changed since approval: no."


# --- the package -------------------------------------------------------------------------------------------


def test_the_same_state_gives_the_same_bytes(item: Item, told: Tell) -> None:
    assert told("employee").data == told("lead").data


def test_the_front_is_a_tagged_pdf(item: Item, told: Tell, tmp_path: Path) -> None:
    for name, content in told().files.items():
        if name.endswith(".pdf"):
            path = tmp_path / "one.pdf"
            path.write_bytes(content)
            assert not validate(str(path)).findings, name


class Links(HTMLParser):
    """Where the offline page leads, and what it would fetch."""

    def __init__(self) -> None:
        super().__init__()
        self.leads: list[str] = []
        self.fetches: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        if tag == "a":
            self.leads.append(unquote(known.get("href") or ""))
        self.fetches += [value or "" for name, value in attrs if name in ("src", "srcset", "data")]
        if tag in ("script", "iframe", "object", "link", "form"):
            self.fetches.append(tag)


def test_the_offline_page_fetches_nothing_and_every_link_leads_to_a_file(item: Item, told: Tell) -> None:
    made = told()
    page = Links()
    page.feed(made.index)
    assert page.fetches == []
    assert "url(" not in made.index
    assert "@import" not in made.index
    files = {lead for lead in page.leads if not lead.startswith("#")}
    assert files == set(made.files) - {"index.html"}


def test_text_from_people_is_never_markup(play: Play, item: Item, told: Tell) -> None:
    Initiative.objects.update(title="<script>alert(1)</script>")
    assert "<script" not in told().index


def test_every_zip_program_reads_the_names_alike(item: Item, told: Tell) -> None:
    made = told()
    with zipfile.ZipFile(io.BytesIO(made.data)) as archive:
        assert archive.namelist() == list(made.files)
    assert all(name.isascii() for name in made.files)
    assert "3 Referater/01 2026-02-18 Vagtplanen passer ikke v1.pdf" in made.files


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Æble på øen", "Aeble paa oeen"),
        ("../../etc/passwd", "etc passwd"),
        ("CON: a*b?.pdf", "CON a b.pdf"),
        ("🙂", "x"),
        ("a" * 300, "a" * 60),
        ("Référence №7", "Reference No7"),
    ],
)
def test_a_name_in_letters_that_every_machine_has(text: str, plain: str) -> None:
    from django.utils import translation

    with translation.override("da"):
        assert names.plain(text) == plain
        assert core.is_plain(names.plain(text))


def test_the_archive_is_told_the_case_number_of_the_whole_and_of_each_record(item: Item, told: Tell) -> None:

    Initiative.objects.update(case_number="26/1234")
    known = json.loads(told().files["filing.json"])
    assert (known["kind"], known["case_number"]) == ("dossier", "26/1234")
    assert [(one["kind"], one["case_number"]) for one in known["records"]] == [("minutes", "26/1234")]
    assert known["records"][0]["fingerprint"] == Minutes.objects.get().sha256


def test_ids_in_the_package_tell_no_order_and_are_the_same_every_time(item: Item, told: Tell) -> None:
    facts = told().facts
    assert facts["items"][0]["id"] == reading.id_of(item.ref)
    assert re.fullmatch(
        r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", facts["items"][0]["id"]
    )


# --- the journal -------------------------------------------------------------------------------------------


def test_the_extract_leads_from_the_first_row_about_it_to_the_head(
    play: Play, item: Item, told: Tell
) -> None:
    made = told()
    rows = list(chain.read_lines(made.files[core.JOURNAL].decode().splitlines()))
    every = list(journal.entries(play.cast.organisation))
    assert rows == every[-len(rows) :]
    assert rows[0].thing == play.initiative.ref


def test_it_agrees_with_a_head_that_was_published_before_it_was_made(
    play: Play, item: Item, told: Tell
) -> None:
    head = journal.publish_head(play.cast.organisation, "printed", play.cast.at)
    report = core.examine(told().data)
    assert head in report.published
    assert report.faults == ()


def test_words_are_told_only_of_rows_about_the_initiative(play: Play, item: Item, told: Tell) -> None:
    hall.raise_need(problem="Andet hemmeligt", for_whom="Andre", if_nothing="Intet", **play.by("employee"))
    made = told()
    assert not made.says("Andet hemmeligt")
    assert made.faults == set()


def test_the_overview_in_the_pdf_says_the_same_as_the_page(item: Item, told: Tell) -> None:
    """Both are set from one document, so this looks at the document alone."""
    from django.utils import translation

    from samspil.dialogue.dossier import overview

    made = told()
    with translation.override("da"):
        front = overview.document(made.facts, "da")
    rows = [row for block in front.blocks if isinstance(block, TableBlock) for row in block.table.rows]
    for row in rows:
        for cell in row:
            assert str(cell).partition("\n")[0].replace("'", "&#x27;") in made.index


# --- the schema --------------------------------------------------------------------------------------------

KINDS = {"object": dict, "array": list, "string": str, "integer": int, "boolean": bool}


def faults_of(value: Any, schema: Any, at: str = "$") -> list[str]:
    """What of a value does not fit the part of JSON Schema that ours uses."""
    if schema is True:
        return []
    if "const" in schema or "enum" in schema:
        return [] if value in schema.get("enum", [schema.get("const")]) else [f"{at}: {value!r}"]
    if type(value) is not KINDS[schema["type"]]:
        return [f"{at}: {type(value).__name__}"]
    if "pattern" in schema and not re.search(schema["pattern"], value):
        return [f"{at}: {value!r}"]
    if schema["type"] == "array":
        return [fault for part in value for fault in faults_of(part, schema["items"], f"{at}[]")]
    if schema["type"] != "object":
        return []
    known, others = schema.get("properties", {}), schema["additionalProperties"]
    missing = [f"{at}.{name} is missing" for name in schema.get("required", []) if name not in value]
    unknown = [f"{at}.{name} is unknown" for name in value if name not in known and others is False]
    inside = [
        fault
        for name, part in value.items()
        if name in known or others
        for fault in faults_of(part, known.get(name, others), f"{at}.{name}")
    ]
    return [*missing, *unknown, *inside]


def test_what_programs_read_is_as_the_schema_says(play: Play, item: Item, told: Tell) -> None:
    schema = json.loads((Path(__file__).parents[4] / "docs" / "dossier.schema.json").read_text())
    actions.add_action_point(
        item=item, text="Ring", owner=play.cast.people["steward"], due=LATER, **play.by("secretary")
    )
    assert faults_of(told().facts, schema) == []
    assert faults_of(told().facts | {"language": 7}, schema) == ["$.language: int"]
    assert faults_of({}, schema)


@pytest.mark.both_databases
@pytest.mark.django_db(transaction=True)
def test_all_is_read_in_one_moment() -> None:
    """PostgreSQL shows each question the newest rows unless it is asked to stand still; on SQLite nobody else
    writes while a transaction is open."""
    with reading.one_moment(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SHOW transaction_isolation")
            assert cursor.fetchone() == ("repeatable read",)
        assert connection.in_atomic_block


@pytest.mark.both_databases
def test_a_dossier_is_made_on_either_database(item: Item, told: Tell) -> None:
    assert told().faults == set()
