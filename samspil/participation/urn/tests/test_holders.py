"""Three hold the keys, two of them of the staff side; they try the keys before the round can open."""

import pytest
from django.test import Client
from django.urls import reverse

from samspil.initiative import consumers
from samspil.initiative.models import Notice
from samspil.kit.refusal import NotAllowed, Refused
from samspil.organisation.models import Committee
from samspil.participation.models import Round
from samspil.participation.organising import boards
from samspil.participation.urn import actions, pages, proof, queries
from samspil.participation.urn.models import Holder, Urn
from tests.urns import HOLDERS, Device, SecretRound, ballot_of, plan_of


@pytest.mark.parametrize(
    ("staff", "secretary", "sentence"),
    [
        (["steward", "management_member"], "secretary", "Two of the three must sit on the staff side"),
        (["chair", "management_member"], "secretary", "Two of the three must sit on the staff side"),
        (["steward", "steward"], "secretary", "Three different people"),
        (["steward"], "secretary", "Three different people"),
        (["steward", "employee"], "secretary", "no seat in this committee"),
        (["steward", "vice_chair"], "management_member", "committee's secretary"),
        (["steward", "vice_chair"], "director", "no seat in this committee"),
    ],
)
def test_other_holders_than_two_of_staff_and_the_secretary_are_refused(
    secret: SecretRound, staff: list[str], secretary: str, sentence: str
) -> None:
    people = secret.cast.people
    plan = plan_of(secret.cast, staff=[people[one] for one in staff], secretary=people[secretary])
    with pytest.raises(Refused, match=sentence):
        actions.set_up_urn(round_=secret.round, plan=plan, **secret.by("digital_lead"))
    assert [one.person for one in queries.holders(secret.urn)] == [people[who] for who in HOLDERS]


def test_of_any_two_holders_one_is_of_the_staff_side(secret: SecretRound) -> None:
    known = queries.candidates(secret.urn.committee, secret.by("lead")["by"].today)
    of_staff = [known[one.person].of_staff for one in queries.holders(secret.urn) if one.person]
    assert sorted(of_staff) == [False, True, True]


def test_a_round_does_not_open_before_its_keys_are_made_and_tried(secret: SecretRound) -> None:
    for step, sentence in (
        (lambda: None, "Not all three"),
        (lambda: secret.make_keys("steward", "vice_chair"), "Not all three"),
        (lambda: secret.make_keys("secretary"), "have not been tried"),
        (lambda: secret.hand_in(actions.drill, "steward"), "have not been tried"),
    ):
        step()
        with pytest.raises(Refused, match=sentence):
            secret.open()
    assert secret.hand_in(actions.drill, "secretary") == "done"
    secret.open()
    assert secret.urn.state == Urn.State.OPEN
    assert bytes(secret.urn.drill) == b""


@pytest.mark.parametrize(("first", "second"), [(a, b) for a in HOLDERS for b in HOLDERS if a != b])
def test_any_two_try_the_keys_in_whichever_order(secret: SecretRound, first: str, second: str) -> None:
    secret.make_keys()
    assert secret.drill(first, second) == "done"
    assert {one.place for one in queries.holders(secret.urn) if one.drilled} == {
        HOLDERS.index(first),
        HOLDERS.index(second),
    }


def test_one_alone_cannot_try_the_keys(secret: SecretRound) -> None:
    secret.make_keys()
    secret.hand_in(actions.drill, "steward")
    with pytest.raises(Refused, match="You have done your part"):
        secret.hand_in(actions.drill, "steward")
    assert secret.urn.drilled_at is None


def test_a_key_that_was_written_down_wrongly_shows_in_the_drill(secret: SecretRound) -> None:
    secret.make_keys()
    with pytest.raises(Refused, match="not the key that you made"):
        secret.hand_in(actions.drill, "steward", Device())
    assert secret.urn.begun_by is None


