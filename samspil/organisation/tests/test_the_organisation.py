"""What administrators set for the whole organisation, and what everyone reads of it."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from samspil.kit.refusal import ChangedMeanwhile, NotAllowed, Refused
from samspil.organisation import actions, queries
from samspil.organisation.models import (
    AudienceGroup,
    Committee,
    ElectionGroup,
    Organisation,
    RegimePeriod,
    Seat,
    Unit,
)
from tests.cast import Cast

SignIn = Callable[[str], Client]


def test_a_group_is_named_with_what_keeps_it_away(cast: Cast, at: datetime) -> None:
    group = actions.add_audience_group(
        name="Pårørende",
        kind="citizens",
        size=400,
        barriers=["language"],
        outside_average=["old_age"],
        by=cast.viewer("administrator"),
        at=at,
    )
    assert (group.size, group.barriers, group.outside_average) == (400, ["language"], ["old_age"])
    with pytest.raises(Refused) as refusal:
        actions.add_audience_group(name="pårørende", kind="citizens", by=cast.viewer("administrator"), at=at)
    assert refusal.value.field == "name"


def test_an_unknown_size_stays_unknown(cast: Cast, at: datetime, sign_in: SignIn) -> None:
    actions.add_audience_group(name="Pendlere", kind="citizens", by=cast.viewer("administrator"), at=at)
    client = sign_in("employee")
    client.cookies["django_language"] = "en"
    assert "unknown" in client.get("/fjordby/organisation/").content.decode()


def test_two_administrators_do_not_overwrite_a_group(cast: Cast, at: datetime) -> None:
    by, group = cast.viewer("administrator"), cast.groups["citizens"]
    facts = {"kind": "citizens", "size": 10, "barriers": [], "outside_average": [], "by": by, "at": at}
    actions.change_audience_group(group=group, version=1, name="Borgere", **facts)
    with pytest.raises(ChangedMeanwhile):
        actions.change_audience_group(group=group, version=1, name="Andre", **facts)
    assert AudienceGroup.objects.get(pk=group.pk).name == "Borgere"


def test_a_regime_holds_from_a_date_and_the_earlier_one_stays(cast: Cast, at: datetime) -> None:
    by = cast.viewer("administrator")
    actions.set_regime(regime="SU", since=date(2027, 1, 1), by=by, at=at)
    assert list(RegimePeriod.objects.values_list("regime", flat=True)) == ["SU", "MED"]
    with pytest.raises(Refused) as refusal:
        actions.set_regime(regime="MED", since=date(2027, 1, 1), by=by, at=at)
    assert refusal.value.field == "since"


def test_a_regime_that_is_not_loaded_is_refused(cast: Cast, at: datetime) -> None:
    with pytest.raises(Refused) as refusal:
        actions.set_regime(regime="none", since=date(2027, 1, 1), by=cast.viewer("administrator"), at=at)
    assert refusal.value.field == "regime"


def test_a_room_is_switched_off_and_on_again(cast: Cast, at: datetime) -> None:
    by = cast.viewer("administrator")
    actions.switch_room(room="involvement", on=False, by=by, at=at)
    assert Organisation.objects.get(pk=cast.organisation.pk).rooms_off == ["involvement"]
    actions.switch_room(room="involvement", on=True, by=by, at=at)
    assert Organisation.objects.get(pk=cast.organisation.pk).rooms_off == []


@pytest.mark.parametrize("room", ["organisation", "initiative", "nowhere"])
def test_the_house_itself_cannot_be_switched_off(cast: Cast, at: datetime, room: str) -> None:
    with pytest.raises(Refused):
        actions.switch_room(room=room, on=False, by=cast.viewer("administrator"), at=at)


def test_a_committee_and_a_unit_are_added_once(cast: Cast, at: datetime) -> None:
    by = cast.viewer("administrator")
    actions.add_unit(name="Nattevagten", parent=cast.units["area"], by=by, at=at)
    actions.add_committee(
        name="LokalMED Nat", level="local", unit=Unit.objects.get(name="Nattevagten"), by=by, at=at
    )
    with pytest.raises(Refused):
        actions.add_unit(name="nattevagten", parent=cast.units["area"], by=by, at=at)
    with pytest.raises(Refused):
        actions.add_committee(name="lokalmed nat", level="local", by=by, at=at)
    assert Committee.objects.filter(name="LokalMED Nat").count() == 1


def test_the_tree_has_every_unit_once_with_its_leaders(cast: Cast) -> None:
    tree = list(queries.walk(queries.unit_tree(date(2026, 2, 1))))
    assert [branch.depth for branch in tree] == [0, 1, 2, 1]
    assert {branch.unit for branch in tree} == set(cast.units.values())
    led = {branch.unit.name: [str(one) for one in branch.leaders] for branch in tree}
    assert led["Ældre og Sundhed"] == ["Bo Leder"]


def test_a_union_is_added_once_and_elects_with_others(cast: Cast, at: datetime) -> None:
    does: dict[str, Any] = {"by": cast.viewer("administrator"), "at": at}
    first = actions.add_union(name="FOA", election_group="Valggruppe 1", **does)
    second = actions.add_union(name="BUPL", election_group="valggruppe 1", **does)
    assert first.election_group == second.election_group == ElectionGroup.objects.get()
    assert actions.add_union(name="Djøf", **does).election_group is None
    with pytest.raises(Refused) as refusal:
        actions.add_union(name="foa", **does)
    assert refusal.value.field == "name"


def test_only_where_unions_elect_together_is_one_asked_with_whom(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in("administrator")
    assert "election_group" in client.get("/fjordby/organisation/unions/new/").content.decode()
    Organisation.objects.update(country="SE")
    assert "election_group" not in client.get("/fjordby/organisation/unions/new/").content.decode()


RULES: dict[str, Any] = {"request_working_days": 5, "release": ["chair"], "approve": ["chair", "vice_chair"]}


def test_rules_of_procedure_hold_from_a_date_and_the_earlier_ones_stay(cast: Cast, at: datetime) -> None:
    does: dict[str, Any] = {"by": cast.viewer("administrator"), "at": at}
    actions.set_procedure(
        since=date(2026, 6, 1), in_writing=False, source="Ny forretningsorden", **RULES, **does
    )
    days = {day: queries.organisations_rules(day) for day in (date(2026, 5, 31), date(2026, 6, 1))}
    assert [rules and rules.request_working_days for rules in days.values()] == [10, 5]
    with pytest.raises(Refused) as refusal:
        actions.set_procedure(since=date(2026, 6, 1), **RULES, **does)
    assert refusal.value.field == "since"


@pytest.mark.parametrize("field", ["release", "approve"])
@pytest.mark.parametrize("seats", [[], ["member"], ["nobody"]])
def test_somebody_signs_the_minutes(cast: Cast, at: datetime, field: str, seats: list[str]) -> None:
    with pytest.raises(Refused) as refusal:
        actions.set_procedure(
            since=date(2026, 6, 1), **RULES | {field: seats}, by=cast.viewer("administrator"), at=at
        )
    assert refusal.value.field == field


def test_the_form_begins_with_the_rules_that_hold(sign_in: SignIn) -> None:
    form = sign_in("administrator").get("/fjordby/organisation/procedure/").context["form"]
    assert (form["request_working_days"].value(), form["approve"].value()) == (10, ["chair", "vice_chair"])


def test_what_is_set_is_read_on_the_overview(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in("administrator")
    client.cookies["django_language"] = "en"
    form = RULES | {"since": "2026-01-15", "source": "Forretningsorden af 2026"}
    answer = client.post("/fjordby/organisation/procedure/", form, follow=True)
    page = answer.content.decode()
    for words in ("Forretningsorden af 2026", "5 working days before", "Nothing in writing"):
        assert words in page
    client.post("/fjordby/organisation/unions/new/", {"name": "FOA", "election_group": "Valggruppe 1"})
    client.post("/fjordby/organisation/way/", {"process_model": "standard"})
    page = client.get("/fjordby/organisation/").content.decode()
    for words in ("FOA", "Valggruppe 1", "Den fulde vej"):
        assert words in page


def test_the_usual_way_is_followed_by_those_who_start_afterwards(cast: Cast, at: datetime) -> None:
    does: dict[str, Any] = {"by": cast.viewer("administrator"), "at": at}
    actions.choose_process_model(process_model="standard", **does)
    assert Organisation.objects.get().process_model == "standard"
    with pytest.raises(Refused) as refusal:
        actions.choose_process_model(process_model="none", **does)
    assert refusal.value.field == "process_model"


def test_a_substitute_stands_in_for_somebody_in_the_same_committee(cast: Cast, sign_in: SignIn) -> None:
    client, local = sign_in("administrator"), cast.committees["local"]
    theirs = Seat.objects.get(committee=local, person=cast.people["steward"])
    elsewhere = Seat.objects.get(committee=cast.committees["main"], person=cast.people["steward"])
    path = f"/fjordby/people/{cast.people['employee'].ref}/seat/"
    form = {"committee": local.ref, "side": "staff", "kind": "member", "since": "2026-02-01"}
    refused = client.post(path, form | {"substitute_for": elsewhere.ref})
    assert refused.context["form"].errors["substitute_for"]
    assert client.post(path, form | {"substitute_for": theirs.ref}).status_code == 302
    made = Seat.objects.get(person=cast.people["employee"])
    assert made.substitute_for == theirs
    offered = client.get(path).content.decode()
    assert theirs.ref in offered
    assert made.ref not in offered


PAGES = ["people/", "units/", "organisation/", "me/data/"]
FORMS = [
    "people/new/",
    "units/new/",
    "organisation/committee/",
    "organisation/groups/new/",
    "organisation/regime/",
    "organisation/unions/new/",
    "organisation/procedure/",
    "organisation/way/",
]


@pytest.mark.parametrize("address", PAGES)
def test_everyone_here_reads(sign_in: SignIn, address: str) -> None:
    for who in ("employee", "auditor", "consultant", "administrator"):
        assert sign_in(who).get(f"/fjordby/{address}").status_code == 200, who


@pytest.mark.parametrize("address", FORMS)
def test_administrators_change(sign_in: SignIn, address: str) -> None:
    assert sign_in("administrator").get(f"/fjordby/{address}").status_code == 200
    for who in ("employee", "director", "auditor", "guest"):
        assert sign_in(who).get(f"/fjordby/{address}").status_code == 403, who


def test_a_form_does_what_it_says_and_leads_on(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in("administrator")
    unit = cast.units["it"].ref
    answer = client.post(
        "/fjordby/people/new/", {"given_name": "Nana", "family_name": "Ny", "unit": unit}, follow=True
    )
    assert "Nana Ny" in answer.content.decode()
    assert queries.people("nana").get().unit == cast.units["it"]


def test_a_refusal_stands_at_its_field(sign_in: SignIn) -> None:
    client = sign_in("administrator")
    client.cookies["django_language"] = "en"
    facts = {"given_name": "Nana", "email": "lead@fjordby.example"}
    page = client.post("/fjordby/people/new/", facts).content.decode()
    assert "Somebody else here has this e-mail address." in page
    assert 'value="Nana"' in page


def test_a_unit_of_another_organisation_cannot_be_chosen(sign_in: SignIn) -> None:
    answer = sign_in("administrator").post(
        "/fjordby/people/new/", {"given_name": "Nana", "unit": "abcdefghjkmn"}
    )
    assert answer.status_code == 200
    assert answer.context["form"].errors["unit"]


def test_the_overview_asks_as_often_with_many_groups_as_with_few(cast: Cast, sign_in: SignIn) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as caught:
            client.get("/fjordby/organisation/")
            client.get("/fjordby/units/")
        return len(caught)

    def more(number: int) -> None:
        for _n in range(number):
            AudienceGroup.objects.create(organisation=cast.organisation, name="Gruppe", kind="staff")
            Unit.objects.create(organisation=cast.organisation, name="Enhed", parent=cast.units["area"])

    client = sign_in("employee")
    asked()
    more(5)
    few = asked()
    more(45)
    assert asked() == few


def test_an_employee_who_looks_for_a_button_reads_who_to_ask(sign_in: SignIn) -> None:
    client = sign_in("employee")
    client.cookies["django_language"] = "en"
    page = client.get("/fjordby/organisation/").content.decode()
    assert "Switch off" not in page
    assert "Ask one of them" in page
    assert "Ada Administrator" in page


def test_a_director_does_not_set_the_regime(cast: Cast, at: datetime) -> None:
    with pytest.raises(NotAllowed):
        actions.set_regime(regime="SU", since=date(2027, 1, 1), by=cast.viewer("director"), at=at)


def test_people_read_in_words_what_samspil_knows_of_them(sign_in: SignIn) -> None:
    client = sign_in("administrator")
    client.cookies["django_language"] = "sv"
    page = client.get("/fjordby/me/data/").content.decode()
    main = page.split("<main")[1].split("</main>")[0]
    assert "Förnamn" in main
    assert "Så länge personen hör till organisationen" in main
    for key in ("given_name", "found_as", "anonymise", 'lang="en"'):
        assert key not in main


def test_large_groups_read_with_the_separator_of_the_language(cast: Cast, sign_in: SignIn) -> None:
    AudienceGroup.objects.create(organisation=cast.organisation, name="Mange", kind="citizens", size=11800)
    client = sign_in("employee")
    for language, shown in (("da", "11.800"), ("sv", "11\u00a0800"), ("en", "11 800")):
        client.cookies["django_language"] = language
        assert shown in client.get("/fjordby/organisation/").content.decode()
