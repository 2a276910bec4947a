"""What a list would change in an organisation, without any database."""

from datetime import date
from typing import Any

import pytest

from samspil.core import lists, organisation_list
from samspil.core.organisation_list import Known, Organisation, Plan
from samspil.core.organisation_sheets import KINDS, ORDER
from samspil.core.tests.test_lists import Row, Table

TODAY = date(2026, 2, 1)
KNOWN: dict[str, list[Known]] = {
    "units": [
        Known(1, {"key": "1", "name": "Fjordby", "parent": None, "headcount": 10, "staff_function": False}),
        Known(2, {"key": "", "name": "Nord", "parent": 1, "headcount": None, "staff_function": False}),
        Known(3, {"key": "3", "name": "Syd", "parent": 1, "headcount": None, "staff_function": False}),
    ],
    "people": [
        Known(1, {"key": "7", "email": "a@b.dk", "given_name": "Anna", "family_name": "Holm", "title": "", "unit": 2, "guest": ""}),
        Known(2, {"key": "", "email": "c@d.dk", "given_name": "Bo", "family_name": "", "title": "", "unit": None, "guest": ""}),
        Known(3, {"key": "", "email": "g@x.dk", "given_name": "Gitte", "family_name": "", "title": "", "unit": None, "guest": "Region"}),
    ],
    "roles": [
        Known(1, {"person": 1, "kind": "line_manager", "unit": 2, "since": date(2025, 1, 1), "until": None, "guest": ""}),
        Known(2, {"person": 2, "kind": "auditor", "unit": None, "since": date(2025, 1, 1), "until": date(2025, 12, 31), "guest": ""}),
        Known(3, {"person": 3, "kind": "consultant", "unit": None, "since": date(2025, 1, 1), "until": None, "guest": "Region"}),
    ],
    "unions": [Known(1, {"name": "FOA", "election_group": None})],
    "committees": [Known(1, {"name": "Hoved", "level": "main", "parent": None, "unit": 1, "staff_meeting": False})],
    "seats": [
        Known(1, {"committee": 1, "person": 1, "side": "staff", "kind": "member", "union": 1, "steward": False,
                  "safety_rep": False, "substitute_for": None, "since": date(2025, 1, 1), "until": None}),
        Known(2, {"committee": 1, "person": 2, "side": "staff", "kind": "member", "union": None, "steward": False,
                  "safety_rep": False, "substitute_for": None, "since": date(2025, 1, 1), "until": date(2025, 12, 31)}),
    ],
    "groups": [Known(1, {"name": "Borgere", "kind": "citizens", "size": None})],
}  # fmt: skip


def plan(**sheets: list[dict[str, Any]]) -> Plan:
    tables = [_table(kind, rows) for kind, rows in sheets.items()]
    return organisation_list.plan(lists.read(tables, KINDS), Organisation(KNOWN, TODAY))


def _table(kind: str, rows: list[dict[str, Any]]) -> Table:
    headings = list(dict.fromkeys(name for row in rows for name in row))
    lines = [Row(n, [row.get(name) for name in headings]) for n, row in enumerate(rows, start=2)]
    return Table(kind, headings, lines)


def faults(found: Plan) -> list[tuple[int, str]]:
    return [(one.row, one.reason) for one in found.faults]


def changes(found: Plan, kind: str) -> list[tuple[int, list[tuple[str, Any, Any]]]]:
    return [(one.handle, [(c.column, c.before, c.after) for c in one.changes]) for one in found.changed[kind]]


# --- units -------------------------------------------------------------------------------------------------


def test_a_unit_is_found_by_its_key_and_renamed() -> None:
    assert changes(plan(units=[{"key": "3", "name": "Syd og Vest"}]), "units") == [
        (3, [("name", "Syd", "Syd og Vest")])
    ]


