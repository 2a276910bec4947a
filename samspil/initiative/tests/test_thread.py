"""The thread: walked both ways from any thing, as far as it goes and as far as one may see."""

from collections.abc import Callable
from datetime import date, datetime

from samspil.initiative import actions, things
from samspil.initiative.models import Initiative, Link, Need
from samspil.organisation.scope import scope
from tests.cast import Cast


def decide(cast: Cast, initiative: Initiative, at: datetime, rests_on: list[str]) -> str:
    return actions.decide_gate(
        initiative=initiative,
        gate="explore",
        outcome="go",
        decided_on=date(2026, 2, 1),
        reason="Klar",
        override_reason="Haster",
        rests_on=rests_on,
        by=cast.viewer("owner"),
        at=at,
    ).ref


def names(knots: tuple[things.Knot, ...]) -> list[tuple[str, str]]:
    return [(knot.word, knot.card.kind) for knot in knots]


def test_from_the_need_one_walks_to_the_decision_and_back(
    cast: Cast, initiative: Initiative, need: Need, at: datetime
) -> None:
    decide(cast, initiative, at, [need.ref])
    chain = things.chain_of(need.thing, cast.viewer("employee"))
    assert ("is answered by", "initiative") in names(chain.results)
    kinds = {knot.card.kind for one in chain.results for knot in (one, *one.further)}
    assert kinds == {"initiative", "gate_decision"}
    back = things.chain_of(initiative.decisions.get().thing, cast.viewer("employee"))
    assert {kind for _word, kind in names(back.origins)} == {"initiative", "need"}


def test_a_circle_is_walked_once(cast: Cast, initiative: Initiative, need: Need, at: datetime) -> None:
    things.link(initiative.thing, need.thing, Link.Kind.LED_TO, cast.viewer("lead"), at)
    chain = things.chain_of(need.thing, cast.viewer("employee"))
    assert names(chain.results) == [("is answered by", "initiative")]
    assert names(chain.origins) == [("comes from", "initiative")]


def test_what_speaks_against_it_stands_by_itself(
    cast: Cast, initiative: Initiative, need: Need, at: datetime
) -> None:
    other = actions.raise_need(problem="Nej", for_whom="Nord", if_nothing="…", by=cast.viewer("lead"), at=at)
    things.link(other.thing, need.thing, Link.Kind.CONTRADICTS, cast.viewer("lead"), at)
    chain = things.chain_of(need.thing, cast.viewer("employee"))
    assert names(chain.against) == [("is contradicted by", "need")]


def test_a_guest_sees_only_what_they_are_admitted_to(
    cast: Cast, initiative: Initiative, need: Need, at: datetime
) -> None:
    guest = cast.viewer("guest")
    assert not things.chain_of(need.thing, guest)
    actions.admit_guest(initiative=initiative, person=cast.people["guest"], by=cast.viewer("lead"), at=at)
    assert names(things.chain_of(need.thing, guest).results) == [("is answered by", "initiative")]


def test_the_page_reads_both_ways(
    outside_scope: Cast, initiative: Initiative, need: Need, at: datetime, look: Callable[..., str]
) -> None:
    with scope(outside_scope.organisation):
        ref = decide(outside_scope, initiative, at, [need.ref])
    read = look("employee", f"thread/{initiative.ref}/")
    assert "Where it comes from" in read
    assert "What came of it" in read
    assert f"/decisions/{ref}/" in read
    assert f"/initiatives/{initiative.ref}/" in look("employee", f"thread/{ref}/")


def test_a_guest_gets_no_thread_of_what_is_closed_to_them(need: Need, look: Callable[..., str]) -> None:
    look("guest", f"thread/{need.ref}/", 404)


def test_a_thing_in_another_organisation_is_not_there(need: Need, look: Callable[..., str]) -> None:
    look("employee", "thread/aaaaaaaaaaaa/", 404)
