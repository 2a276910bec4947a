"""A list is brought, looked at, and taken over as a whole: through the pages and through the actions."""

import io
import json
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from python_calamine import CalamineWorkbook

from samspil.core.organisation_sheets import KINDS, ORDER
from samspil.kit.models import Blob
from samspil.kit.refusal import NotAllowed, Refused
from samspil.kit.sheets.reader import NoTable
from samspil.organisation import actions as house
from samspil.organisation import journal
from samspil.organisation.lists import actions, waiting
from samspil.organisation.models import (
    AudienceGroup,
    Committee,
    File,
    JournalRow,
    JournalWords,
    Person,
    Role,
    Seat,
    Union,
    Unit,
    WaitingList,
)
from samspil.organisation.scope import scope
from samspil.organisation.viewer import Viewer
from tests.cast import AT, Cast, gather
from tests.lists import town

SignIn = Callable[[str], Client]
Sheets = dict[str, list[dict[str, Any]]]


def bring(sheets: Sheets, by: Viewer, at: datetime = AT) -> WaitingList:
    return actions.bring_list(files=[("by.json", town.as_json(sheets))], by=by, at=at)


def take_over(sheets: Sheets, by: Viewer, at: datetime = AT, **more: Any) -> actions.TakenOver:
    waits = bring(sheets, by, at)
    seen = actions.plan_of(waiting.tables(waits), by).fingerprint
    return actions.take_over_list(waiting_list=waits, seen=seen, by=by, at=at, **more)


def counts() -> dict[str, int]:
    kinds = (Unit, Person, Union, Committee, Seat, AudienceGroup)
    return {kind.__name__: kind.objects.count() for kind in kinds}


SMALL = town.town(people=40, locals_=5)


# --- taking over --------------------------------------------------------------------------------------------


def test_everything_in_the_file_is_there_afterwards(cast: Cast, at: datetime) -> None:
    before = counts()
    done = take_over(SMALL, cast.viewer("administrator"), at)
    after = counts()
    assert after["Person"] - before["Person"] == 40
    assert after["Unit"] - before["Unit"] == 11  # the municipality itself is there already, under its name
    assert after["Seat"] - before["Seat"] == len(SMALL["seats"])
    assert (done.changed, done.left) == (1, 0)
    person = Person.objects.get(key="10003")
    assert (str(person), str(person.unit), person.found_as) == (
        "Øjvind Prøvesen3",
        "Arbejdsplads 3",
        " prøvesen3 øjvind",
    )
    seat = Seat.objects.get(committee__name="Hoved-MED", person__key="10001")
    assert (seat.kind, seat.side, str(seat.union), seat.since) == (
        "vice_chair",
        "staff",
        "FOA",
        date(2026, 1, 1),
    )
    local = Committee.objects.get(name="Lokal-MED 4")
    assert (str(local.parent), str(local.unit), local.level) == ("Område-MED 4", "Arbejdsplads 4", "local")
    assert str(Union.objects.get(name="HK").election_group.name) == "Valggruppe 2"


def test_the_same_file_once_more_changes_nothing(cast: Cast, at: datetime) -> None:
    by = cast.viewer("administrator")
    take_over(SMALL, by, at)
    plan = actions.plan_of(waiting.tables(bring(SMALL, by, at)), by)
    assert not plan.faults
    assert not plan.changes_anything
    assert plan.unchanged == {kind: len(SMALL[kind]) for kind in ORDER}


def test_only_what_differs_is_written(cast: Cast, at: datetime) -> None:
    by = cast.viewer("administrator")
    take_over(SMALL, by, at)
    versions = dict(Person.objects.values_list("key", "version"))
    people = [dict(row) for row in SMALL["people"]]
    people[5] |= {"family_name": "Åkær", "unit": "12"}
    done = take_over({"people": people}, by, at)
    assert (done.new, done.changed) == (0, 1)
    person = Person.objects.get(key=people[5]["key"])
    assert (person.found_as, str(person.unit)) == (" åkær anne", "Område 2")
    changed = {
        key for key, version in Person.objects.values_list("key", "version") if version != versions[key]
    }
    assert changed == {person.key}