def test_a_unit_without_a_key_is_found_by_its_place_and_gets_one() -> None:
    found = plan(units=[{"key": "2", "name": "nord", "parent": "Fjordby"}])
    assert changes(found, "units") == [(2, [("key", "", "2"), ("name", "Nord", "nord")])]


def test_a_unit_moves_below_another_that_comes_later_in_the_file() -> None:
    found = plan(
        units=[{"key": "3", "name": "Syd", "parent": "9"}, {"key": "9", "name": "Drift", "parent": "1"}]
    )
    assert changes(found, "units") == [(3, [("parent", "Fjordby", "Drift")])]
    assert [one.values["parent"] for one in found.new["units"]] == [1]


def test_a_path_tells_apart_what_has_the_same_name() -> None:
    rows = [
        {"key": None, "name": "Stab", "parent": "Nord"},
        {"key": None, "name": "Stab", "parent": "Syd"},
        {"key": "5", "name": "Hr", "parent": "Fjordby / Syd / Stab"},
    ]
    found = plan(units=rows)
    assert not found.faults
    assert found.new["units"][2].values["parent"] == found.new["units"][1].handle
    assert faults(plan(units=[*rows[:2], {"key": "5", "name": "Hr", "parent": "Stab"}])) == [
        (4, "several_units")
    ]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([{"key": "8", "name": "A", "parent": "9"}, {"key": "9", "name": "B", "parent": "8"}], "circle"),
        ([{"key": "1", "name": "Fjordby", "parent": "Nord"}], "circle"),
        ([{"key": "8", "name": "A"}, {"key": "8", "name": "B"}], "twice"),
        ([{"name": "A", "parent": "Fjordby"}, {"name": "a", "parent": "Fjordby"}], "name_taken"),
        ([{"name": "A", "parent": "Ukendt"}], "unknown_unit"),
        ([{"key": "3", "name": "Nord", "parent": "1"}], "name_taken"),
    ],
)
def test_a_tree_that_is_none_is_a_fault(rows: list[dict[str, Any]], said: str) -> None:
    assert said in [reason for _row, reason in faults(plan(units=rows))]


# --- people ------------------------------------------------------------------------------------------------


def test_people_are_found_by_number_else_by_address() -> None:
    found = plan(
        people=[
            {"key": "7", "email": "ny@b.dk", "given_name": "Anna", "family_name": "Holm", "unit": "Syd"},
            {"key": "8", "email": "C@D.dk", "given_name": "Bo", "family_name": None, "unit": None},
        ]
    )
    assert changes(found, "people") == [
        (1, [("email", "a@b.dk", "ny@b.dk"), ("unit", "Nord", "Syd")]),
        (2, [("key", "", "8"), ("email", "c@d.dk", "C@D.dk")]),
    ]


def test_a_column_that_is_not_there_leaves_things_as_they_are_and_an_empty_cell_empties_them() -> None:
    assert changes(plan(people=[{"key": "7", "given_name": "Anna"}]), "people") == []
    found = plan(people=[{"key": "7", "given_name": "Anna", "family_name": None}])
    assert changes(found, "people") == [(1, [("family_name", "Holm", None)])]


def test_a_key_is_never_emptied() -> None:
    assert changes(plan(people=[{"key": None, "email": "a@b.dk", "given_name": "Anna"}]), "people") == []


def test_who_is_not_in_the_file_is_named_but_guests_are_not_missed() -> None:
    found = plan(people=[{"key": "7", "given_name": "Anna"}])
    assert [(one.number, one.label) for one in found.gone["people"]] == [(2, "Bo")]
    assert not found.gone["units"]  # the file does not speak of them


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([{"given_name": "Ny"}], (2, "no_key")),
        ([{"key": "7", "email": "c@d.dk", "given_name": "Anna"}], (2, "two_people")),
        ([{"key": "9", "email": "a@b.dk", "given_name": "Anna"}], (2, "other_key")),
        ([{"email": "g@x.dk", "given_name": "Gitte"}], (2, "is_a_guest")),
        ([{"email": "n@n.dk", "given_name": "N"}, {"email": "N@N.dk", "given_name": "M"}], (3, "twice")),
        ([{"key": "7", "email": None, "given_name": "A"}, {"key": None, "email": "a@b.dk", "given_name": "A"}], (3, "twice")),
        ([{"email": "n@n.dk", "given_name": "N", "unit": "Vest"}], (2, "unknown_unit")),
    ],
)  # fmt: skip
def test_whom_a_line_means_must_be_clear(rows: list[dict[str, Any]], said: tuple[int, str]) -> None:
    assert faults(plan(people=rows)) == [said]


