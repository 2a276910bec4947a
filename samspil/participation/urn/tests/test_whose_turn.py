"""Whose turn it is: each who holds a key, stands in or asks reads it on their first page and on that of the urn."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest

from samspil.initiative import actions as hall
from samspil.initiative import consumers
from samspil.initiative.models import Initiative, Notice
from samspil.kit import house
from samspil.organisation.models import Committee
from samspil.participation.models import Round
from samspil.participation.organising import boards
from samspil.participation.urn import actions, pages, queries, waiting
from samspil.participation.urn.models import Urn
from tests.cast import Cast
from tests.urns import ASKS, KIND, SecretRound, asks_statements, planned

Look = Callable[..., str]
NEAREST = [
    ("workplace", "local", "local"),
    ("workplace", "area", "area"),
    ("workplace", "main", "main"),
    ("area", "local", "area"),
]


def an_initiative(cast: Cast, at: datetime, unit: str = "workplace", level: str = "local") -> Initiative:
    lead = {"by": cast.viewer("lead", at), "at": at}
    need = hall.raise_need(problem="Vagtplan", for_whom="Nord", if_nothing="Vikarer", **lead)  # type: ignore[arg-type]
    units, owner = [cast.units[unit]], cast.people["owner"]
    return hall.start_initiative(needs=[need], units=units, owner=owner, decision_level=level, **lead)  # type: ignore[arg-type]


def urn_page(secret: SecretRound) -> str:
    return f"rounds/{secret.round.ref}/urn/"


def waits_for(secret: SecretRound, who: str) -> list[str]:
    found = boards.waiting(secret.by(who)["by"], secret.at)
    return [str(one.what) for one in found if secret.round.ref in one.url]


def test_a_tried_key_is_kept_until_the_urn_has_been_counted(secret: SecretRound) -> None:
    secret.make_keys()
    secret.drill()
    viewer = secret.by("steward")["by"]
    holders = queries.holders(secret.urn)
    next_ = pages.doing(secret.urn, holders[0], holders, viewer)
    assert next_
    assert "until the urn has been opened and counted" in next_.sentence


def test_whoever_planned_it_reads_on_their_first_page_that_it_can_be_opened(secret: SecretRound) -> None:
    secret.make_keys()
    assert waits_for(secret, "digital_lead") == []
    secret.drill()
    assert waits_for(secret, "digital_lead") == ["Open the round"]
    secret.open()
    assert waits_for(secret, "digital_lead") == []


def test_where_whoever_planned_it_has_left_it_waits_for_those_who_run_the_initiative(
    cast: Cast, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    asks_statements(monkeypatch)
    secret = planned(cast, at, initiative=an_initiative(cast, at))
    secret.make_keys()
    secret.drill()
    assert not list(waiting.for_organisers(cast.viewer("owner", at)))
    Round.objects.filter(pk=secret.round.pk).update(planned_by=None)
    assert [one.what for one in waiting.for_organisers(cast.viewer("owner", at))] == ["Open the round"]


def test_an_organiser_who_holds_a_key_too_is_shown_how_to_open_the_round(secret: SecretRound) -> None:
    Round.objects.filter(pk=secret.round.pk).update(planned_by=secret.cast.people["steward"])
    secret.make_keys()
    secret.drill()
    found = pages.urn(secret.urn.round, secret.by("steward")["by"])["doing"]
    assert "You open the round" in found.sentence


def test_a_deputy_is_told_and_reads_it_until_the_keys_are_tried(secret: SecretRound) -> None:
    deputy = secret.cast.people["management_member"]
    actions.name_deputy(urn=secret.urn, place=2, person=deputy, **secret.by("digital_lead"))
    consumers.tick(secret.cast.organisation, secret.at)
    told = Notice.objects.get(kind="deputy_named")
    assert told.person == deputy
    secretary = str(secret.cast.people["secretary"])
    assert secretary in told.facts["body"]
    [said] = waits_for(secret, "management_member")
    assert "deputy" in said
    assert secretary in said
    secret.make_keys()
    secret.drill()
    assert waits_for(secret, "management_member") == []


def test_only_whoever_would_not_be_refused_is_offered_as_deputy(secret: SecretRound, look: Look) -> None:
    day, people = secret.by("lead")["by"].today, secret.cast.people
    assert set(queries.able_to_stand_in(secret.urn, 2, day)) == {people["chair"], people["management_member"]}
    assert queries.able_to_stand_in(secret.urn, 0, day) == []
    assert "Nobody else in the committee can stand in" in look("steward", f"{urn_page(secret)}deputies/1/")
    actions.name_deputy(urn=secret.urn, place=2, person=people["chair"], **secret.by("digital_lead"))
    assert people["chair"] in queries.able_to_stand_in(secret.urn, 2, day)


def test_a_deputy_who_took_the_place_is_not_called_the_secretary(secret: SecretRound, look: Look) -> None:

    def sides() -> str:
        return look("steward", urn_page(secret)).partition("<tbody")[2].partition("</tbody>")[0]

    assert "Deputy for the committee" not in sides()
    deputy = secret.cast.people["management_member"]
    actions.name_deputy(urn=secret.urn, place=2, person=deputy, **secret.by("digital_lead"))
    actions.take_place(urn=secret.urn, **secret.by("management_member"))
    assert "Deputy for the committee's secretary" in sides()


def test_only_whoever_may_choose_deputies_reads_how(secret: SecretRound, look: Look) -> None:
    for who, may in (("steward", True), ("digital_lead", True), ("employee", False)):
        page = look(who, urn_page(secret))
        assert ("You can choose a deputy" in page) is may
        assert ("/urn/deputies/" in page) is may


def test_a_page_renews_itself_only_while_it_waits_for_others(secret: SecretRound, look: Look) -> None:
    def renews(who: str) -> bool:
        page = look(who, urn_page(secret))
        assert ("data-renew" in page) == ("<noscript>" in page)
        return "data-renew" in page

    assert [renews(who) for who in ("steward", "digital_lead", "employee")] == [False, True, False]
    secret.make_keys("steward")
    assert renews("steward")
    secret.make_keys("vice_chair", "secretary")
    assert not renews("steward")
    secret.drill()
    assert [renews("steward"), renews("digital_lead")] == [False, False]


def test_where_statements_are_missing_nobody_is_led_on_to_the_keys(
    secret: SecretRound, monkeypatch: pytest.MonkeyPatch, look: Look
) -> None:
    unready = replace(ASKS, unready=lambda _round: "At least three, please.")
    monkeypatch.setattr(house, "round_kinds", lambda: {KIND: unready, "opinions": unready})
    assert "At least three, please." in look("digital_lead", urn_page(secret))
    Urn.objects.all().delete()
    before = look("digital_lead", urn_page(secret))
    assert "At least three, please." in before
    assert "/urn/set-up/" not in before


@pytest.mark.parametrize(("unit", "level", "nearest"), NEAREST)
def test_the_committee_that_is_proposed_is_the_one_of_those_affected_where_it_is_decided(
    cast: Cast, at: datetime, unit: str, level: str, nearest: str
) -> None:
    initiative = an_initiative(cast, at, unit=unit, level=level)
    assert queries.committee_near(initiative, list(Committee.objects.all())) == cast.committees[nearest]


def test_what_a_key_never_has_stands_beside_the_field_it_is_typed_into(
    secret: SecretRound, look: Look
) -> None:
    secret.make_keys()
    for page in ("key", "drill"):
        text = look("steward", f"{urn_page(secret)}{page}/")
        hint = text.partition('id="key-hint">')[2].partition("</div>")[0]
        assert "O, I, L and U" in hint


def test_that_committee_is_chosen_already_where_the_three_are_chosen(
    cast: Cast, at: datetime, monkeypatch: pytest.MonkeyPatch, look: Look
) -> None:
    asks_statements(monkeypatch)
    secret = planned(cast, at, initiative=an_initiative(cast, at, level="main"))
    page = look("lead", f"{urn_page(secret)}set-up/")
    assert f'value="{cast.committees["main"].ref}" selected' in page
