"""Starting an initiative: few fields, people found by name, and an owner who is seen for where they sit."""

from collections.abc import Callable
from datetime import datetime

import pytest

from samspil.initiative import actions, choosing, evidence, process, queries
from samspil.initiative.models import AIDuty, Initiative, Need
from samspil.kit.refusal import Refused
from samspil.organisation.models import Person, Unit
from samspil.organisation.scope import scope
from tests.cast import Cast

Send = Callable[..., str]


def usual(need: Need, cast: Cast, **changed: object) -> dict[str, object]:
    """What the page sends when only the affected unit is ticked by hand."""
    return {
        "needs": [need.ref],
        "affected": [f"unit:{cast.units['workplace'].ref}"],
        "owner": cast.people["management_member"].ref,
        "decision_level": "local",
        "ai_involved": "unknown",
        "origin": "need",
    } | changed


def test_the_page_has_six_fields_and_fills_in_all_but_who_notices_it(
    outside_scope: Cast, need: Need, look: Callable[..., str]
) -> None:
    read = look("lead", f"initiatives/new/?need={need.ref}")
    near = outside_scope.people["management_member"]
    assert f'value="{need.ref}" id="id_needs_0" checked' in read
    assert f'value="{near.ref}" id="id_owner_0" checked' in read
    assert 'value="local" id="id_decision_level_0" checked' in read
    assert 'value="unknown" id="id_ai_involved_2" checked' in read


def test_need_and_initiative_together_cost_at_most_six_fields(
    outside_scope: Cast, need: Need, send: Send
) -> None:
    read = send("lead", f"initiatives/new/?need={need.ref}", **usual(need, outside_scope))
    assert "The initiative is started and Lars Ledelse owns it." in read
    with scope(outside_scope.organisation):
        one = Initiative.objects.get()
        assert (one.title, one.process.key) == (need.problem, "light")
        assert [unit.name for unit in one.units.all()] == ["Hjemmeplejen Nord"]


def test_the_light_way_asks_for_at_most_five_things_at_a_gate(cast: Cast, initiative: Initiative) -> None:
    assert max(len(gate.demands) for gate in process.gates(initiative)) <= 5


def test_an_owner_typed_in_part_is_found_when_only_one_fits(
    outside_scope: Cast, need: Need, send: Send
) -> None:
    send("lead", "initiatives/new/", **usual(need, outside_scope, owner_text="karen dir"))
    with scope(outside_scope.organisation):
        assert Initiative.objects.get().owner == outside_scope.people["director"]


def test_several_people_who_fit_are_shown_to_choose_from(outside_scope: Cast, need: Need, send: Send) -> None:
    with scope(outside_scope.organisation):
        for family in ("Åkjær", "Ågård"):
            Person.objects.create(
                organisation=outside_scope.organisation, given_name="Bodil", family_name=family
            )
    read = send("lead", "initiatives/new/", **usual(need, outside_scope, owner_text="bodil"))
    assert "Several match “bodil”" in read
    assert "Bodil Åkjær" in read
    assert "Bodil Ågård" in read
    with scope(outside_scope.organisation):
        assert not Initiative.objects.exists()


def test_find_shows_what_was_found_and_judges_nothing_yet(
    outside_scope: Cast, need: Need, send: Send
) -> None:
    read = send("lead", "initiatives/new/", needs=[need.ref], owner_text="nils", find="owner")
    assert "Nils Digital" in read
    assert "error-summary" not in read


def test_a_unit_typed_in_part_counts_as_ticked(outside_scope: Cast, need: Need, send: Send) -> None:
    sent = usual(need, outside_scope, affected=[], affected_text="digitalisering")
    send("lead", "initiatives/new/", **sent)
    with scope(outside_scope.organisation):
        assert [unit.name for unit in Initiative.objects.get().units.all()] == ["Digitalisering og it"]


def test_a_name_nobody_has_is_said_to_be_unknown(outside_scope: Cast, need: Need, send: Send) -> None:
    read = send("lead", "initiatives/new/", **usual(need, outside_scope, owner_text="Xerxes"))
    assert "Nothing here is called “Xerxes”" in read


def test_nobody_affected_is_refused_where_they_are_ticked(
    outside_scope: Cast, need: Need, send: Send
) -> None:
    read = send("lead", "initiatives/new/", **usual(need, outside_scope, affected=[]))
    assert "Tick at least one unit or group" in read
    assert 'href="#id_affected_0"' in read


def test_with_hundreds_of_units_only_those_near_the_need_are_offered(cast: Cast) -> None:
    for number in range(200):
        Unit.objects.create(organisation=cast.organisation, name=f"Skole {number}", parent=cast.units["area"])
    offered = choosing.proposed_affected(cast.units["workplace"])
    assert offered[0].label.startswith("Hjemmeplejen Nord")
    assert len(offered) <= choosing.FEW_UNITS + 1


