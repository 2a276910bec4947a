"""Who came, who stood in for whom, and the note on the quorum by the rules of procedure."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from samspil.dialogue import regime as regimes
from samspil.dialogue.around import attendance
from samspil.dialogue.attendance import actions, counting
from samspil.dialogue.attendance.actions import Came
from samspil.dialogue.attendance.counting import Count, has_quorum
from samspil.dialogue.attendance.models import AttendanceSheet
from samspil.dialogue.models import Meeting
from samspil.dialogue.tests.conftest import Play
from samspil.kit.refusal import ChangedMeanwhile, NotAllowed, Refused
from samspil.organisation.models import ProcedureRules, Seat

pytestmark = pytest.mark.django_db
MEETING = date(2026, 3, 10)


@pytest.fixture
def meeting(play: Play) -> Meeting:
    """A meeting of the local committee; Erik is the substitute of the steward."""
    steward = Seat.objects.get(committee=play.cast.committees["local"], person=play.cast.people["steward"])
    Seat.objects.create(
        organisation=play.cast.organisation,
        committee=steward.committee,
        person=play.cast.people["employee"],
        side="staff",
        substitute_for=steward,
        since=date(2025, 1, 1),
    )
    return play.meeting(MEETING)


def came(meeting: Meeting, **others: str) -> list[Came]:
    """Everybody came, but for those named: `steward="excused"`."""
    found = []
    for place in counting.places_at(meeting):
        presence = others.get(place.seat.person.title.replace(" ", "_"), "present")
        found.append(Came(place.seat, presence, place.substitutes[0] if presence == "substitute" else None))
    return found


def note(play: Play, meeting: Meeting, rows: list[Came], text: str = "", **facts: Any) -> AttendanceSheet:
    return actions.note_attendance(
        meeting=meeting, came=rows, note=text, **facts, **play.by("secretary", MEETING)
    )


def test_a_substitute_has_no_place_of_their_own_and_steps_in_for_a_member(
    play: Play, meeting: Meeting
) -> None:
    sheet = note(play, meeting, came(meeting, steward="substitute"))
    row = sheet.rows.get(presence="substitute")
    assert (str(row.stood_in), str(row.seat.person)) == ("Erik Ansat", "Tove Tillidsvalgt")
    assert sheet.rows.count() == 5


def test_the_note_counts_each_side_and_says_whether_there_was_a_quorum(play: Play, meeting: Meeting) -> None:
    sheet = note(play, meeting, came(meeting, steward="excused", vice_chair="absent"))
    assert "0 " in sheet.note
    other = play.meeting(date(2026, 4, 14))
    full = actions.note_attendance(meeting=other, came=came(other), **play.by("secretary", date(2026, 4, 14)))
    assert full.note != sheet.note


def test_the_papers_name_sides_roles_and_whom_a_substitute_stood_in_for(play: Play, meeting: Meeting) -> None:
    note(play, meeting, came(meeting, steward="substitute", vice_chair="excused"))
    with translation.override("da"):
        who = attendance(meeting, regimes.in_force(play.cast.organisation, meeting.on))
    assert any(line.startswith("Ledelsessiden: ") and "(formand" in line for line in who.present)
    assert who.present[-1].startswith("Sekretær: ")
    assert list(who.substitutes) == ["Erik Ansat i stedet for Tove Tillidsvalgt"]
    assert len(who.excused) == 1
    assert who.excused[0].startswith("Medarbejdersiden: ")
    assert "næstformand" in who.excused[0]


def test_a_sentence_of_ones_own_stays_as_it_is(play: Play, meeting: Meeting) -> None:
    assert note(play, meeting, came(meeting), "Alle var med på video.").note == "Alle var med på video."


def test_two_who_note_it_at_once_see_both(play: Play, meeting: Meeting) -> None:
    note(play, meeting, came(meeting), "Fuldtalligt.")
    with pytest.raises(ChangedMeanwhile) as fault:
        note(play, meeting, came(meeting), "Næsten fuldtalligt.")
    assert fault.value.theirs == "Fuldtalligt."


def test_only_a_substitute_of_the_side_steps_in_and_only_once(play: Play, meeting: Meeting) -> None:
    rows = came(meeting)
    chair = next(one for one in rows if one.seat.kind == "chair")
    erik = play.cast.people["employee"]
    wrong = [Came(one.seat, "substitute", erik) if one is chair else one for one in rows]
    with pytest.raises(Refused, match="no substitute on this side"):
        note(play, meeting, wrong)
    twice = [Came(one.seat, "substitute", erik) if one.seat.side == "staff" else one for one in rows]
    with pytest.raises(Refused, match="one member only"):
        note(play, meeting, twice)
    with pytest.raises(Refused, match="Choose who stood in"):
        note(play, meeting, [Came(one.seat, "substitute") for one in rows])


def test_it_is_noted_from_the_day_on_by_those_who_run_the_committee(play: Play, meeting: Meeting) -> None:
    with pytest.raises(Refused, match="on the day"):
        actions.note_attendance(meeting=meeting, came=came(meeting), **play.by("secretary"))
    with pytest.raises(NotAllowed):
        actions.note_attendance(meeting=meeting, came=came(meeting), **play.by("steward", MEETING))


def test_the_organisations_rules_decide_what_a_quorum_is(play: Play, meeting: Meeting) -> None:
    rows = came(meeting, steward="absent")  # one of two came for the staff side
    assert "no quorum" not in note(play, meeting, rows).note
    ProcedureRules.objects.update(quorum="none")
    counts = counting.counts(counting.places_at(meeting), {one.seat.pk: one.presence for one in rows})
    assert "quorum" not in counting.sentence(meeting, counts).lower()


COUNTS = st.lists(
    st.integers(0, 9).flatmap(
        lambda places: st.builds(Count, st.just("staff"), st.integers(0, places), st.just(places))
    ),
    max_size=2,
)


@given(COUNTS)
def test_half_of_each_side_is_at_least_one_of_each_where_there_are_any(found: list[Count]) -> None:
    half = has_quorum("half_of_each_side", found)
    assert half == all(one.filled >= one.places - one.filled for one in found)
    assert has_quorum("none", found) is None
    if half and all(one.places for one in found):
        assert has_quorum("one_of_each_side", found)


def test_the_page_begins_with_everybody_there(
    play: Play, meeting: Meeting, sign_in: Callable[[str], Client]
) -> None:
    Meeting.objects.filter(pk=meeting.pk).update(on=date(2026, 1, 20))
    page = f"/fjordby/meetings/{meeting.ref}/attendance/"
    client = sign_in("secretary")
    form = client.get(page).context["form"]
    typed = {f"seat_{place.seat.ref}": "present" for place, _field in form.lines()}
    steward = next(place for place, _field in form.lines() if place.seat.steward)
    typed[f"seat_{steward.seat.ref}"] = f"person_{play.cast.people['employee'].ref}"
    assert client.post(page, {**typed, "version": 0, "note": ""}).status_code == 302
    seen = client.get(f"/fjordby/meetings/{meeting.ref}/").content.decode()
    assert "Erik Ansat (Tove Tillidsvalgt)" in seen
