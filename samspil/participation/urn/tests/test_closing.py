"""From an open urn to numbers: names go first, two of three open it, holders recount, envelopes are destroyed."""

from collections.abc import Callable
from datetime import timedelta
from itertools import permutations

import pytest
from django.test import Client

from samspil.core.urn import counting, files
from samspil.kit.refusal import NotAllowed, Refused
from samspil.organisation import actions as house
from samspil.organisation.models import JournalRow
from samspil.participation.levels import LEVELS
from samspil.participation.models import Elector, Round
from samspil.participation.urn import actions, casting, closing, queries
from samspil.participation.urn.models import Envelope, OpenedText, SealedBallot, Urn
from samspil.participation.urn.results import results_of
from tests.urns import HOLDERS, Device, SecretRound, answered, ballot_of, plan_of

ANSWERS = [ballot_of(1, -1, 0, 1)] * 4 + [ballot_of(-1, -1, 1)] * 3


def closed(round_: SecretRound) -> SecretRound:
    answered(round_, ANSWERS)
    round_.close()
    return round_


# --- answering -----------------------------------------------------------------------------------------------


def test_a_later_ballot_takes_the_place_of_an_earlier_one(open_round: SecretRound) -> None:
    elector = open_round.electors[0]
    first = open_round.cast_ballot(elector, ballot_of(1))
    second = open_round.cast_ballot(elector, ballot_of(-1))
    assert Envelope.objects.count() == 1
    assert not queries.is_there(open_round.round, first)
    assert queries.is_there(open_round.round, second)


def test_an_envelope_says_neither_when_it_came_nor_what_is_in_it(open_round: SecretRound) -> None:
    rows = JournalRow.objects.count()
    answered(open_round, ANSWERS)
    names = {field.name for field in Envelope._meta.concrete_fields}
    assert names == {"organisation", "elector", "round", "sealed", "sha256"}
    assert len({len(bytes(one.sealed)) for one in Envelope.objects.all()}) == 1
    assert JournalRow.objects.count() == rows


def test_an_envelope_that_is_none_of_this_round_is_refused(open_round: SecretRound) -> None:
    entrance = open_round.entrance(open_round.electors[0])
    sealed = casting.seal(ballot_of(1), open_round.urn)
    for wrong in (b"", sealed[:-1], b"\x02" + sealed[1:], sealed + b"x"):
        with pytest.raises(Refused, match="no sealed ballot of this round"):
            casting.cast(entrance, wrong)


def test_nothing_goes_into_a_closed_urn(open_round: SecretRound) -> None:
    elector = open_round.electors[0]
    closed(open_round)
    sealed = casting.seal(ballot_of(1), open_round.urn)
    with pytest.raises(Refused, match="not open"):
        casting.cast(open_round.entrance(elector), sealed)


def test_whoever_is_erased_leaves_a_sealed_ballot_without_a_name(open_round: SecretRound) -> None:
    employee = open_round.cast.people["employee"]
    elector = Elector.objects.get(person=employee)
    open_round.cast_ballot(elector, ballot_of(1))
    house.erase_person(person=employee, **open_round.by("administrator"))
    elector.refresh_from_db()
    assert elector.person is None
    assert Envelope.objects.count() == 1
    closed(open_round)
    house.erase_person(person=open_round.cast.people["auditor"], **open_round.by("administrator"))
    assert not Elector.objects.filter(person=open_round.cast.people["auditor"]).exists()


# --- closing -------------------------------------------------------------------------------------------------


def test_when_it_closes_names_go_and_the_list_of_receipts_is_a_file(open_round: SecretRound) -> None:
    receipts = answered(open_round, ANSWERS)
    open_round.close()
    urn = open_round.urn
    assert urn.state == Urn.State.EXPORTED
    assert not Envelope.objects.exists()
    assert not any(field.related_model is Elector for field in SealedBallot._meta.fields)
    hashes = [one.sha256 for one in SealedBallot.objects.order_by("pk")]
    assert hashes == sorted(receipts)
    assert bytes(urn.receipts.data).decode().split() == sorted(receipts)  # type: ignore[union-attr]
    assert all(queries.is_there(open_round.round, one) for one in receipts)
    assert not queries.is_there(open_round.round, "0" * 64)