def test_the_journal_has_one_row_with_numbers_and_no_names(cast: Cast, at: datetime) -> None:
    waits = bring(SMALL, cast.viewer("administrator"), at)
    rows = JournalRow.objects.count()
    plan = actions.plan_of(waiting.tables(waits), cast.viewer("administrator"))
    actions.take_over_list(waiting_list=waits, seen=plan.fingerprint, by=cast.viewer("administrator"), at=at)
    assert JournalRow.objects.count() == rows + 1
    said = JournalWords.objects.latest("pk").facts
    assert said["kinds"]["people"] == [40, 0, 0]
    assert "Prøvesen" not in json.dumps(said, ensure_ascii=False)
    assert journal.verify(cast.organisation) == []


def test_the_file_goes_when_it_has_been_taken_over(cast: Cast, at: datetime) -> None:
    take_over(SMALL, cast.viewer("administrator"), at)
    assert not WaitingList.objects.exists()
    assert not File.objects.exists()
    assert not Blob.objects.exists()


def test_a_seat_can_stand_in_for_a_seat_of_the_same_file(cast: Cast, at: datetime) -> None:
    seats = [
        {"committee": "Udvalg local", "person": "nina@x.dk", "side": "staff", "substitute_for": "otto@x.dk"},
        {"committee": "Udvalg local", "person": "otto@x.dk", "side": "staff", "substitute_for": None},
    ]
    people = [{"email": "nina@x.dk", "given_name": "Nina"}, {"email": "otto@x.dk", "given_name": "Otto"}]
    take_over({"people": people, "seats": seats}, cast.viewer("administrator"), at)
    assert Seat.objects.get(person__email="nina@x.dk").substitute_for.person.email == "otto@x.dk"


def test_line_managers_and_other_roles_come_with_the_list(cast: Cast, at: datetime) -> None:
    by = cast.viewer("administrator")
    take_over(SMALL, by, at)
    role = Role.objects.get(person__key="10003", kind="line_manager")
    assert (str(role.unit), role.since, role.until) == ("Område 2", date(2026, 1, 1), None)
    rows = [dict(row) for row in SMALL["roles"]]
    rows[3] |= {"until": "2026-06-30"}
    assert take_over({"roles": rows}, by, at).changed == 1
    role.refresh_from_db()
    assert role.until == date(2026, 6, 30)


def test_nobody_becomes_an_administrator_by_a_list(cast: Cast, at: datetime) -> None:
    by = cast.viewer("administrator")
    rows = {"roles": [{"person": cast.people["employee"].email, "kind": "administrator"}]}
    found = actions.plan_of(waiting.tables(bring(rows, by, at)), by)
    assert [one.reason for one in found.faults] == ["not_a_choice"]
    rows = {"roles": [{"person": cast.people["employee"].email, "kind": "auditor"}]}
    found = actions.plan_of(waiting.tables(bring(rows, by, at)), by)
    missed = {(one.label, one.what) for one in found.gone["roles"]}
    assert ("Rune Revisor: Fjordby Kommune", "auditor") in missed
    assert not any(what == "administrator" for _label, what in missed)


def test_units_committees_seats_and_roles_that_are_not_in_the_file_are_listed_and_stay(
    cast: Cast, at: datetime, sign_in: SignIn
) -> None:
    by = cast.viewer("administrator")
    with scope(cast.organisation):
        take_over(SMALL, by, at)
        waits = bring(SMALL, by, at)
        before = counts()
    page = sign_in("administrator").get(f"/fjordby/organisation/lists/{waits.ref}/")
    shown = page.content.decode()
    assert page.context["nothing"] is False  # the cast's people are not in the file either
    for name in (
        "Digitalisering og it",
        "Udvalg local",
        "Udvalg local: Tove Tillidsvalgt",
        "Bo Leder: Ældre og Sundhed (leder i linjen)",
    ):
        assert f"<li>{name}</li>" in shown
    with scope(cast.organisation):
        assert counts() == before


def test_what_is_missing_is_listed_though_there_is_nothing_to_take_over(
    cast: Cast, at: datetime, sign_in: SignIn
) -> None:
    with scope(cast.organisation):
        waits = bring({"units": [{"name": "Fjordby Kommune"}]}, cast.viewer("administrator"), at)
    page = sign_in("administrator").get(f"/fjordby/organisation/lists/{waits.ref}/")
    assert page.context["nothing"]
    assert "<li>Hjemmeplejen Nord</li>" in page.content.decode()


# --- all or nothing -----------------------------------------------------------------------------------------