def test_a_device_that_hands_in_nonsense_lets_the_drill_fail_and_begin_again(secret: SecretRound) -> None:
    secret.make_keys()
    does = secret.by("steward")
    good = secret.devices["steward"].opens(secret.urn, does["by"])
    nonsense = actions.HandedIn([b"x" * len(one) for one in good.boxes], good.ticket, good.answer)
    assert actions.drill(urn=secret.urn, handed_in=nonsense, **does) == "begun"
    assert secret.hand_in(actions.drill, "secretary") == "failed"
    assert secret.urn.drilled_at is None
    assert secret.drill() == "done"


def test_a_new_key_asks_for_a_new_drill(secret: SecretRound) -> None:
    secret.make_keys()
    secret.drill()
    secret.devices["vice_chair"] = Device()
    secret.make_keys("vice_chair")
    with pytest.raises(Refused, match="have not been tried"):
        secret.open()


@pytest.mark.parametrize(
    ("key", "sentence"), [("", "no key"), ("zz", "no key"), ("00" * 32, "no key"), ("ab" * 31, "no key")]
)
def test_what_is_no_key_is_not_kept(secret: SecretRound, key: str, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        actions.make_key(urn=secret.urn, public_key=key, **secret.by("steward"))


def test_two_holders_cannot_share_one_key(secret: SecretRound) -> None:
    secret.devices["vice_chair"] = secret.devices["steward"]
    with pytest.raises(Refused, match="used before"):
        secret.make_keys("steward", "vice_chair")


def test_nobody_makes_a_key_for_somebody_else(secret: SecretRound) -> None:
    for who in ("lead", "chair", "digital_lead", "employee"):
        with pytest.raises(NotAllowed):
            actions.make_key(urn=secret.urn, public_key=Device().public_key, **secret.by(who))


def test_a_deputy_takes_the_place_with_a_key_of_their_own(secret: SecretRound) -> None:
    secret.make_keys()
    secret.drill()
    deputy = secret.cast.people["management_member"]
    actions.name_deputy(urn=secret.urn, place=2, person=deputy, **secret.by("digital_lead"))
    actions.take_place(urn=secret.urn, **secret.by("management_member"))
    holder = Holder.objects.get(urn=secret.urn, place=2)
    assert (holder.person, holder.public_key) == (deputy, "")
    with pytest.raises(Refused, match="Not all three"):
        secret.open()
    secret.devices["management_member"] = Device()
    secret.make_keys("management_member")
    assert secret.drill("management_member", "steward") == "done"
    secret.open()


def test_a_deputy_who_would_leave_one_of_staff_is_refused(secret: SecretRound) -> None:
    chair = secret.cast.people["chair"]
    with pytest.raises(Refused, match="Two of the three"):
        actions.name_deputy(urn=secret.urn, place=0, person=chair, **secret.by("digital_lead"))
    with pytest.raises(Refused, match="holds a key already"):
        actions.name_deputy(
            urn=secret.urn, place=2, person=secret.cast.people["steward"], **secret.by("digital_lead")
        )


def test_nobody_takes_a_place_in_an_open_round(open_round: SecretRound) -> None:
    with pytest.raises(Refused, match="has opened"):
        actions.name_deputy(
            urn=open_round.urn,
            place=2,
            person=open_round.cast.people["management_member"],
            **open_round.by("digital_lead"),
        )
    with pytest.raises(Refused, match="has opened"):
        open_round.make_keys("steward")


def test_a_proof_is_for_one_holder_and_one_key(secret: SecretRound) -> None:
    secret.make_keys()
    one, other, _third = queries.holders(secret.urn)
    _box, ticket = proof.challenge(one)
    answer = secret.devices["steward"].opens(secret.urn, secret.by("steward")["by"])
    assert proof.is_proved(one, answer.ticket, answer.answer)
    assert not proof.is_proved(other, answer.ticket, answer.answer)
    assert not proof.is_proved(one, ticket, answer.answer)
    assert not proof.is_proved(one, "made up", answer.answer)


def test_a_round_with_a_ballot_that_is_too_long_does_not_open(secret: SecretRound) -> None:
    plan = plan_of(secret.cast, longest_text=5000)
    actions.set_up_urn(round_=secret.round, plan=plan, **secret.by("digital_lead"))
    secret.make_keys()
    secret.drill()
    with pytest.raises(Refused, match="too long for a secret round"):
        secret.open()
    secret.round.refresh_from_db()
    assert secret.round.state == Round.State.PLANNED


def waits_for(secret: SecretRound, who: str) -> list[str]:
    waiting = boards.waiting(secret.by(who)["by"], secret.at)
    return [str(one.what) for one in waiting if "/urn/" in one.url]


def test_what_a_key_asks_of_its_holder_stands_on_their_first_page(secret: SecretRound) -> None:
    assert [waits_for(secret, who) for who in HOLDERS] == [["Make my key"]] * 3
    secret.make_keys("steward")
    assert waits_for(secret, "steward") == []
    secret.make_keys("vice_chair", "secretary")
    assert waits_for(secret, "steward") == ["Try my key"]
    secret.drill()
    assert [waits_for(secret, who) for who in HOLDERS] == [[]] * 3
    secret.open()
    secret.cast_ballot(secret.electors[0], ballot_of(1, -1))
    secret.close()
    assert waits_for(secret, "steward") == ["Begin to open the urn"]
    secret.hand_in(actions.open_urn, "steward")
    assert [waits_for(secret, who) for who in HOLDERS] == [[], ["Open the urn"], ["Open the urn"]]
    assert waits_for(secret, "digital_lead") == []


def test_whoever_asks_reads_what_is_next_on_the_page_of_the_urn(secret: SecretRound) -> None:
    def said() -> str:
        urn, own = secret.urn, queries.holder_of(secret.urn, secret.by("digital_lead")["by"])
        assert own is None
        next_ = pages.organising(urn)
        return next_.sentence if next_ else ""

    assert "make their keys" in said()
    secret.make_keys()
    assert "try their keys" in said()
    secret.drill()
    assert "You open the round" in said()
    secret.open()
    secret.cast_ballot(secret.electors[0], ballot_of(1, -1))
    assert said() == ""
    secret.close()
    assert "Any two of the three holders" in said()
    secret.open_urn()
    assert "made within a minute" in said()


def test_only_committees_with_two_of_staff_and_a_secretary_are_to_choose_from(secret: SecretRound) -> None:
    day = secret.by("lead")["by"].today
    for committee in Committee.objects.all():
        known = queries.candidates(committee, day).values()
        able = sum(one.of_staff for one in known) > 1 and any(one.keeps_the_minutes for one in known)
        assert (committee.pk in queries.able_to_hold(day)) is able
    assert queries.able_to_hold(day)


def test_the_link_for_receipts_leads_to_where_a_secret_ballot_is_found(
    open_round: SecretRound, client: Client
) -> None:
    receipt = open_round.cast_ballot(open_round.electors[0], ballot_of(1, -1))
    for door in ("receipt", "follow"):
        came = client.get(reverse(f"p:{door}", args=[open_round.round.code]))
        assert came.headers["Location"] == reverse("p:ballot_receipt", args=[open_round.round.code])
    page = client.post(reverse("p:ballot_receipt", args=[open_round.round.code]), {"receipt": receipt})
    assert page.context["request"].round == open_round.round


def test_the_three_are_told_when_their_keys_are_wanted(secret: SecretRound) -> None:
    def told(kind: str) -> set[str]:
        consumers.tick(secret.cast.organisation, secret.at)
        return {str(one.person) for one in Notice.objects.filter(kind=kind).select_related("person")}

    three = {str(secret.cast.people[who]) for who in HOLDERS}
    assert told("key_wanted") == three
    secret.ready().cast_ballot(secret.electors[0], ballot_of(1, -1))
    assert told("urn_waits") == set()
    secret.close()
    assert told("urn_waits") == three