# --- committees and seats ----------------------------------------------------------------------------------


def test_a_seat_leads_to_people_and_committees_of_the_same_file() -> None:
    found = plan(
        people=[{"email": "n@n.dk", "given_name": "Nina"}],
        committees=[{"name": "Lokal", "level": "lokal", "parent": "hoved"}],
        seats=[{"committee": "Lokal", "person": "n@n.dk", "side": "medarbejdere", "kind": "næstformand"}],
    )
    assert not found.faults
    (seat,) = found.new["seats"]
    assert (seat.values["committee"], seat.values["person"]) == (-1, -1)
    assert (seat.values["side"], seat.values["kind"], seat.values["since"]) == ("staff", "vice_chair", TODAY)


def test_a_substitute_stands_in_for_somebody_of_the_same_committee() -> None:
    row = {"committee": "Hoved", "person": "c@d.dk", "side": "staff", "substitute_for": "7"}
    (seat,) = plan(seats=[row]).new["seats"]
    assert seat.values["substitute_for"] == 1
    assert faults(plan(seats=[{**row, "substitute_for": "c@d.dk"}])) == [(2, "not_in_the_committee")]


def test_a_seat_changes_and_one_that_is_over_is_no_match() -> None:
    row = {"committee": "Hoved", "person": "7", "side": "staff", "union": None, "steward": "ja"}
    assert changes(plan(seats=[row]), "seats") == [(1, [("steward", False, True), ("union", "FOA", None)])]
    again = {"committee": "Hoved", "person": "c@d.dk", "side": "staff", "since": "2025-06-01"}
    assert faults(plan(seats=[again])) == [(2, "has_seat_then")]
    assert not plan(seats=[{**again, "since": "2026-01-01"}]).faults