TWELVE: Sheets = {
    "units": [
        {"key": "1", "name": None, "parent": None, "headcount": 3},
        {"key": "2", "name": "Nord", "parent": None, "headcount": "mange"},
        {"key": "2", "name": "Syd", "parent": None, "headcount": 1},
    ],
    "people": [
        {"key": "7", "email": "ikke en adresse", "given_name": "Anna", "unit": None},
        {"key": None, "email": None, "given_name": "Bo", "unit": "Nord / Intet"},
        {"key": "8", "email": "c@d.dk", "given_name": "C" * 101, "unit": None},
    ],
    "committees": [{"name": "Lokal", "level": "lokal", "parent": "Intet"}],
    "seats": [
        {
            "committee": "Lokal",
            "person": "x@y.dk",
            "side": "tredje",
            "steward": "måske",
            "since": "31. marts",
        },
    ],
}
PLACES = [
    ("Enheder", 1, "Navn", "empty"),
    ("Enheder", 2, "Antal medarbejdere", "not_a_number"),
    ("Enheder", 3, "Nøgle", "twice"),
    ("Personer", 1, "E-mail", "not_an_email"),
    ("Personer", 2, "E-mail", "no_key"),
    ("Personer", 2, "Enhed", "unknown_unit"),
    ("Personer", 3, "Fornavn", "too_long"),
    ("Pladser", 1, "Første dag", "not_a_day"),
    ("Pladser", 1, "Person", "unknown_person"),
    ("Pladser", 1, "Side", "not_a_choice"),
    ("Pladser", 1, "Tillidsrepræsentant", "not_yes_or_no"),
    ("Udvalg", 1, "Udvalget over", "unknown_committee"),
]


def test_twelve_faults_are_all_listed_with_its_place_and_nothing_changes(
    cast: Cast, at: datetime, sign_in: SignIn
) -> None:
    before, by = counts(), cast.viewer("administrator")
    waits = bring(TWELVE, by, at)
    plan = actions.plan_of(waiting.tables(waits), by)
    assert sorted((one.sheet, one.row, one.column, one.reason) for one in plan.faults) == sorted(PLACES)
    assert len({one.reason for one in plan.faults}) == len(plan.faults) == 12
    with pytest.raises(Refused):
        actions.take_over_list(waiting_list=waits, seen=plan.fingerprint, by=by, at=at)
    assert counts() == before
    client = sign_in("administrator")
    client.cookies["django_language"] = "en"
    page = client.get(f"/fjordby/organisation/lists/{waits.ref}/")
    assert [(row["sheet"], row["row"], row["column"]) for row in page.context["faults"]] == [
        (one.sheet, one.row, one.column) for one in plan.faults
    ]
    words = page.content.decode()
    assert "12 faults. Nothing was changed." in words
    assert "“mange” is not a whole number." in words
    assert "Take over" not in words


def test_what_changed_meanwhile_is_shown_anew(cast: Cast, at: datetime, sign_in: SignIn) -> None:
    by = cast.viewer("administrator")
    rows = [{"email": "employee@fjordby.example", "given_name": "Erik", "title": "teamleder"}]
    waits = bring({"people": rows}, by, at)
    client = sign_in("administrator")
    client.cookies["django_language"] = "en"
    path = f"/fjordby/organisation/lists/{waits.ref}/"
    seen = client.get(path).context["form"].initial["seen"]
    erik = cast.people["employee"]
    house.change_person(
        person=erik, version=1, given_name="Erik", title="vikar", email=erik.email, by=by, at=at
    )
    page = client.post(f"{path}take-over/", {"seen": seen})
    assert "Look again" in page.content.decode()
    assert "vikar → <strong>teamleder</strong>" in page.content.decode()
    assert Person.objects.get(pk=erik.pk).title == "vikar"
    seen = page.context["form"].initial["seen"]
    assert client.post(f"{path}take-over/", {"seen": seen}).status_code == 302
    assert Person.objects.get(pk=erik.pk).title == "teamleder"