def test_every_step_is_taken_once_however_often_it_is_asked_for(open_round: SecretRound) -> None:
    closed(open_round)
    rows = JournalRow.objects.count()
    for _again in range(3):
        closing.carry_on(open_round.round, open_round.at)
        closing.tick(open_round.cast.organisation, open_round.at)
    assert JournalRow.objects.count() == rows
    assert SealedBallot.objects.count() == len(ANSWERS)


@pytest.mark.parametrize(("first", "second"), list(permutations(HOLDERS, 2)))
def test_any_two_of_three_open_it_in_whichever_order(
    open_round: SecretRound, first: str, second: str
) -> None:
    closed(open_round)
    assert open_round.open_urn(first, second) == "done"
    results = results_of(open_round.round)
    assert results
    assert (results.cast, results.spoiled, results.too_few) == (7, 0, False)
    assert results.total["q1"] == counting.Count(agree=4, disagree=3)
    assert "q4" not in results.total  # four answered it: fewer than may be shown
    assert results.thin == ("q4",)
    assert len({voter for voter, _key, _value in results.votes}) == 7


@pytest.mark.parametrize("alone", HOLDERS)
def test_one_alone_cannot(open_round: SecretRound, alone: str) -> None:
    closed(open_round)
    open_round.hand_in(actions.open_urn, alone)
    with pytest.raises(Refused, match="You have done your part"):
        open_round.hand_in(actions.open_urn, alone)
    assert results_of(open_round.round) is None
    for other in HOLDERS:
        if other != alone:
            with pytest.raises(Refused, match="not the key that you made"):
                open_round.hand_in(actions.open_urn, other, open_round.devices[alone])
    assert open_round.urn.state == Urn.State.EXPORTED


def test_wrong_foreign_and_early_keys_are_refused(open_round: SecretRound) -> None:
    with pytest.raises(Refused, match="when the round has closed and not before"):
        open_round.hand_in(actions.open_urn, "steward")
    closed(open_round)
    with pytest.raises(Refused, match="not the key that you made"):
        open_round.hand_in(actions.open_urn, "steward", Device())
    with pytest.raises(NotAllowed, match="Only the three"):
        actions.open_urn(
            urn=open_round.urn, handed_in=actions.HandedIn([], "", b""), **open_round.by("chair")
        )
    open_round.open_urn()
    with pytest.raises(Refused, match="has been opened"):
        open_round.hand_in(actions.open_urn, "steward")


def test_where_the_first_hands_in_nonsense_nothing_is_lost(open_round: SecretRound) -> None:
    closed(open_round)
    does = open_round.by("steward")
    good = open_round.devices["steward"].opens(open_round.urn, does["by"])
    nonsense = actions.HandedIn([b"x" * len(one) for one in good.boxes], good.ticket, good.answer)
    actions.open_urn(urn=open_round.urn, handed_in=nonsense, **does)
    assert open_round.hand_in(actions.open_urn, "secretary") == "failed"
    assert open_round.open_urn() == "done"


def test_the_holders_recount_gives_the_same_hash(open_round: SecretRound) -> None:
    closed(open_round)
    file = queries.sealed_urn(open_round.urn).as_bytes()
    open_round.open_urn()
    urn = files.read(file)
    assert isinstance(urn, files.SealedUrn)
    for pair in permutations([one.secret for one in open_round.devices.values()], 2):
        again = files.recount(urn, pair).as_bytes()
        assert again == bytes(open_round.urn.result.data)  # type: ignore[union-attr]