@pytest.mark.parametrize(
    ("sheets", "said"),
    [
        ({"committees": [{"name": "A", "level": "main", "parent": "B"}, {"name": "B", "level": "main", "parent": "A"}]}, "circle"),
        ({"committees": [{"name": "A", "level": "main", "parent": "Z"}]}, "unknown_committee"),
        ({"committees": [{"name": "A", "level": "top"}]}, "not_a_choice"),
        ({"committees": [{"name": "A", "level": "main"}, {"name": "a", "level": "main"}]}, "twice"),
        ({"seats": [{"committee": "Z", "person": "7", "side": "staff"}]}, "unknown_committee"),
        ({"seats": [{"committee": "Hoved", "person": "z@z.dk", "side": "staff"}]}, "unknown_person"),
        ({"seats": [{"committee": "Hoved", "person": "7", "side": "staff", "union": "Z"}]}, "unknown_union"),
        ({"seats": [{"committee": "Hoved", "person": "7", "side": "staff"}] * 2}, "twice"),
        ({"seats": [{"committee": "Hoved", "person": "7", "side": "staff", "until": "2024-01-01"}]}, "ends_before"),
        ({"groups": [{"name": "A", "kind": "citizens"}, {"name": "a", "kind": "citizens"}]}, "twice"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_a_fault(sheets: dict[str, Any], said: str) -> None:
    assert said in [reason for _row, reason in faults(plan(**sheets))]


def test_a_level_the_regime_does_not_have_is_a_fault() -> None:
    lines = lists.read([_table("committees", [{"name": "A", "level": "area"}])], KINDS)
    found = organisation_list.plan(lines, Organisation(KNOWN, TODAY, levels=("main", "local")))
    assert faults(found) == [(2, "not_a_level")]


def test_where_unions_do_not_elect_together_there_are_no_groups_of_them() -> None:
    lines = lists.read([_table("unions", [{"name": "Vision", "election_group": "1"}])], KINDS)
    found = organisation_list.plan(lines, Organisation(KNOWN, TODAY, elects_together=False))
    assert faults(found) == [(2, "no_election_groups")]


def test_what_is_known_already_is_unchanged() -> None:
    found = plan(
        units=[{"key": "1", "name": "Fjordby"}],
        people=[{"key": "7", "given_name": "Anna"}],
        roles=[{"person": "7", "kind": "leder", "unit": "Nord"}],
        unions=[{"name": "FOA"}],
        committees=[{"name": "Hoved", "level": "main"}],
        seats=[{"committee": "Hoved", "person": "7", "side": "staff", "union": "FOA"}],
        groups=[{"name": "Borgere", "kind": "borgere"}],
    )
    assert not found.faults
    assert not found.changes_anything
    assert found.unchanged == dict.fromkeys(ORDER, 1)


def test_the_fingerprint_follows_what_is_shown() -> None:
    first = plan(people=[{"key": "7", "given_name": "Anna"}])
    assert first.fingerprint == plan(people=[{"key": "7", "given_name": "Anna"}]).fingerprint
    assert first.fingerprint != plan(people=[{"key": "7", "given_name": "Anne"}]).fingerprint
    assert first.fingerprint != plan(people=[{"key": "7", "given_name": "Anna"}, {"email": "c@d.dk", "given_name": "Bo"}]).fingerprint  # fmt: skip


# --- roles -------------------------------------------------------------------------------------------------


def test_a_role_is_found_by_person_kind_and_unit() -> None:
    known = {"person": "7", "kind": "leder", "unit": "Nord"}
    assert plan(roles=[known]).unchanged["roles"] == 1
    elsewhere = plan(roles=[{**known, "unit": "Syd"}])
    assert [(one.label, one.what) for one in elsewhere.gone["roles"]] == [("Anna Holm: Nord", "line_manager")]
    assert [dict(one.values) for one in elsewhere.new["roles"]] == [
        {"person": 1, "kind": "line_manager", "unit": 3, "since": TODAY, "until": None}
    ]


def test_a_role_gets_its_last_day() -> None:
    found = plan(roles=[{"person": "7", "kind": "leder", "unit": "Nord", "until": "2026-03-31"}])
    assert changes(found, "roles") == [(1, [("until", None, date(2026, 3, 31))])]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({"kind": "leder"}, "leads_which_unit"),
        ({"kind": "leder", "unit": "Vest"}, "unknown_unit"),
        ({"kind": "administrator"}, "not_a_choice"),
        ({"kind": "revisor", "person": "nobody@b.dk"}, "unknown_person"),
        ({"kind": "revisor", "since": "2026-03-01", "until": "2026-02-01"}, "ends_before"),
        ({"kind": "revisor", "person": "c@d.dk", "since": "2025-06-01"}, "has_role_then"),
    ],
)
def test_what_is_wrong_with_a_role_is_told(row: dict[str, Any], reason: str) -> None:
    assert faults(plan(roles=[{"person": "7", "unit": "", **row}])) == [(2, reason)]


def test_one_role_twice_is_a_fault_and_two_units_are_two_roles() -> None:
    row = {"person": "7", "kind": "leder", "unit": "Syd"}
    assert faults(plan(roles=[row, row])) == [(3, "twice")]
    assert len(plan(roles=[row, {**row, "unit": "1"}]).new["roles"]) == 2


def test_roles_of_guests_and_roles_that_are_over_are_not_missed() -> None:
    found = plan(roles=[{"person": "7", "kind": "leder", "unit": "Nord"}])
    assert found.gone["roles"] == ()
