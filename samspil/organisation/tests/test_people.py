"""People come, are found among forty thousand, get roles and seats, and leave."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from samspil.kit.refusal import ChangedMeanwhile, NotAllowed, Refused
from samspil.organisation import actions, journal, leaving, queries
from samspil.organisation.models import Person, Role, Seat
from tests.cast import Cast

SignIn = Callable[[str], Client]


def add(cast: Cast, at: datetime, **facts: str) -> Person:
    known = {"given_name": "Åse", "family_name": "Østergaard-Lund", "email": "aase@fjordby.example"} | facts
    return actions.add_person(by=cast.viewer("administrator"), at=at, unit=cast.units["workplace"], **known)


def crowd(cast: Cast, number: int) -> None:
    Person.objects.bulk_create(
        [
            Person(organisation=cast.organisation, given_name=f"Anna{n % 97}", family_name=f"Holm{n}")
            for n in range(number)
        ],
        batch_size=2000,
    )


@pytest.mark.parametrize("typed", ["åse", "øster", "lund å", "Å ØST", "åse østergaard-lund"])
def test_somebody_is_found_by_the_beginning_of_any_name(cast: Cast, at: datetime, typed: str) -> None:
    assert add(cast, at) in queries.people(typed)


@pytest.mark.parametrize("typed", ["ase", "gaard", "åse holm", "oster"])
def test_letters_of_their_own_and_ends_of_names_find_nobody(cast: Cast, at: datetime, typed: str) -> None:
    add(cast, at)
    assert list(queries.people(typed)) == []


def test_people_made_in_bulk_are_found_too(cast: Cast) -> None:
    crowd(cast, 3)
    assert queries.people("anna2 holm2").count() == 1


def test_an_address_finds_its_person(cast: Cast, at: datetime) -> None:
    person = add(cast, at)
    assert queries.find_people("AASE@fjordby.example") == [person]


def test_the_search_reads_an_index_and_not_the_people(cast: Cast) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("reads the plan of SQLite")
    with connection.cursor() as cursor:
        sql, values = queries.people("anna holm").order_by().values("pk").query.sql_with_params()
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}", values)
        plan = " ".join(str(row) for row in cursor.fetchall())
    assert "INDEX" in plan


def test_the_list_asks_as_often_at_fifty_people_as_at_five(cast: Cast, sign_in: SignIn) -> None:
    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as caught:
            assert client.get("/fjordby/people/?words=holm").status_code == 200
        return len(caught)

    client = sign_in("employee")
    crowd(cast, 5)
    client.get("/fjordby/people/")
    few = asked()
    crowd(cast, 45)
    assert asked() == few


def test_two_people_do_not_share_an_address(cast: Cast, at: datetime) -> None:
    add(cast, at)
    with pytest.raises(Refused) as refusal:
        add(cast, at, given_name="Åge")
    assert refusal.value.field == "email"


def test_an_employee_adds_nobody(cast: Cast, at: datetime) -> None:
    with pytest.raises(NotAllowed):
        actions.add_person(given_name="X", by=cast.viewer("employee"), at=at)


def test_two_administrators_see_both_texts(cast: Cast, at: datetime) -> None:
    person, by = add(cast, at), cast.viewer("administrator")
    actions.change_person(person=person, version=1, given_name="Aase", by=by, at=at)
    with pytest.raises(ChangedMeanwhile) as fault:
        actions.change_person(person=person, version=1, given_name="Åsa", by=by, at=at)
    assert "Aase" in fault.value.theirs
    assert "Åsa" in fault.value.yours


def test_whoever_leaves_loses_roles_and_seats_and_cannot_come_in(cast: Cast, at: datetime) -> None:
    chair, by = cast.people["chair"], cast.viewer("administrator")
    actions.give_role(
        person=chair, kind="director", unit=None, since=by.today + timedelta(days=9), by=by, at=at
    )
    actions.person_leaves(person=chair, on=by.today, by=by, at=at)
    assert set(Seat.objects.filter(person=chair).values_list("until", flat=True)) == {by.today}
    assert not Role.objects.filter(person=chair).exists()
    assert chair not in queries.people()
    assert chair in queries.people(gone=True)


def test_who_has_left_is_a_stranger(cast: Cast, at: datetime, sign_in: SignIn) -> None:
    by = cast.viewer("administrator")
    actions.person_leaves(person=cast.people["employee"], on=by.today, by=by, at=at)
    assert sign_in("employee").get("/fjordby/people/").status_code == 404


def test_the_last_administrator_stays(cast: Cast, at: datetime) -> None:
    by, last = cast.viewer("administrator"), cast.people["administrator"]
    role = Role.objects.get(kind="administrator")
    for leave in (
        lambda: actions.person_leaves(person=last, on=by.today, by=by, at=at),
        lambda: actions.end_role(role=role, on=by.today, by=by, at=at),
        lambda: actions.erase_person(person=last, by=by, at=at),
    ):
        with pytest.raises(Refused) as refusal:
            leave()
        assert refusal.value.sentence == leaving.LAST_ADMINISTRATOR


def test_a_role_is_given_and_ended(cast: Cast, at: datetime) -> None:
    by, employee = cast.viewer("administrator"), cast.people["employee"]
    role = actions.give_role(person=employee, kind="project_lead", unit=None, since=by.today, by=by, at=at)
    assert cast.viewer("employee").has_role("project_lead")
    with pytest.raises(Refused):
        actions.give_role(person=employee, kind="project_lead", unit=None, since=by.today, by=by, at=at)
    actions.end_role(role=role, on=by.today, by=by, at=at)
    assert not cast.viewer("employee", at + timedelta(days=1)).has_role("project_lead")


def test_a_line_manager_leads_a_unit(cast: Cast, at: datetime) -> None:
    by = cast.viewer("administrator")
    with pytest.raises(Refused) as refusal:
        actions.give_role(
            person=cast.people["employee"], kind="line_manager", unit=None, since=by.today, by=by, at=at
        )
    assert refusal.value.field == "unit"


def test_a_seat_is_given_once_and_ended(cast: Cast, at: datetime) -> None:
    by, employee, local = cast.viewer("administrator"), cast.people["employee"], cast.committees["local"]
    facts = {"person": employee, "committee": local, "side": "staff", "since": by.today, "by": by, "at": at}
    seat = actions.give_seat(**facts, union=cast.unions["A"], safety_rep=True)
    with pytest.raises(Refused):
        actions.give_seat(**facts)
    with pytest.raises(Refused):
        actions.end_seat(seat=seat, on=date(2020, 1, 1), by=by, at=at)
    actions.end_seat(seat=seat, on=by.today, by=by, at=at)
    assert Seat.objects.get(pk=seat.pk).until == by.today


def test_a_substitute_sits_in_the_same_committee(cast: Cast, at: datetime) -> None:
    by = cast.viewer("administrator")
    elsewhere = Seat.objects.filter(committee=cast.committees["main"]).first()
    with pytest.raises(Refused) as refusal:
        actions.give_seat(
            person=cast.people["employee"],
            committee=cast.committees["local"],
            side="staff",
            substitute_for=elsewhere,
            since=by.today,
            by=by,
            at=at,
        )
    assert refusal.value.field == "substitute_for"


@pytest.mark.parametrize(
    ("who", "sees"), [("steward", True), ("administrator", True), ("auditor", False), ("employee", False)]
)
def test_an_address_is_seen_in_the_committee_and_by_administrators(
    cast: Cast, sign_in: SignIn, who: str, sees: bool
) -> None:
    page = sign_in(who).get(f"/fjordby/people/{cast.people['chair'].ref}/").content.decode()
    assert ("chair@fjordby.example" in page) is sees
    assert "Mads Formand" in page


def test_everyone_sees_their_own_address(cast: Cast, sign_in: SignIn) -> None:
    page = sign_in("employee").get(f"/fjordby/people/{cast.people['employee'].ref}/").content.decode()
    assert "employee@fjordby.example" in page


def test_a_guest_does_not_leaf_through_the_people(cast: Cast, sign_in: SignIn) -> None:
    assert sign_in("guest").get("/fjordby/people/").status_code == 403


def test_every_action_leaves_a_row_and_the_chain_is_whole(cast: Cast, at: datetime) -> None:
    by, person = cast.viewer("administrator"), add(cast, at)
    actions.change_person(person=person, version=1, given_name="Aase", by=by, at=at)
    actions.person_leaves(person=person, on=by.today, by=by, at=at)
    verbs = [entry.verb for entry in journal.entries(cast.organisation)]
    assert verbs == ["organisation.person_added", "organisation.person_changed", "organisation.person_left"]
    assert journal.verify(cast.organisation) == []
