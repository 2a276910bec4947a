"""What comes by the open link is counted apart, looked at, set apart in public and let in again."""

from datetime import datetime, timedelta

import pytest
from django.test import Client

from samspil.kit.refusal import Refused
from samspil.organisation.models import JournalRow
from samspil.organisation.viewer import operator_of
from samspil.participation import actions, entering, pace, queries
from samspil.participation.consultation import actions as consultation
from samspil.participation.models import Participant, Round
from samspil.participation.organising import clockwork
from samspil.participation.tests.asking import SAID, keep, opened, organiser
from tests.cast import Cast

pytestmark = pytest.mark.usefixtures("standing_clock")
LINES = range(1, 11)


@pytest.fixture
def round_(cast: Cast, at: datetime) -> Round:
    return opened(cast, at, by_link=True)


def say(entrance: entering.Entrance | None, values: list[int], at: datetime) -> None:
    assert entrance
    for number, value in zip(LINES, values, strict=True):
        keep(entrance=entrance, number=number, value=value, on=at.date())


def people_and_one_hand(cast: Cast, round_: Round, at: datetime) -> None:
    for n, who in enumerate(("employee", "steward", "chair", "secretary", "owner", "lead")):
        say(entering.by_account(round_, cast.account(who)), [(n + line) % 3 - 1 for line in LINES], at)
    for n in range(20):
        values = [(n * 7 + line * line) % 3 - 1 for line in LINES]
        say(entering.by_link(round_, f"person {n}", f"network{n % 3} hour"), values, at)
    for n in range(40):
        say(entering.by_link(round_, f"hand {n}", "rented hour"), [1] * 10, at)


def test_one_hand_is_set_apart_and_those_we_know_are_untouched(
    cast: Cast, round_: Round, at: datetime
) -> None:
    people_and_one_hand(cast, round_, at)
    before = {key: value for key, value in SAID.items() if key[0] in roster()}
    clockwork.look_at_open_answers(cast.organisation, at)
    assert queries.set_apart(round_) == 40
    assert {key: value for key, value in SAID.items() if key[0] in roster()} == before
    assert not Participant.objects.filter(tier="roster").exclude(quarantined="").exists()
    assert Participant.objects.count() == 66  # nothing is deleted
    assert JournalRow.objects.filter(verb="participation.set_apart").count() == 1


def roster() -> set[int]:
    return set(Participant.objects.filter(tier="roster").values_list("pk", flat=True))


def test_what_was_let_in_stays_in(cast: Cast, round_: Round, at: datetime) -> None:
    people_and_one_hand(cast, round_, at)
    operator = operator_of(cast.organisation, at)
    consultation.set_apart_one_hand(round_=round_, by=operator, at=at)
    assert consultation.let_in(round_=round_, because="En skole", by=organiser(cast, at), at=at) == 40
    consultation.set_apart_one_hand(round_=round_, by=operator, at=at)
    assert queries.set_apart(round_) == 0
    with pytest.raises(Refused, match="Nothing is set apart"):
        consultation.let_in(round_=round_, because="En skole", by=organiser(cast, at), at=at)


def test_at_close_it_is_looked_at_once_more_and_the_marks_go(cast: Cast, round_: Round, at: datetime) -> None:
    people_and_one_hand(cast, round_, at)
    actions.close_round(round_=round_, by=organiser(cast, at), at=at)
    assert queries.set_apart(round_) == 40
    assert not Participant.objects.exclude(arrived_with="").exists()


def test_the_marks_of_few_go_the_next_day(cast: Cast, round_: Round, at: datetime) -> None:
    for n in range(3):
        say(entering.by_link(round_, f"person {n}", "few hour2"), [1] * 10, at)
    for n in range(12):
        say(entering.by_link(round_, f"many {n}", "many hour"), [(n + line) % 3 - 1 for line in LINES], at)
    clockwork.look_at_open_answers(cast.organisation, at + timedelta(days=1))
    assert set(Participant.objects.values_list("arrived_with", flat=True)) == {"", "many hour"}


def test_no_address_is_kept_and_marks_are_drawn_by_lot(cast: Cast, round_: Round, at: datetime) -> None:
    marks = []
    for address in ("192.0.2.1", "192.0.2.1", "192.0.2.2"):
        client = Client(REMOTE_ADDR=address)
        client.post(f"/p/{round_.code}/")
        kept = client.cookies[f"round_{round_.code}"].value
        marks.append(kept.rpartition(":")[0].rpartition(":")[0].split(" ")[2:4])
    assert marks[0] == marks[1]
    assert marks[0][0] != marks[2][0]
    assert marks[0][1] == marks[2][1]
    assert "192.0.2" not in str(pace.MEMORY.seen) + str(pace.MEMORY.marks)


def test_too_many_at_once_from_one_network_have_to_wait(cast: Cast, round_: Round) -> None:
    answers = [
        Client(REMOTE_ADDR="192.0.2.1").post(f"/p/{round_.code}/") for _n in range(pace.BEGINNINGS + 1)
    ]
    assert {one.status_code for one in answers[:-1]} == {302}
    assert answers[-1].status_code == 429
    assert Client(REMOTE_ADDR="192.0.2.9").post(f"/p/{round_.code}/").status_code == 302


def test_whoever_has_a_connection_with_long_addresses_is_one_network(round_: Round) -> None:
    """There one connection has more addresses than there are seconds in its life."""
    for last in range(pace.BEGINNINGS):
        assert Client(REMOTE_ADDR=f"2001:db8:0:7::{last:x}").post(f"/p/{round_.code}/").status_code == 302
    assert Client(REMOTE_ADDR="2001:db8:0:7:ffff::1").post(f"/p/{round_.code}/").status_code == 429
    for other in ("2001:db8:0:8::1", "192.0.2.7", "::ffff:192.0.2.7", "no address"):
        assert Client(REMOTE_ADDR=other).post(f"/p/{round_.code}/").status_code == 302
