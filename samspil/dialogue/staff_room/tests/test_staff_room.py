"""The staff side's own room: who comes in, what colleagues do there, and what the others never learn."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from samspil.core.journal import commitment
from samspil.dialogue import actions as committees
from samspil.dialogue import boards
from samspil.dialogue.models import Item
from samspil.dialogue.secrecy import answers_visible_to, in_staff_room
from samspil.dialogue.staff_room import actions, words
from samspil.dialogue.staff_room.models import PreMeeting, StaffNote, StaffText
from samspil.dialogue.tests.conftest import Play
from samspil.initiative.models import Thing
from samspil.kit.refusal import ChangedMeanwhile, NotAllowed, Refused
from samspil.organisation import journal, personal_data
from samspil.organisation.models import JournalRow, JournalWords, Organisation, Person, Role, Seat
from samspil.organisation.viewer import Viewer
from tests.cast import NAMES, SINCE

SECRET = "Kollegerne tør ikke sige det højt"
STAFF_SIDE = {"vice_chair", "steward"}
MEETING = date(2026, 2, 18)
SignIn = Callable[[str], Client]


@pytest.fixture
def item(play: Play) -> Item:
    play.meeting(MEETING)
    return play.item()


def note(play: Play, who: str = "vice_chair", **facts: Any) -> StaffNote:
    told = {"title": "Før mødet", "text": SECRET, **play.by(who), **facts}
    return actions.write_note(committee=play.cast.committees["local"], **told)


def read(play: Play, who: str) -> list[str]:
    found = words.notes_in(play.cast.committees["local"], play.cast.viewer(who))
    return [one.newest.text for one in found]


# --- who comes in -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", sorted(NAMES))
def test_only_the_staff_side_reads_its_notes(play: Play, item: Item, who: str) -> None:
    written = note(play, item=item)
    actions.comment(note=written, text="Enig", **play.by("steward"))
    viewer = play.cast.viewer(who)
    assert read(play, who) == ([SECRET] if who in STAFF_SIDE else [])
    assert bool(words.versions(written, viewer)) == (who in STAFF_SIDE)
    assert bool(words.comments_on(written, viewer)) == (who in STAFF_SIDE)
    assert bool(words.notes_about(item, viewer)) == (who in STAFF_SIDE)


def test_a_substitute_reads_and_writes(play: Play) -> None:
    local = play.cast.committees["local"]
    stands_in_for = Seat.objects.get(committee=local, person=play.cast.people["vice_chair"])
    seat(play, "employee", substitute_for=stands_in_for)
    note(play)
    assert read(play, "employee") == [SECRET]
    note(play, "employee", text="Fra suppleanten")
    assert sorted(read(play, "steward")) == ["Fra suppleanten", SECRET]


def test_a_seat_in_another_committee_opens_nothing(play: Play) -> None:
    note(play)
    Seat.objects.create(
        organisation=play.cast.organisation,
        committee=play.cast.committees["main"],
        person=play.cast.people["employee"],
        side="staff",
        since=SINCE,
    )
    assert read(play, "employee") == []


@pytest.mark.parametrize(
    ("until", "opens"), [(date(2026, 1, 31), False), (date(2026, 2, 1), False), (date(2026, 2, 2), True)]
)
def test_on_the_day_a_seat_ends_the_room_closes(play: Play, until: date, opens: bool) -> None:
    note(play)
    Seat.objects.filter(person=play.cast.people["vice_chair"]).update(until=until)
    assert bool(read(play, "vice_chair")) == opens
    if not opens:
        with pytest.raises(NotAllowed):
            note(play)


@pytest.mark.parametrize("kind", sorted(set(Role.Kind.values) - {"project_lead"}))
def test_who_manages_administers_or_reads_along_never_comes_in_whatever_seat_they_take(
    play: Play, kind: str
) -> None:
    note(play)
    Role.objects.create(
        organisation=play.cast.organisation,
        person=play.cast.people["steward"],
        kind=kind,
        unit=play.cast.units["it"],
        since=SINCE,
    )
    assert read(play, "steward") == []


def test_a_seat_on_managements_side_of_any_committee_closes_the_room(play: Play) -> None:
    note(play)
    seat(play, "steward", side="management", committee=play.cast.committees["main"])
    assert read(play, "steward") == []


def seat(play: Play, who: str, **facts: Any) -> Seat:
    told = {"committee": play.cast.committees["local"], "side": "staff", "since": SINCE, **facts}
    return Seat.objects.create(organisation=play.cast.organisation, person=play.cast.people[who], **told)


TODAY = date(2026, 2, 1)
BARRED = {"administrator", "director", "digital_lead", "line_manager", "auditor", "consultant"}
DAYS = st.integers(-5, 5).map(lambda days: TODAY + timedelta(days=days))
SEATS = st.fixed_dictionaries(
    {
        "committee_id": st.integers(1, 2),
        "side": st.sampled_from(["staff", "management"]),
        "kind": st.sampled_from(list(Seat.Kind)),
        "since": st.just(SINCE) | DAYS,
        "until": st.none() | DAYS,
        "substitute": st.booleans(),
    }
)


SELDOM = st.integers(0, 5).map(lambda number: number == 5)  # so that no one reason hides another


@settings(max_examples=400)
@given(
    seats=st.lists(SEATS, min_size=1, max_size=5),
    kinds=st.just(set()) | st.sets(st.sampled_from(list(Role.Kind)), max_size=2),
    guest=SELDOM,
    left=SELDOM.flatmap(lambda seldom: DAYS if seldom else st.none()),
    committee=st.integers(1, 2),
)
def test_whatever_roles_seats_and_dates_somebody_has(
    seats: list[dict[str, Any]], kinds: set[str], guest: bool, left: date | None, committee: int
) -> None:
    """The same said the other way round: a reason to come in, and none to stay outside."""
    held = [one for one in seats if one["since"] <= TODAY and (one["until"] is None or one["until"] >= TODAY)]
    viewer = Viewer(
        organisation=Organisation(),
        person=Person(guest_of="Region" if guest else "", left_on=left),
        today=TODAY,
        roles=tuple(Role(kind=kind) for kind in kinds),
        seats=tuple(_seat_of(one) for one in held),
    )
    ends_later = [one for one in held if one["until"] is None or one["until"] > TODAY]
    invited = any(one["committee_id"] == committee and one["side"] == "staff" for one in ends_later)
    bars = [
        guest,
        left is not None,
        any(one["side"] == "management" for one in held),
        bool(kinds & BARRED),
    ]
    assert in_staff_room(viewer, committee) == (invited and not any(bars))


def _seat_of(one: dict[str, Any]) -> Seat:
    facts = {name: value for name, value in one.items() if name != "substitute"}
    return Seat(**facts, substitute_for=Seat(kind="chair") if one["substitute"] else None)


def test_the_operator_is_nobody_in_the_room(play: Play) -> None:
    from samspil.organisation.viewer import operator_of

    note(play)
    operator = operator_of(play.cast.organisation, play.cast.at)
    assert words.notes_in(play.cast.committees["local"], operator) == []


# --- what colleagues do -------------------------------------------------------------------------------------


def test_two_who_write_in_one_note_lose_nothing(play: Play) -> None:
    written = note(play)
    note(play, "steward", note=written, text="Toves udgave", version=1)
    with pytest.raises(ChangedMeanwhile) as fault:
        note(play, note=written, text="Aishas udgave", version=1)
    assert "Toves udgave" in fault.value.theirs
    assert "Aishas udgave" in fault.value.yours
    texts = [one.text for one in words.versions(written, play.cast.viewer("steward"))]
    assert texts == ["Toves udgave", SECRET]


def test_a_note_never_moves_to_another_committees_room(play: Play) -> None:
    written = note(play)
    moved = actions.write_note(
        committee=play.cast.committees["main"],
        note=written,
        title="x",
        text="y",
        version=1,
        **play.by("steward"),
    )
    assert moved.committee == play.cast.committees["local"]


def test_a_note_becomes_part_of_the_sides_answer_below_what_stands_there(play: Play, item: Item) -> None:
    question = play.first_question(item)
    committees.answer_question(question=question, text="Det vi har", **play.by("steward"))
    written = note(play, item=item)
    actions.move_note(note=written, question=question, **play.by("vice_chair"))
    answers = answers_visible_to(play.cast.viewer("steward"), item)
    assert answers.of(question.pk, "staff").text == f"Det vi har\n\n{SECRET}"  # type: ignore[union-attr]
    assert answers_visible_to(play.cast.viewer("chair"), item).by_question == {}


def test_what_is_too_long_for_an_answer_is_not_cut(play: Play, item: Item) -> None:
    written = note(play, item=item, text="a" * 4001)
    with pytest.raises(Refused, match="too long"):
        actions.move_note(note=written, question=play.first_question(item), **play.by("steward"))


def test_a_pre_meeting_comes_before_the_meeting(play: Play, item: Item) -> None:
    meeting = play.meeting(date(2026, 3, 18))
    with pytest.raises(Refused, match="before the meeting"):
        actions.set_pre_meeting(meeting=meeting, on=date(2026, 3, 19), **play.by("steward"))
    actions.set_pre_meeting(meeting=meeting, on=date(2026, 3, 17), place="Kantinen", **play.by("steward"))
    with pytest.raises(ChangedMeanwhile, match="Both texts"):
        actions.set_pre_meeting(meeting=meeting, on=date(2026, 3, 16), **play.by("vice_chair"))
    assert words.pre_meeting_of(meeting, play.cast.viewer("chair")) is None
    assert words.pre_meeting_of(meeting, play.cast.viewer("vice_chair")) == PreMeeting.objects.get()


# --- releasing ----------------------------------------------------------------------------------------------


def test_a_released_note_is_read_on_the_item_by_everybody_and_stays_as_it_is(
    play: Play, item: Item, sign_in: SignIn
) -> None:
    written = note(play, item=item)
    actions.comment(note=written, text="Kun for os", **play.by("steward"))
    page = f"/fjordby/items/{item.ref}/"
    assert SECRET not in sign_in("chair").get(page).content.decode()
    actions.release_note(note=written, version=1, **play.by("steward"))
    shown = sign_in("chair").get(page).content.decode()
    assert SECRET in shown
    assert "Kun for os" not in shown
    with pytest.raises(Refused):
        note(play, note=written, text="Andet", version=1)
    assert SECRET in str(list(boards.item_texts([Thing.objects.get(ref=item.ref)])))


def test_nobody_releases_a_version_they_have_not_read(play: Play, item: Item) -> None:
    written = note(play, item=item)
    note(play, "steward", item=item, note=written, text="Skarpere", version=1)
    with pytest.raises(ChangedMeanwhile):
        actions.release_note(note=written, version=1, **play.by("vice_chair"))
    assert words.released_about([item]) == {}


def test_a_note_about_nothing_cannot_be_released(play: Play) -> None:
    with pytest.raises(Refused, match="which item"):
        actions.release_note(note=note(play), version=1, **play.by("steward"))


def test_releasing_is_asked_twice(play: Play, item: Item, sign_in: SignIn) -> None:
    written = note(play, item=item)
    client, page = sign_in("steward"), f"/fjordby/staff-notes/{written.ref}/release/"
    assert SECRET in client.get(page).content.decode()
    once = client.post(page, {"version": 1})
    assert 'name="sure"' in once.content.decode()
    assert StaffNote.objects.get().released_at is None
    client.post(page, {"version": 1, "sure": "yes"})
    assert StaffNote.objects.get().released_at is not None


# --- what the others never learn ----------------------------------------------------------------------------


def test_the_journal_holds_commitments_and_not_the_words(play: Play, item: Item) -> None:
    written = note(play, title="Hemmelig titel", item=item)
    said = actions.comment(note=written, text="Hemmelig kommentar", **play.by("steward"))
    meeting = play.meeting(date(2026, 3, 18))
    set_to = actions.set_pre_meeting(
        meeting=meeting, on=date(2026, 3, 17), place="Hemmeligt sted", **play.by("steward")
    )
    kept = str(list(JournalWords.objects.values())) + str(list(JournalRow.objects.values()))
    for word in (SECRET, "Hemmelig titel", "Hemmelig kommentar", "Hemmeligt sted", "2026-03-17"):
        assert word not in kept, word
    facts = {row.row.verb: row.facts for row in JournalWords.objects.select_related("row")}
    text = StaffText.objects.get()
    opened = {
        "dialogue.staff_note_written": (text.salt, f"{text.title}\n{text.text}"),
        "dialogue.staff_comment_written": (said.salt, said.text),
        "dialogue.pre_meeting_set": (set_to.salt, "2026-03-17 · Hemmeligt sted"),
    }
    for verb, (salt, words_) in opened.items():
        assert facts[verb]["commitment"] == commitment(bytes.fromhex(salt), words_), verb
    assert journal.verify(play.cast.organisation) == []


def test_what_somebody_wrote_stands_in_their_own_data_and_what_a_colleague_wrote_does_not(play: Play) -> None:
    """Also when they have left the side: their own words, and nobody else's."""
    written = note(play, "steward")
    note(play, note=written, text="Aishas fortsættelse", version=1)
    Seat.objects.filter(person=play.cast.people["steward"]).update(until=TODAY)
    known = {
        trace.entry.model: str(list(trace.values()))
        for trace in personal_data.traces(play.cast.people["steward"])
    }
    assert SECRET in known["dialogue.StaffText"]
    assert "Aishas fortsættelse" not in str(known)
    others = str([list(one.values()) for one in personal_data.traces(play.cast.people["chair"])])
    assert SECRET not in others