def test_two_equal_envelopes_count_twice(open_round: SecretRound) -> None:
    sealed = casting.seal(ballot_of(1, 1, 1, 1), open_round.urn)
    for elector in open_round.electors[:6]:
        casting.cast(open_round.entrance(elector), sealed)
    open_round.close()
    assert sorted(SealedBallot.objects.values_list("copy", flat=True)) == [0, 1, 2, 3, 4, 5]
    open_round.open_urn()
    assert results_of(open_round.round).total["q1"].agree == 6  # type: ignore[union-attr]


def test_an_envelope_that_was_touched_is_counted_as_spoiled(open_round: SecretRound) -> None:
    answered(open_round, ANSWERS)
    row = Envelope.objects.order_by("pk").first()
    assert row
    row.sealed = bytes(row.sealed)[:-1] + b"\0"
    row.save()
    open_round.close()
    open_round.open_urn()
    found = results_of(open_round.round)
    assert found
    assert (found.cast, found.spoiled) == (7, 1)


def test_with_too_few_ballots_no_answer_is_kept(open_round: SecretRound) -> None:
    answered(open_round, [ballot_of(1, text="")] * 4)
    open_round.close()
    open_round.open_urn()
    found = results_of(open_round.round)
    assert found
    assert (found.cast, found.too_few, found.votes, found.texts) == (4, True, (), ())


def test_an_urn_that_nobody_used_needs_no_keys(open_round: SecretRound) -> None:
    open_round.close()
    assert open_round.urn.state == Urn.State.OPENED
    assert results_of(open_round.round).cast == 0  # type: ignore[union-attr]


def test_texts_lie_in_a_table_without_answers_and_without_a_ballot(
    secret: SecretRound, monkeypatch: pytest.MonkeyPatch
) -> None:
    actions.set_up_urn(round_=secret.round, plan=_with_text(secret), **secret.by("digital_lead"))
    secret.ready()
    answered(secret, [ballot_of(1, text=f"{9 - number} aftener") for number in range(7)])
    secret.close()
    secret.open_urn()
    assert [one.text for one in OpenedText.objects.order_by("pk")] == [f"{n} aftener" for n in range(3, 10)]
    assert {field.name for field in OpenedText._meta.concrete_fields} == {
        "id",
        "organisation",
        "round",
        "text",
        "follow_sha256",
    }
    assert b"aftener" not in bytes(secret.urn.result.data)  # type: ignore[union-attr]


def _with_text(secret: SecretRound) -> actions.Plan:
    return plan_of(secret.cast, longest_text=200)


# --- recounting and destroying ---------------------------------------------------------------------------------


def opened(round_: SecretRound) -> SecretRound:
    closed(round_)
    round_.open_urn()
    return round_


def test_two_recounts_with_the_same_hash_let_the_urn_be_destroyed(open_round: SecretRound) -> None:
    opened(open_round)
    urn = open_round.urn
    with pytest.raises(Refused, match="kept until"):
        actions.destroy_urn(urn=urn, **open_round.by("steward"))
    with pytest.raises(Refused, match="another hash"):
        actions.confirm_recount(urn=urn, sha256="0" * 64, **open_round.by("steward"))
    for who in ("steward", "secretary"):
        actions.confirm_recount(urn=urn, sha256=f" {urn.result_sha256.upper()}\n", **open_round.by(who))
    actions.destroy_urn(urn=urn, **open_round.by("steward"))
    assert not SealedBallot.objects.exists()
    assert open_round.urn.state == Urn.State.DESTROYED
    assert results_of(open_round.round).total["q1"].agree == 4  # type: ignore[union-attr]


def test_after_two_weeks_the_worker_destroys_it(open_round: SecretRound) -> None:
    opened(open_round)
    organisation = open_round.cast.organisation
    closing.tick(organisation, open_round.at + timedelta(days=14))
    assert open_round.urn.state == Urn.State.OPENED
    closing.tick(organisation, open_round.at + timedelta(days=15))
    assert open_round.urn.state == Urn.State.DESTROYED


