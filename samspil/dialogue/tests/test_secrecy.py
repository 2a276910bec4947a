"""What a side prepares is its own until it releases it: tried as every role, through every way out."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.test import Client

from samspil.core.journal import commitment
from samspil.dialogue import actions, boards, documents, regime
from samspil.dialogue.models import Item, PreparatoryAnswer
from samspil.dialogue.secrecy import answers_visible_to, side_of
from samspil.dialogue.tests.conftest import Play
from samspil.initiative.models import Thing
from samspil.kit.refusal import NotAllowed, Refused
from samspil.organisation.models import JournalRow, JournalWords, Role, Seat
from samspil.organisation.scope import scope
from tests.cast import NAMES, SINCE

SECRET = "Kollegerne tør ikke sige det højt"
STAFF_SIDE = {"vice_chair", "steward"}
MANAGEMENT_SIDE = {"chair", "secretary", "management_member"}


@pytest.fixture
def item(play: Play) -> Item:
    play.meeting(date(2026, 2, 18))
    return play.item()


def staff_answer(play: Play, item: Item) -> PreparatoryAnswer:
    return actions.answer_question(question=play.first_question(item), text=SECRET, **play.by("vice_chair"))


def texts(play: Play, item: Item, who: str) -> list[str]:
    item = Item.objects.get(pk=item.pk)
    return [one.text for one in answers_visible_to(play.cast.viewer(who), item).by_question.values()]


@pytest.mark.parametrize("who", sorted(NAMES))
def test_only_the_staff_side_reads_its_answers_before_release(play: Play, item: Item, who: str) -> None:
    staff_answer(play, item)
    assert texts(play, item, who) == ([SECRET] if who in STAFF_SIDE else [])


@pytest.mark.parametrize("who", sorted(NAMES))
def test_only_the_management_side_reads_its_draft_before_release(play: Play, item: Item, who: str) -> None:
    actions.answer_question(question=play.first_question(item), text="Udkast", **play.by("chair"))
    assert texts(play, item, who) == (["Udkast"] if who in MANAGEMENT_SIDE else [])


@pytest.mark.parametrize("who", sorted(NAMES))
def test_after_release_everybody_reads_them(play: Play, item: Item, who: str) -> None:
    staff_answer(play, item)
    actions.release_answers(item=item, **play.by("steward"))
    assert texts(play, item, who) == [SECRET]


def test_a_substitute_reads_what_the_side_writes(play: Play, item: Item) -> None:
    staff_answer(play, item)
    vice_chair = Seat.objects.get(
        committee=play.cast.committees["local"], person=play.cast.people["vice_chair"]
    )
    Seat.objects.create(
        organisation=play.cast.organisation,
        committee=play.cast.committees["local"],
        person=play.cast.people["employee"],
        side="staff",
        substitute_for=vice_chair,
        since=SINCE,
    )
    assert texts(play, item, "employee") == [SECRET]


def test_a_seat_in_another_committee_opens_nothing(play: Play, item: Item) -> None:
    staff_answer(play, item)
    Seat.objects.create(
        organisation=play.cast.organisation,
        committee=play.cast.committees["main"],
        person=play.cast.people["employee"],
        side="staff",
        since=SINCE,
    )
    assert texts(play, item, "employee") == []


def test_a_mandate_that_has_ended_opens_nothing(play: Play, item: Item) -> None:
    staff_answer(play, item)
    Seat.objects.filter(person=play.cast.people["vice_chair"]).update(until=date(2026, 1, 31))
    assert texts(play, item, "vice_chair") == []


@pytest.mark.parametrize(
    "kind", ["administrator", "director", "digital_lead", "line_manager", "auditor", "consultant"]
)
def test_whoever_manages_administers_or_reads_along_never_reads_the_staff_side_whatever_seat_they_take(
    play: Play, item: Item, kind: str
) -> None:
    staff_answer(play, item)
    person = play.cast.people["steward"]
    Role.objects.create(
        organisation=play.cast.organisation,
        person=person,
        kind=kind,
        unit=play.cast.units["whole"],
        since=SINCE,
    )
    assert texts(play, item, "steward") == []


def test_somebody_with_seats_on_both_sides_answers_for_management(play: Play, item: Item) -> None:
    staff_answer(play, item)
    Seat.objects.create(
        organisation=play.cast.organisation,
        committee=play.cast.committees["local"],
        person=play.cast.people["steward"],
        side="management",
        since=SINCE,
    )
    assert side_of(play.cast.viewer("steward"), item.committee_id) == "management"
    assert texts(play, item, "steward") == []


def test_a_seat_on_managements_side_of_another_committee_bars_the_way(play: Play, item: Item) -> None:
    staff_answer(play, item)
    Seat.objects.create(
        organisation=play.cast.organisation,
        committee=play.cast.committees["main"],
        person=play.cast.people["steward"],
        side="management",
        since=SINCE,
    )
    assert side_of(play.cast.viewer("steward"), item.committee_id) is None
    assert texts(play, item, "steward") == []
    with pytest.raises(NotAllowed):
        actions.release_answers(item=item, **play.by("steward"))


def test_the_journal_holds_a_commitment_and_not_the_words(play: Play, item: Item) -> None:
    answer = staff_answer(play, item)
    row = JournalWords.objects.get(row__verb="dialogue.question_answered")
    assert SECRET not in str(list(JournalWords.objects.values())) + str(list(JournalRow.objects.values()))
    assert row.facts["commitment"] == commitment(bytes.fromhex(answer.salt), SECRET)


def test_search_texts_cards_and_documents_do_not_hold_them(play: Play, item: Item) -> None:
    staff_answer(play, item)
    viewer = play.cast.viewer("director")
    found = [str(list(boards.item_texts([Thing.objects.get(ref=item.ref)])))]
    found.append(str(boards.item_cards([item.ref], viewer)))
    rules = regime.in_force(viewer.organisation, viewer.today)
    agenda = documents.agenda(item.meeting, rules, viewer, "da")
    found.append(str(agenda.blocks))
    assert all(SECRET not in text for text in found)
    actions.release_answers(item=item, **play.by("vice_chair"))
    assert SECRET in str(list(boards.item_texts([Thing.objects.get(ref=item.ref)])))


@pytest.mark.parametrize("who", sorted(set(NAMES) - STAFF_SIDE))
def test_no_page_shows_them_to_anybody_else(
    play: Play, item: Item, sign_in: Callable[[str], Client], who: str
) -> None:
    staff_answer(play, item)
    client = sign_in(who)
    base = f"/{play.cast.organisation.slug}"
    for path in _addresses(play, item):
        response = client.get(f"{base}{path}")
        assert SECRET.encode() not in response.content, path


def _addresses(play: Play, item: Item) -> list[str]:
    assert item.meeting is not None
    here, committee = f"/items/{item.ref}/", f"/committees/{item.committee.ref}/"
    return [
        here,
        f"{here}answers/release/",
        f"{here}questions/",
        f"{here}case/",
        f"{here}outcome/",
        committee,
        "/committees/",
        f"/meetings/{item.meeting.ref}/",
        f"/initiatives/{play.initiative.ref}/",
        f"/initiatives/{play.initiative.ref}/journal/",
        "/journal/",
        "/search/?q=Kollegerne",
    ]


def test_those_without_a_side_cannot_answer(play: Play, item: Item) -> None:
    for who in sorted(set(NAMES) - STAFF_SIDE - MANAGEMENT_SIDE):
        with pytest.raises(NotAllowed):
            actions.answer_question(question=play.first_question(item), text="Nej", **play.by(who))
    assert not PreparatoryAnswer.objects.exists()


def test_released_answers_stay_as_they_were(play: Play, item: Item) -> None:
    staff_answer(play, item)
    actions.release_answers(item=item, **play.by("vice_chair"))
    with pytest.raises(Refused):
        actions.answer_question(
            question=play.first_question(item), text="Andet", version=1, **play.by("vice_chair")
        )


def test_the_answers_of_another_organisation_are_not_there(play: Play, item: Item) -> None:
    from tests.cast import gather

    staff_answer(play, item)
    other = gather("andetsted", "MED")
    with scope(other.organisation):
        assert not PreparatoryAnswer.objects.exists()


def test_only_the_door_and_the_actions_touch_preparatory_answers() -> None:
    room = Path(__file__).parents[1]
    touching = {
        path.name
        for path in room.glob("*.py")
        if re.search(r"PreparatoryAnswer\.objects", path.read_text(encoding="utf-8"))
    }
    assert touching == {"secrecy.py", "actions.py", "waiting.py"}