def test_a_failure_in_the_middle_leaves_nothing(
    cast: Cast, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    by, before = cast.viewer("administrator"), counts()
    waits = bring(SMALL, by, at)
    seen = actions.plan_of(waiting.tables(waits), by).fingerprint

    def fails(*_args: object, **_facts: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(journal, "append", fails)
    with pytest.raises(OSError, match="disk"):
        actions.take_over_list(waiting_list=waits, seen=seen, by=by, at=at)
    assert counts() == before
    assert WaitingList.objects.exists()


def test_a_list_is_taken_over_once(cast: Cast, at: datetime) -> None:
    by = cast.viewer("administrator")
    waits = bring({"groups": SMALL["groups"]}, by, at)
    seen = actions.plan_of(waiting.tables(waits), by).fingerprint
    again = WaitingList.objects.get(pk=waits.pk)
    tables = waiting.tables(again)
    actions.take_over_list(waiting_list=waits, seen=seen, by=by, at=at)
    with pytest.raises(Refused):
        actions._take_over(again, tables, seen, (), by.today, by, at)


# --- who leaves ---------------------------------------------------------------------------------------------


def _without(cast: Cast, *who: str) -> Sheets:
    people = [one for name, one in cast.people.items() if name not in (*who, "guest")]
    return {"people": [{"email": one.email, "given_name": one.given_name} for one in people]}


def test_nobody_leaves_unless_somebody_says_so(cast: Cast, at: datetime) -> None:
    by = cast.viewer("administrator")
    done = take_over(_without(cast, "chair", "owner"), by, at)
    assert done.left == 0
    assert not Person.objects.exclude(left_on=None).exists()


def test_who_is_ticked_leaves_and_what_they_had_waits(cast: Cast, at: datetime, sign_in: SignIn) -> None:
    client = sign_in("administrator")
    client.cookies["django_language"] = "en"
    waits = bring(_without(cast, "chair", "owner"), cast.viewer("administrator"), at)
    path = f"/fjordby/organisation/lists/{waits.ref}/"
    form = client.get(path).context["form"]
    offered = {ref for ref, _words in form.fields["leavers"].choices}
    assert offered == {cast.people["chair"].ref, cast.people["owner"].ref}
    answer = client.post(
        f"{path}take-over/",
        {"seen": form.initial["seen"], "leavers": [cast.people["chair"].ref], "left_on": "2026-01-31"},
        follow=True,
    )
    assert Person.objects.get(pk=cast.people["chair"].pk).left_on == date(2026, 1, 31)
    assert Person.objects.get(pk=cast.people["owner"].pk).left_on is None
    page = answer.content.decode()
    assert "Mads Formand" in page
    assert "Udvalg local, chair" in page


def test_only_those_who_are_missing_can_leave(cast: Cast, at: datetime) -> None:
    by, people = cast.viewer("administrator"), _without(cast, "chair")
    with pytest.raises(Refused) as refusal:
        take_over(people, by, at, leavers=[cast.people["owner"]])
    assert refusal.value.field == "leavers"
    with pytest.raises(Refused) as refusal:
        take_over(people, by, at, leavers=[cast.people["chair"]], left_on=by.today + timedelta(days=1))
    assert refusal.value.field == "on"
    assert not Person.objects.exclude(left_on=None).exists()


def test_the_last_administrator_stays(cast: Cast, at: datetime) -> None:
    by = cast.viewer("administrator")
    with pytest.raises(Refused):
        take_over(_without(cast, "administrator"), by, at, leavers=[cast.people["administrator"]])


# --- bringing and throwing away -----------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["by.xlsx", "by.json", "by.zip", "several"])
def test_each_format_says_the_same(cast: Cast, at: datetime, name: str) -> None:
    by = cast.viewer("administrator")
    files = {
        "by.xlsx": [("by.xlsx", town.as_xlsx(SMALL, "sv"))],
        "by.json": [("by.json", town.as_json(SMALL, "en"))],
        "by.zip": [("by.zip", town.as_zip(SMALL))],
        "several": [(f"{town.name_of(kind)}.csv", town.as_csv(kind, rows)) for kind, rows in SMALL.items()],
    }[name]
    waits = actions.bring_list(files=files, by=by, at=at)
    plan = actions.plan_of(waiting.tables(waits), by)
    assert not plan.faults
    assert {kind: len(plan.new[kind]) + len(plan.changed[kind]) for kind in ORDER} == {
        kind: len(rows) for kind, rows in SMALL.items()
    }


def test_a_list_that_is_thrown_away_leaves_no_file(cast: Cast, at: datetime) -> None:
    by = cast.viewer("administrator")
    waits = bring(SMALL, by, at)
    actions.throw_away_list(waiting_list=waits, by=by, at=at)
    assert not File.objects.exists()
    assert not Blob.objects.exists()
    with pytest.raises(Refused):
        actions.throw_away_list(waiting_list=waits, by=by, at=at)


def test_a_file_that_another_record_has_too_keeps_its_content(cast: Cast, at: datetime) -> None:
    by = cast.viewer("administrator")
    first, second = bring(SMALL, by, at), bring(SMALL, by, at)
    actions.throw_away_list(waiting_list=first, by=by, at=at)
    assert waiting.tables(second)


def test_what_has_waited_for_a_month_goes(cast: Cast, at: datetime) -> None:
    bring(SMALL, cast.viewer("administrator"), at)
    waiting.tidy_daily(cast.organisation, at + timedelta(days=30))
    assert WaitingList.objects.exists()
    waiting.tidy_daily(cast.organisation, at + timedelta(days=31, minutes=1))
    assert not WaitingList.objects.exists()
    assert not Blob.objects.exists()


def test_whoever_is_erased_is_in_no_list_that_waits(cast: Cast, at: datetime) -> None:
    by = cast.viewer("administrator")
    bring(_without(cast), by, at)
    house.erase_person(person=cast.people["employee"], by=by, at=at)
    assert not WaitingList.objects.exists()
    assert not Blob.objects.exists()


def test_a_file_that_is_none_is_refused_and_not_kept(cast: Cast, at: datetime, sign_in: SignIn) -> None:
    with pytest.raises(NoTable):
        actions.bring_list(files=[("by.json", b"[")], by=cast.viewer("administrator"), at=at)
    client = sign_in("administrator")
    client.cookies["django_language"] = "en"
    for name, data in (("by.xlsx", b"PK\x03\x04"), ("by.pdf", b"%PDF-1.4 %%EOF"), ("by.csv", b"\x00")):
        page = client.post("/fjordby/organisation/lists/", {"files": SimpleUploadedFile(name, data)})
        assert page.status_code == 200
        assert page.context["form"].errors["files"], name
    assert not WaitingList.objects.exists()


def test_one_page_leads_to_the_next(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in("administrator")
    client.cookies["django_language"] = "en"
    assert "/fjordby/organisation/lists/" in client.get("/fjordby/organisation/").content.decode()
    file = SimpleUploadedFile("by.xlsx", town.as_xlsx(SMALL))
    answer = client.post("/fjordby/organisation/lists/", {"files": [file]}, follow=True)
    form = answer.context["form"]
    path = answer.request["PATH_INFO"]
    for words in ("by.xlsx", "Personer", "People", "Anne Prøvesen0"):
        assert words in answer.content.decode() or words == "Personer"
    assert path in client.get("/fjordby/organisation/lists/").content.decode()
    done = client.post(f"{path}take-over/", {"seen": form.initial["seen"]}, follow=True)
    assert "The list is taken over" in done.content.decode()


def test_what_stands_in_a_file_stays_text(cast: Cast, sign_in: SignIn) -> None:
    client, by = sign_in("administrator"), cast.viewer("administrator")
    hostile = "<script>alert(1)</script>"
    for kind in ("borgere", hostile):
        waits = bring({"groups": [{"name": hostile, "kind": kind}]}, by)
        page = client.get(f"/fjordby/organisation/lists/{waits.ref}/").content.decode()
        assert hostile not in page
        assert "&lt;script&gt;" in page


def test_looking_asks_as_many_questions_however_long_the_list_is(cast: Cast, sign_in: SignIn) -> None:
    client, by = sign_in("administrator"), cast.viewer("administrator")

    def asked(people: int) -> int:
        waits = bring(town.town(people=people, locals_=people // 4), by)
        path = f"/fjordby/organisation/lists/{waits.ref}/"
        client.get(path)
        with CaptureQueriesContext(connection) as queries:
            client.get(path)
        return len(queries)

    assert asked(20) == asked(200)


def test_only_administrators_bring_lists(cast: Cast, at: datetime, sign_in: SignIn) -> None:
    waits = bring(SMALL, cast.viewer("administrator"), at)
    for who in ("employee", "director", "auditor", "lead"):
        with pytest.raises(NotAllowed):
            bring(SMALL, cast.viewer(who), at)
        for path in ("", f"{waits.ref}/", "template/xlsx/"):
            assert sign_in(who).get(f"/fjordby/organisation/lists/{path}").status_code == 403


def test_a_list_of_another_organisation_is_not_there(cast: Cast, at: datetime, sign_in: SignIn) -> None:
    other = gather("sjovik", "samverkan")
    with scope(other.organisation):
        waits = bring(SMALL, other.viewer("administrator"), at)
    assert sign_in("administrator").get(f"/fjordby/organisation/lists/{waits.ref}/").status_code == 404


# --- the template -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["da", "sv", "en"])
def test_the_template_is_understood_and_its_examples_are_never_taken_over(
    cast: Cast, at: datetime, sign_in: SignIn, language: str
) -> None:
    client = sign_in("administrator")
    client.cookies["django_language"] = language
    by = cast.viewer("administrator")
    for ending in ("xlsx", "json"):
        answer = client.get(f"/fjordby/organisation/lists/template/{ending}/")
        waits = actions.bring_list(files=[(f"by.{ending}", answer.content)], by=by, at=at)
        plan = actions.plan_of(waiting.tables(waits), by)
        assert [one.reason for one in plan.faults] == ["no_lines"]
        assert (plan.examples, plan.changes_anything) == (sum(len(kind.examples) for kind in KINDS), False)
    for kind in KINDS:
        answer = client.get(f"/fjordby/organisation/lists/template/csv-{kind.key}/")
        waits = actions.bring_list(files=[("noget.csv", answer.content)], by=by, at=at)
        plan = actions.plan_of(waiting.tables(waits), by)
        assert [one.reason for one in plan.faults] == ["no_lines"], kind.key


@pytest.mark.parametrize("language", ["da", "sv", "en"])
def test_examples_without_their_mark_would_be_lines_without_a_fault_in_them(
    cast: Cast, at: datetime, sign_in: SignIn, language: str
) -> None:
    """They show what can really be written: only what they lead to outside of them may be missing."""
    client = sign_in("administrator")
    client.cookies["django_language"] = language
    found = json.loads(client.get("/fjordby/organisation/lists/template/json/").content)
    for rows in found.values():
        for row in rows:
            first = next(iter(row))
            row[first] = row[first].split(": ", 1)[1]
    waits = actions.bring_list(
        files=[("by.json", json.dumps(found).encode())], by=cast.viewer("administrator"), at=at
    )
    plan = actions.plan_of(waiting.tables(waits), cast.viewer("administrator"))
    assert {one.reason for one in plan.faults} <= {"unknown_committee"}


def test_the_template_explains_itself(sign_in: SignIn) -> None:
    client = sign_in("administrator")
    client.cookies["django_language"] = "da"
    data = client.get("/fjordby/organisation/lists/template/xlsx/").content
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    assert book.sheet_names == [*(kind.names["da"] for kind in KINDS), "Vejledning"]
    assert client.get("/fjordby/organisation/lists/template/doc/").status_code == 404


# --- whatever a list says, twice is once --------------------------------------------------------------------

names = st.text("ABCÆØåéß -'", min_size=1, max_size=6).map(lambda text: f"N{text.strip()}")
keys = st.integers(1, 8).map(str)
people = st.lists(
    st.fixed_dictionaries(
        {
            "key": st.one_of(st.none(), keys),
            "email": st.one_of(st.none(), keys.map(lambda key: f"p{key}@x.dk")),
            "given_name": names,
            "unit": st.one_of(st.none(), st.sampled_from(["1", "2", "Fjordby Kommune", "Ældre og Sundhed"])),
        }
    ),
    max_size=6,
)
units = st.lists(
    st.fixed_dictionaries(
        {"key": st.one_of(st.none(), keys), "name": names, "parent": st.one_of(st.none(), keys, names)}
    ),
    max_size=5,
)
groups = st.lists(
    st.fixed_dictionaries(
        {"name": names, "kind": st.sampled_from(["borgere", "föreningar"]), "size": st.integers(0, 9)}
    ),
    max_size=3,
)


class TwiceIsOnce(TestCase):
    @settings(max_examples=60)
    @given(st.fixed_dictionaries({"units": units, "people": people, "groups": groups}))
    def test_taking_over_twice_is_taking_over_once(self, sheets: Sheets) -> None:
        cast = gather("fjordby", "MED")
        with scope(cast.organisation):
            by, before = cast.viewer("administrator"), counts()
            plan = actions.plan_of(waiting.tables(bring(sheets, by)), by)
            if plan.faults:
                with pytest.raises(Refused):
                    take_over(sheets, by)
                assert counts() == before
                return
            take_over(sheets, by)
            once = counts()
            again = actions.plan_of(waiting.tables(bring(sheets, by)), by)
            assert (again.faults, again.changes_anything) == ((), False)
            take_over(sheets, by)
            assert counts() == once
            assert Role.objects.count() == 8