def test_a_count_that_is_doubted_is_taken_back_and_done_again(open_round: SecretRound) -> None:
    opened(open_round)
    first = open_round.urn.result_sha256
    actions.open_again(urn=open_round.urn, **open_round.by("secretary"))
    assert results_of(open_round.round) is None
    open_round.open_urn("steward", "vice_chair")
    assert open_round.urn.result_sha256 == first


def test_a_holder_signs_that_the_key_is_destroyed_but_not_too_early(open_round: SecretRound) -> None:
    closed(open_round)
    with pytest.raises(Refused, match="still needed"):
        actions.sign_key_destroyed(urn=open_round.urn, **open_round.by("steward"))
    open_round.open_urn()
    assert actions.sign_key_destroyed(urn=open_round.urn, **open_round.by("steward")).key_destroyed_at


def test_a_confidential_round_has_no_urn(secret: SecretRound) -> None:
    Round.objects.filter(pk=secret.round.pk).update(level=Round.Level.CONFIDENTIAL)
    with pytest.raises(Refused, match="Only a secret round"):
        actions.set_up_urn(round_=secret.round, plan=_with_text(secret), **secret.by("digital_lead"))


def test_everybody_reads_what_came_out_and_nobody_a_text_that_is_not_for_them(
    secret: SecretRound, sign_in: Callable[[str], Client]
) -> None:
    nord, syd = ("Hjemmepleje", "Dag"), ("Rådhus",)
    breakdown = actions.Breakdown("Arbejdsplads", [nord, syd])
    plan = plan_of(secret.cast, longest_text=200, breakdowns=[breakdown])
    actions.set_up_urn(round_=secret.round, plan=plan, **secret.by("digital_lead"))
    secret.ready()
    answered(secret, [ballot_of(1, 1, text="Skriftlig kanarifugl", attributes={"a1": 0})] * 12)
    secret.close()
    secret.open_urn()
    address = f"/fjordby/rounds/{secret.round.ref}/urn/"
    for who, sees_texts in (("employee", False), ("steward", True), ("auditor", True)):
        page = sign_in(who).get(address).content.decode()
        assert "Vagtplanen passer" in page
        assert ("Skriftlig kanarifugl" in page) == sees_texts


def test_a_count_is_not_taken_back_with_one_tap(
    open_round: SecretRound, look: Callable[..., str], send: Callable[..., str]
) -> None:
    opened(open_round)
    page = f"rounds/{open_round.round.ref}/urn/"
    assert f'{page}again/"' in look("steward", page)
    assert f'action="/fjordby/{page}again/"' not in look("steward", page)
    assert "There is no result until two of the three" in look("steward", f"{page}again/")
    assert open_round.urn.state == Urn.State.OPENED
    send("steward", f"{page}again/")
    assert open_round.urn.state == Urn.State.EXPORTED


def test_a_holder_reads_that_the_counting_is_finished_and_a_recount_is_not_asked_of_them(
    open_round: SecretRound, look: Callable[..., str]
) -> None:
    opened(open_round)
    page = look("steward", f"rounds/{open_round.round.ref}/urn/")
    assert "The counting is finished" in page
    assert "on a computer, together with another holder" in page
    assert "What you do now" not in page


def test_the_page_of_a_counted_round_leads_to_what_came_out(
    open_round: SecretRound, look: Callable[..., str]
) -> None:
    opened(open_round)
    page = look("digital_lead", f"rounds/{open_round.round.ref}/")
    panel = page.partition(">Keys and urn<")[2].partition("</section>")[0]
    assert "What came out" in panel


def test_nobody_is_promised_that_an_urn_stays_closed_until_the_last_day(
    secret: SecretRound, look: Callable[..., str]
) -> None:
    said = [str(one) for one in LEVELS["secret"].limits]
    for text in (look("steward", f"rounds/{secret.round.ref}/urn/"), " ".join(said)):
        assert "stays closed until the round has been closed" in text
        assert "until the last day" not in text