def test_the_manager_of_those_affected_is_proposed_first(cast: Cast) -> None:
    both = [cast.units["workplace"], cast.units["area"]]
    names = [str(person) for person in choosing.managers_of(both, cast.viewer("lead").today)]
    assert names == ["Bo Leder", "Lars Ledelse"]


def test_guests_and_people_who_left_own_nothing(cast: Cast) -> None:
    gone = Person.objects.create(
        organisation=cast.organisation, given_name="Gitte", family_name="Gik", left_on=cast.at.date()
    )
    assert cast.people["guest"].guest_of
    assert gone not in choosing.find_people("Gitte")
    assert choosing.find_people("Gitte") == []


def test_an_owner_outside_the_line_is_marked_on_page_and_list(
    outside_scope: Cast, need: Need, at: datetime, look: Callable[..., str]
) -> None:
    with scope(outside_scope.organisation):
        one = actions.start_initiative(
            needs=[need],
            units=[outside_scope.units["workplace"]],
            owner=outside_scope.people["digital_lead"],
            by=outside_scope.viewer("lead"),
            at=at,
        )
    assert "Outside the line of those affected" in look("employee", f"initiatives/{one.ref}/")
    assert "Owner outside the line" in look("employee", "initiatives/?only=outside")


def test_saying_yes_to_ai_opens_a_dated_duty_to_inform(
    outside_scope: Cast, need: Need, send: Send, look: Callable[..., str]
) -> None:
    send("lead", "initiatives/new/", **usual(need, outside_scope, ai_involved="yes"))
    with scope(outside_scope.organisation):
        one = Initiative.objects.get()
        assert AIDuty.objects.get().opened_on == outside_scope.at.date()
    assert "Not everybody has been told yet" in look("lead", f"initiatives/{one.ref}/")
    told = {"informed_on": "2026-02-01", "how": "Personalemøde", "way": "meeting", "version": 1}
    told["whom"] = ["staff", "representatives"]
    send("lead", f"initiatives/{one.ref}/ai/", **told)
    with scope(outside_scope.organisation):
        gate = next(gate for gate in process.gates(one) if gate.key == "go")
        line = next(line for line in evidence.board_of(one, gate) if line.demand.key == "ai_duty")
        assert line.status == "met"


def test_a_merged_need_cannot_be_answered(cast: Cast, need: Need, at: datetime) -> None:
    lead = cast.viewer("lead")
    into = actions.raise_need(problem="Det samme", for_whom="Nord", if_nothing="…", by=lead, at=at)
    actions.merge_needs(need=need, into=into, by=lead, at=at)
    with pytest.raises(Refused) as refusal:
        actions.start_initiative(
            needs=[need], units=[cast.units["workplace"]], owner=cast.people["owner"], by=lead, at=at
        )
    assert refusal.value.field == "needs"


def test_two_who_change_it_see_both_texts(outside_scope: Cast, initiative: Initiative, send: Send) -> None:
    sent = {
        "affected": [f"unit:{outside_scope.units['workplace'].ref}"],
        "owner": outside_scope.people["owner"].ref,
        "lead": "Ingrid Projekt",
        "decision_level": "area",
        "ai_involved": "no",
        "version": 1,
    }
    send("lead", f"initiatives/{initiative.ref}/change/", title="Vagtplan på telefonen", **sent)
    read = send("owner", f"initiatives/{initiative.ref}/change/", 409, title="Vagtplan for alle", **sent)
    assert "Vagtplan på telefonen" in read
    assert "Vagtplan for alle" in read
    send(
        "owner", f"initiatives/{initiative.ref}/change/", title="Vagtplan for alle", **(sent | {"version": 2})
    )
    with scope(outside_scope.organisation):
        assert Initiative.objects.get().title == "Vagtplan for alle"


def test_the_list_is_narrowed_by_what_is_asked(
    outside_scope: Cast, initiative: Initiative, look: Callable[..., str]
) -> None:
    here, gone = initiative.title, "No initiative fits"
    for query in ("phase=idea", "whose=mine", "only=open", "ai=unknown", "words=VAGTPLANEN", "unit=ældre"):
        assert here in look("lead", f"initiatives/?{query}"), query
    for query in ("phase=closed", "ai=yes", "only=late", "words=zebra", "unit=digitalisering"):
        assert gone in look("lead", f"initiatives/?{query}"), query
    assert gone in look("employee", "initiatives/?whose=mine")


def test_the_list_finds_what_a_unit_below_will_notice(cast: Cast, initiative: Initiative) -> None:
    rows = queries.initiatives(cast.viewer("lead"))
    assert list(queries.affecting(rows, [cast.units["area"]])) == [initiative]
    assert not queries.affecting(rows, [cast.units["it"]])
