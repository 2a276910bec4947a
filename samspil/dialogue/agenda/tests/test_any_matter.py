"""Any matter can be put before a committee, with annexes and questions of one's own."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from samspil.dialogue import queries
from samspil.dialogue.actions import record_outcome, write_minutes
from samspil.dialogue.agenda import actions
from samspil.dialogue.agenda.models import Annex
from samspil.dialogue.keeping import NewOutcome
from samspil.dialogue.models import Item, ItemQuestion
from samspil.dialogue.tests.conftest import Play
from samspil.kit.refusal import NotAllowed, Refused
from samspil.organisation import files

pytestmark = pytest.mark.django_db
MEETING = date(2026, 3, 10)


def matter(play: Play, who: str = "steward", on: date | None = None, **facts: object) -> Item:
    facts = {"title": "Nye vagter i sommerferien", "purpose": "discussed", **facts}
    made = actions.request_matter(committee=play.cast.committees["local"], **facts, **play.by(who, on))
    return queries.item(made.ref) or made


def test_a_matter_asked_for_in_time_stands_on_the_agenda_and_is_about_no_initiative(play: Play) -> None:
    meeting = play.meeting(MEETING)
    item = matter(play, meeting=meeting)
    assert (item.status, item.meeting, item.initiative, item.purpose) == (
        "on_agenda",
        meeting,
        None,
        "discussed",
    )


def test_asked_for_late_it_waits_and_is_marked_when_the_secretary_places_it(play: Play) -> None:
    from samspil.dialogue.actions import place_item

    meeting = play.meeting(MEETING)
    item = matter(play, meeting=meeting, on=MEETING - timedelta(days=2))
    assert (item.status, item.meeting) == ("requested", None)
    place_item(item=item, meeting=meeting, **play.by("secretary", MEETING - timedelta(days=1)))
    assert item.entries.get().late


def test_those_who_run_the_committee_put_a_late_one_on_at_once_and_it_is_marked(play: Play) -> None:
    meeting = play.meeting(MEETING)
    item = matter(play, "chair", MEETING - timedelta(days=2), meeting=meeting)
    assert item.status == "on_agenda"
    assert item.entries.get().late


def test_who_has_neither_a_seat_nor_leads_people_is_turned_away(play: Play) -> None:
    assert matter(play, "owner").requested_by == play.cast.people["owner"]
    with pytest.raises(NotAllowed):
        matter(play, "employee")


def test_questions_of_a_phase_and_ones_own_are_put_and_can_be_answered(play: Play) -> None:
    from samspil.dialogue.actions import answer_question

    item = matter(play, phase="idea", own_questions=["Hvem dækker natten?", "  ", "Hvad koster det?"])
    asked = list(ItemQuestion.objects.filter(item=item).values_list("key", flat=True))
    assert asked[-2:] == ["own_1", "own_2"]
    assert len(asked) > 2
    question = ItemQuestion.objects.select_related("item").get(item=item, key="own_1")
    question.item = item
    answer = answer_question(question=question, text="Vikarerne", **play.by("steward"))
    assert answer.side == "staff"


def test_without_questions_none_are_put(play: Play) -> None:
    assert not ItemQuestion.objects.filter(item=matter(play)).exists()


def test_what_is_wanted_is_one_of_the_regimes_own(play_under: Callable[[str], Play]) -> None:
    play = play_under("samverkan")
    item = matter(play, purpose="before_decision")
    assert item.regime.body["procedure"]["purposes"][2]["title"] == "Samverkan före beslut"
    with pytest.raises(Refused, match="can be wanted"):
        matter(play, purpose="guideline")


def test_a_matter_without_a_title_is_refused(play: Play) -> None:
    with pytest.raises(Refused, match="Write a title"):
        matter(play, title="  ")


def test_a_matter_is_treated_and_written_down_like_any_other(play: Play) -> None:
    meeting = play.meeting(MEETING)
    item = matter(play, meeting=meeting)
    record_outcome(item=item, outcomes=[NewOutcome("discussed")], **play.by("secretary", MEETING))
    item = queries.item(item.ref) or item
    minutes = write_minutes(item=item, text="Drøftet.", **play.by("secretary", MEETING))
    assert minutes.number == 1


# --- annexes -----------------------------------------------------------------------------------------------


def annex(play: Play, item: Item, who: str = "steward") -> Annex:
    by = play.by(who)
    file = files.keep("vagtplan.txt", b"Uge 28: to om natten.", by["by"], by["at"])
    return actions.add_annex(item=item, file=file, **by)


def test_who_asked_adds_annexes_and_takes_them_off(play: Play) -> None:
    item = matter(play)
    first = annex(play, item)
    assert first.name == "vagtplan.txt"
    actions.remove_annex(annex=first, **play.by("steward"))
    assert not Annex.objects.exists()


def test_nobody_else_adds_or_takes_off(play: Play) -> None:
    item = matter(play)
    with pytest.raises(NotAllowed):
        annex(play, item, "employee")
    kept = annex(play, item)
    with pytest.raises(NotAllowed):
        actions.remove_annex(annex=kept, **play.by("management_member"))


def test_annexes_stay_once_the_item_is_treated(play: Play) -> None:
    meeting = play.meeting(MEETING)
    item = matter(play, meeting=meeting)
    kept = annex(play, item)
    record_outcome(item=item, outcomes=[NewOutcome("discussed")], **play.by("secretary", MEETING))
    with pytest.raises(Refused, match="annexes stay"):
        actions.remove_annex(annex=kept, **play.by("secretary", MEETING))
