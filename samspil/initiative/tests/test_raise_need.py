"""Raising a need, merging it, and letting something answer it."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client

from samspil.initiative import actions, queries
from samspil.initiative.models import Initiative, Link, Need
from samspil.kit.refusal import NotAllowed, Refused
from samspil.organisation.scope import scope
from tests.cast import Cast

FIELDS = {"problem": "Breve kan ikke forstås", "for_whom": "Borgere", "if_nothing": "Folk ringer og spørger."}


def test_anyone_raises_a_need_in_three_fields(outside_scope: Cast, send: Callable[..., str]) -> None:
    read = send("employee", "needs/new/", **FIELDS)
    assert "Breve kan ikke forstås" in read
    assert "You are told when somebody works on it" in read
    with scope(outside_scope.organisation):
        assert Need.objects.get().raised_by == outside_scope.people["employee"]


def test_an_empty_field_is_named_and_nothing_is_lost(outside_scope: Cast, send: Callable[..., str]) -> None:
    read = send("employee", "needs/new/", **(FIELDS | {"for_whom": ""}))
    assert 'href="#id_for_whom"' in read
    assert "Breve kan ikke forstås" in read
    with scope(outside_scope.organisation):
        assert not Need.objects.exists()


def test_what_was_typed_waits_when_the_sign_in_has_ended(
    outside_scope: Cast, sign_in: Callable[[str], Client]
) -> None:
    client = Client()
    client.post("/fjordby/needs/new/", FIELDS)
    waiting = client.session
    signed_in = sign_in("employee")
    session = signed_in.session
    session.update({"typed_before_sign_in": waiting["typed_before_sign_in"]})
    session.save()
    assert "Breve kan ikke forstås" in signed_in.get("/fjordby/needs/new/").content.decode()


def test_a_need_remembers_what_led_to_it(outside_scope: Cast, need: Need, send: Callable[..., str]) -> None:
    send("employee", "needs/new/", because=need.ref, **FIELDS)
    with scope(outside_scope.organisation):
        assert Link.objects.filter(from_thing=need.thing, kind="led_to").exists()


def test_the_inbox_finds_a_word_with_a_big_letter_of_our_own(
    outside_scope: Cast, send: Callable[..., str], look: Callable[..., str]
) -> None:
    send("employee", "needs/new/", **(FIELDS | {"problem": "Ældre kan ikke læse brevet"}))
    send("employee", "needs/new/", **(FIELDS | {"problem": "Nøgler bliver væk"}))
    read = look("employee", "needs/?words=ældre")
    assert "Ældre kan ikke læse brevet" in read
    assert "Nøgler bliver væk" not in read


def test_an_empty_inbox_says_what_a_need_is(look: Callable[..., str]) -> None:
    assert "Raise the first need" in look("employee", "needs/")


def test_a_merged_need_is_reached_from_the_one_it_lives_on_in(
    outside_scope: Cast, need: Need, send: Callable[..., str], look: Callable[..., str]
) -> None:
    send("employee", "needs/new/", **FIELDS)
    with scope(outside_scope.organisation):
        other = Need.objects.exclude(pk=need.pk).get()
    read = send("lead", f"needs/{other.ref}/merge/", into=need.ref)
    assert other.problem in read
    assert other.problem not in look("employee", "needs/")


def test_an_employee_does_not_merge_needs(cast: Cast, need: Need, at: datetime) -> None:
    with pytest.raises(NotAllowed):
        actions.merge_needs(need=need, into=need, by=cast.viewer("employee"), at=at)


def test_a_need_is_not_merged_into_itself(cast: Cast, need: Need, at: datetime) -> None:
    with pytest.raises(Refused) as refusal:
        actions.merge_needs(need=need, into=need, by=cast.viewer("lead"), at=at)
    assert refusal.value.field == "into"


def test_a_running_initiative_can_answer_another_need(
    outside_scope: Cast, initiative: Initiative, send: Callable[..., str]
) -> None:
    send("employee", "needs/new/", **FIELDS)
    with scope(outside_scope.organisation):
        other = queries.needs().filter(status="waiting").get()
    read = send("lead", f"needs/{other.ref}/answer/", initiative=initiative.ref)
    assert "The initiative answers this need as well." in read
    with scope(outside_scope.organisation):
        assert initiative.needs.count() == 2
        assert Need.objects.get(pk=other.pk).status == "answered"


def test_somebody_who_does_not_run_the_initiative_cannot_let_it_answer(
    cast: Cast, initiative: Initiative, need: Need, at: datetime
) -> None:
    with pytest.raises(NotAllowed):
        actions.answer_also(initiative=initiative, need=need, by=cast.viewer("employee"), at=at)
