"""What administrators put in order when an organisation changes: units, committees, unions, and what leavers had."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from samspil.kit.refusal import ChangedMeanwhile, Refused
from samspil.organisation import actions, handover, queries
from samspil.organisation.models import Committee, ElectionGroup, Person, ProcedureRules, Role, Seat, Unit
from tests.cast import Cast

SignIn = Callable[[str], Client]
Does = dict[str, Any]


@pytest.fixture
def does(cast: Cast, at: datetime) -> Does:
    return {"by": cast.viewer("administrator"), "at": at}


# --- units --------------------------------------------------------------------------------------------------


def test_a_unit_is_renamed_and_moved_with_what_lies_below_it(cast: Cast, does: Does) -> None:
    area, it = cast.units["area"], cast.units["it"]
    actions.change_unit(unit=area, version=1, name="Velfærd", parent=it, headcount=7, key=" V1 ", **does)
    names = [branch.unit.name for branch in queries.walk(queries.unit_tree(date(2026, 2, 1)))]
    assert names == ["Fjordby Kommune", "Digitalisering og it", "Velfærd", "Hjemmeplejen Nord"]
    kept = Unit.objects.get(pk=area.pk)
    assert (kept.key, kept.headcount, kept.version) == ("V1", 7, 2)


def test_a_unit_does_not_lie_below_itself(cast: Cast, does: Does) -> None:
    for parent in ("area", "workplace"):
        with pytest.raises(Refused) as refusal:
            actions.change_unit(
                unit=cast.units["area"], version=1, name="X", parent=cast.units[parent], **does
            )
        assert refusal.value.field == "parent"


def test_two_units_do_not_share_a_name_in_one_place_or_a_key(cast: Cast, does: Does) -> None:
    area, it, whole = cast.units["area"], cast.units["it"], cast.units["whole"]
    actions.change_unit(unit=it, version=1, name=it.name, parent=whole, key="7", **does)
    with pytest.raises(Refused) as refusal:
        actions.change_unit(unit=area, version=1, name=it.name.upper(), parent=whole, **does)
    assert refusal.value.field == "name"
    with pytest.raises(Refused) as refusal:
        actions.change_unit(unit=area, version=1, name=area.name, parent=whole, key="7", **does)
    assert refusal.value.field == "key"


def test_two_administrators_do_not_overwrite_a_unit(cast: Cast, does: Does) -> None:
    facts: Does = {"unit": cast.units["it"], "version": 1, "parent": cast.units["whole"], **does}
    actions.change_unit(name="It", **facts)
    with pytest.raises(ChangedMeanwhile):
        actions.change_unit(name="Digitalisering", **facts)


def test_a_unit_closes_when_nothing_hangs_on_it_any_more(cast: Cast, does: Does, at: datetime) -> None:
    workplace, today = cast.units["workplace"], at.date()
    for unit in ("area", "workplace"):
        with pytest.raises(Refused):
            actions.close_unit(unit=cast.units[unit], on=today, **does)
    Person.objects.filter(unit=workplace).update(unit=cast.units["area"])
    with pytest.raises(Refused):
        actions.close_unit(unit=workplace, on=today, **does)  # the committee is still there
    Committee.objects.filter(unit=workplace).update(unit=cast.units["area"])
    with pytest.raises(Refused):
        actions.close_unit(unit=workplace, on=today, **does)  # and its manager
    Role.objects.filter(unit=workplace).update(until=today - timedelta(days=1))
    with pytest.raises(Refused) as refusal:
        actions.close_unit(unit=workplace, on=today + timedelta(days=1), **does)
    assert refusal.value.field == "on"
    actions.close_unit(unit=workplace, on=today, **does)
    assert workplace not in [unit for unit, _depth in queries.units_in_order()]
    assert workplace not in [branch.unit for branch in queries.walk(queries.unit_tree(today))]
    with pytest.raises(Refused):
        actions.close_unit(unit=workplace, on=today, **does)
    actions.add_unit(name=workplace.name, parent=cast.units["area"], **does)  # the name is free again


# --- committees and unions ----------------------------------------------------------------------------------


def test_a_committee_gets_another_name_level_place_and_unit(cast: Cast, does: Does) -> None:
    local = cast.committees["local"]
    actions.change_committee(
        committee=local,
        version=1,
        name="LokalMED Nord",
        level="area",
        parent=cast.committees["main"],
        unit=cast.units["it"],
        staff_meeting=True,
        **does,
    )
    kept = Committee.objects.get(pk=local.pk)
    assert (kept.name, kept.level, kept.parent, kept.unit, kept.staff_meeting) == (
        "LokalMED Nord",
        "area",
        cast.committees["main"],
        cast.units["it"],
        True,
    )
    with pytest.raises(ChangedMeanwhile):
        actions.change_committee(committee=local, version=1, name="Andet", level="local", **does)


def test_a_committee_does_not_lie_below_itself_or_take_anothers_name(cast: Cast, does: Does) -> None:
    main = cast.committees["main"]
    with pytest.raises(Refused) as refusal:
        actions.change_committee(
            committee=main, version=1, name="X", level="main", parent=cast.committees["local"], **does
        )
    assert refusal.value.field == "parent"
    with pytest.raises(Refused) as refusal:
        actions.change_committee(committee=main, version=1, name="udvalg LOCAL", level="main", **does)
    assert refusal.value.field == "name"


def test_a_committees_own_rules_hold_for_it_alone(cast: Cast, does: Does, sign_in: SignIn) -> None:
    local, main = cast.committees["local"], cast.committees["main"]
    form = {
        "since": "2026-02-01",
        "request_working_days": "3",
        "release": ["chair"],
        "approve": ["chair", "vice_chair"],
        "source": "Egen aftale",
    }
    client = sign_in("administrator")
    path = f"/fjordby/organisation/committees/{local.ref}/procedure/"
    assert client.get(path).context["form"]["request_working_days"].value() == 10
    assert client.post(path, form).status_code == 302
    day = date(2026, 2, 1)
    assert queries.committees_rules(local, day).request_working_days == 3
    assert queries.committees_rules(main, day).request_working_days == 10
    assert client.get(path).context["form"]["request_working_days"].value() == 3
    again = client.post(path, form)
    assert again.context["form"].errors["since"]
    assert ProcedureRules.objects.filter(committee=local).count() == 1


def test_a_union_is_renamed_and_elects_with_others(cast: Cast, does: Does) -> None:
    union = cast.unions["A"]
    actions.change_union(union=union, version=1, name="FOA", election_group="Gruppe 1", **does)
    assert queries.unions().get(name="FOA").election_group == ElectionGroup.objects.get()
    with pytest.raises(ChangedMeanwhile):
        actions.change_union(union=union, version=1, name="FOA 2", **does)
    with pytest.raises(Refused) as refusal:
        actions.change_union(union=union, version=2, name="forbund b", **does)
    assert refusal.value.field == "name"


def test_the_pages_begin_with_what_holds_and_lead_back(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in("administrator")
    client.cookies["django_language"] = "en"
    local, area, union = cast.committees["local"], cast.units["area"], cast.unions["A"]
    for path, field, value in (
        (f"units/{area.ref}/", "headcount", 2400),
        (f"organisation/committees/{local.ref}/", "level", "local"),
        (f"organisation/unions/{union.ref}/", "name", "Forbund A"),
    ):
        assert client.get(f"/fjordby/{path}").context["form"][field].value() == value
    page = client.get("/fjordby/organisation/committees/").content.decode()
    assert f"/fjordby/organisation/committees/{local.ref}/" in page
    assert f"/fjordby/units/{area.ref}/close/" in client.get("/fjordby/units/").content.decode()
    assert "/close/" not in sign_in("employee").get("/fjordby/units/").content.decode()


# --- what leavers had ---------------------------------------------------------------------------------------


def left(cast: Cast, who: str, does: Does) -> Person:
    return actions.person_leaves(person=cast.people[who], on=date(2026, 2, 1), **does)


def titles(does: Does) -> list[str]:
    return [thing.title for one in handover.waiting(does["by"]) for thing in one.things]


def test_a_role_waits_until_somebody_else_has_it(cast: Cast, does: Does) -> None:
    left(cast, "owner", does)
    assert titles(does) == ["line manager, Ældre og Sundhed"]
    actions.give_role(
        person=cast.people["employee"],
        kind="line_manager",
        unit=cast.units["it"],
        since=date(2026, 2, 1),
        **does,
    )
    assert len(titles(does)) == 1
    actions.give_role(
        person=cast.people["employee"],
        kind="line_manager",
        unit=cast.units["area"],
        since=date(2026, 2, 1),
        **does,
    )
    assert titles(does) == []


def test_a_seat_waits_until_somebody_has_come_to_the_same_place(cast: Cast, does: Does) -> None:
    left(cast, "vice_chair", does)
    assert titles(does) == ["Udvalg main, vice-chair", "Udvalg area, vice-chair", "Udvalg local, vice-chair"]
    actions.give_seat(
        person=cast.people["employee"],
        committee=cast.committees["local"],
        side="staff",
        kind="vice_chair",
        since=date(2026, 2, 1),
        **does,
    )
    assert titles(does) == ["Udvalg main, vice-chair", "Udvalg area, vice-chair"]


def test_what_nobody_takes_over_is_settled_once(cast: Cast, does: Does, sign_in: SignIn) -> None:
    left(cast, "steward", does)
    seat = Seat.objects.filter(person=cast.people["steward"]).order_by("pk").first()
    assert seat is not None
    client = sign_in("administrator")
    assert client.post(f"/fjordby/seats/{seat.ref}/settle/").status_code == 302
    assert len(titles(does)) == 2
    with pytest.raises(Refused):
        actions.settle_handover(held=Seat.objects.get(pk=seat.pk), **does)
    here = Seat.objects.filter(person=cast.people["chair"]).first()
    assert here is not None
    with pytest.raises(Refused):
        actions.settle_handover(held=here, **does)
    assert client.post(f"/fjordby/seats/{here.ref}/settle/").status_code == 404


def test_a_mandate_that_ended_before_somebody_left_waits_for_nobody(cast: Cast, does: Does) -> None:
    Role.objects.filter(person=cast.people["owner"]).update(until=date(2025, 12, 31))
    left(cast, "owner", does)
    assert titles(does) == []


def test_the_page_asks_as_many_questions_however_many_left(cast: Cast, does: Does, sign_in: SignIn) -> None:
    client = sign_in("administrator")

    def asked() -> int:
        with CaptureQueriesContext(connection) as questions:
            client.get("/fjordby/organisation/handover/")
        return len(questions)

    left(cast, "owner", does)
    client.get("/fjordby/organisation/handover/")
    one = asked()
    for who in ("vice_chair", "steward", "management_member"):
        left(cast, who, does)
    assert asked() == one