def test_only_the_room_itself_touches_its_tables() -> None:
    """`words.py` reads, `actions.py` writes; the manifest says what they know of people."""
    package = Path(__file__).parents[3]
    touching = {
        str(path.relative_to(package))
        for path in package.rglob("*.py")
        if "/tests/" not in str(path) and "/migrations/" not in str(path)
        if re.search(r"\b(StaffNote|StaffText|StaffComment|PreMeeting)\.objects", path.read_text("utf-8"))
    }
    assert touching == {"dialogue/staff_room/words.py", "dialogue/staff_room/actions.py"}


@pytest.mark.parametrize("who", sorted(set(NAMES) - STAFF_SIDE))
def test_the_room_is_closed_and_nothing_on_open_pages_leads_into_it(
    play: Play, item: Item, sign_in: SignIn, who: str
) -> None:
    written = note(play, item=item)
    client, local = sign_in(who), play.cast.committees["local"].ref
    for path in (f"committees/{local}/staff-side/", f"staff-notes/{written.ref}/"):
        assert client.get(f"/fjordby/{path}").status_code == (404 if who == "guest" else 403)
    for path in (f"committees/{local}/", f"items/{item.ref}/", "", "journal/", "search/?q=Kollegerne"):
        page = client.get(f"/fjordby/{path}").content.decode()
        assert SECRET not in page, path
        assert written.ref not in page, path
        assert "staff-side/" not in page, path


def test_members_find_the_room_from_the_committee_and_from_the_item(
    play: Play, item: Item, sign_in: SignIn
) -> None:
    written = note(play, item=item)
    client, local = sign_in("steward"), play.cast.committees["local"].ref
    assert f"/committees/{local}/staff-side/" in client.get(f"/fjordby/committees/{local}/").content.decode()
    assert f"/staff-notes/{written.ref}/" in client.get(f"/fjordby/items/{item.ref}/").content.decode()
    room = client.get(f"/fjordby/committees/{local}/staff-side/").content.decode()
    assert "database" in room  # what cannot be promised is said plainly


def test_what_is_typed_and_not_sent_waits_for_its_writer_alone(play: Play, sign_in: SignIn) -> None:
    local = play.cast.committees["local"].ref
    page = f"/fjordby/committees/{local}/staff-side/notes/new/"
    client = sign_in("steward")
    url = client.get(page).context["form"].draft.url
    client.post(url, {"title": "Ikke sendt", "text": SECRET})
    assert SECRET in client.get(page).content.decode()
    assert SECRET not in sign_in("vice_chair").get(page).content.decode()
