"""A whole meeting is released and approved in one press; whoever leaves something out says why."""

import hashlib
import json
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from io import StringIO
from itertools import chain, combinations
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from samspil.core.minutes_hash import meeting_hash
from samspil.dialogue import actions as committees
from samspil.dialogue import record, signing
from samspil.dialogue.closing.actions import close_item
from samspil.dialogue.minutes import actions
from samspil.dialogue.minutes.models import Reservation
from samspil.dialogue.minutes.whole import noted, whole
from samspil.dialogue.models import Item, Meeting, Minutes, Signature
from samspil.dialogue.queries import item as found_item
from samspil.dialogue.tests.conftest import Play, noon
from samspil.dialogue.waiting import waiting_for
from samspil.initiative import consumers
from samspil.initiative.models import Notice
from samspil.kit import clock
from samspil.kit.refusal import ChangedMeanwhile, Refused
from samspil.organisation import journal
from samspil.organisation.models import ProcedureRules

MET, LATER = date(2026, 2, 18), date(2026, 3, 4)


def held(play: Play, count: int = 3, key: str = "discussed") -> Meeting:
    """A meeting with items whose texts are written."""
    meeting = play.meeting(MET)
    for number in range(count):
        item = play.item(meeting=meeting, title=f"Sag {number}")
        if item.meeting is None:
            committees.place_item(item=item, meeting=meeting, **play.by("secretary"))
        does = play.by("secretary", MET)
        per_union = play.cast.organisation.slug == "sted-mbl"
        unions = play.cast.unions.values() if per_union else (None,)
        outcomes = [committees.NewOutcome(key, union) for union in unions]
        kept = committees.record_outcome(item=again(item), outcomes=outcomes, **does)
        committees.write_minutes(item=again(kept), text=f"Drøftet {number}", **does)
    return Meeting.objects.select_related("committee", "organisation").get(pk=meeting.pk)


def again(item: Item) -> Item:
    found = found_item(item.ref)
    assert found is not None
    return found


def read(play: Play, meeting: Meeting, who: str = "chair") -> Any:
    return whole(meeting, play.cast.viewer(who, play.by(who, LATER)["at"]))


def sign(play: Play, meeting: Meeting, who: str, act: str = "release", **more: Any) -> str:
    call = actions.release_meeting if act == "release" else actions.approve_meeting
    given = {"sha256": read(play, meeting).sha256, "left_out": {}, **more}
    return call(meeting=meeting, **given, **play.by(who, LATER))


def statuses() -> list[str]:
    return list(Item.objects.order_by("pk").values_list("status", flat=True))


def test_everything_is_released_and_approved_in_one_press_each(play: Play) -> None:
    meeting = held(play)
    for act, status in (("release", "released"), ("approve", "approved")):
        for who in ("chair", "vice_chair"):
            sign(play, meeting, who, act)
        assert statuses() == [status] * 3
    assert Signature.objects.count() == 12
    assert read(play, meeting).complete
    assert journal.verify(play.cast.organisation) == []


def test_what_was_carried_over_before_it_was_signed_is_signed_where_it_was_treated(play: Play) -> None:
    meeting = held(play, key="informed")
    first = Item.objects.order_by("pk")[0]
    committees.place_item(item=again(first), meeting=play.meeting(LATER), **play.by("secretary", MET))
    for act in ("release", "approve"):
        for who in ("chair", "vice_chair"):
            sign(play, meeting, who, act)
    assert read(play, meeting).complete
    assert statuses() == ["on_agenda", "approved", "approved"]
    assert {line.status for line in read(play, meeting).lines} == {"approved"}


def test_a_text_that_was_left_behind_waits_on_the_front_page_and_in_the_mail(play: Play) -> None:
    meeting = held(play, key="informed")
    first = Item.objects.order_by("pk")[0]
    committees.place_item(item=again(first), meeting=play.meeting(LATER), **play.by("secretary", MET))
    there = [f"/fjordby/meetings/{meeting.ref}/minutes/{act}/" for act in ("release", "approve")]

    def waits(who: str) -> list[str]:
        viewer = play.cast.viewer(who, noon(LATER))
        return [one.url for one in waiting_for(viewer, noon(LATER)) if one.url in there]

    def told(who: str) -> list[str]:
        consumers.read_on(play.cast.organisation, noon(LATER))
        rows = Notice.objects.filter(person=play.cast.people[who], thing=first.ref)
        return [one.facts["url"] for one in rows if one.facts["url"] in there]

    assert (waits("vice_chair"), waits("steward"), waits("employee")) == ([there[0]], [], [])
    sign(play, meeting, "chair")
    assert (waits("chair"), waits("vice_chair")) == ([], [there[0]])
    sign(play, meeting, "vice_chair")
    assert (waits("chair"), waits("vice_chair")) == ([there[1]], [there[1]])
    assert told("chair") == [there[1]]
    for who in ("chair", "vice_chair"):
        sign(play, meeting, who, "approve")
        assert waits(who) == []


def test_what_is_left_out_stays_unsigned_with_its_sentence(play: Play) -> None:
    meeting = held(play)
    second = Item.objects.order_by("pk")[1]
    sign(play, meeting, "chair")
    sign(play, meeting, "vice_chair", left_out={second.thing.ref: "Her mangler vores mindretalsudtalelse"})
    assert statuses() == ["released", "discussed", "released"]
    (line,) = [one for one in read(play, meeting).lines if one.item.pk == second.pk]
    assert [one.because for one in line.unsigned] == ["Her mangler vores mindretalsudtalelse"]
    sign(play, meeting, "vice_chair")
    assert statuses() == ["released"] * 3
    (line,) = [one for one in read(play, meeting).lines if one.item.pk == second.pk]
    assert line.unsigned == []


def test_leaving_out_without_a_sentence_is_refused_and_nothing_is_signed(play: Play) -> None:
    meeting = held(play)
    item = Item.objects.order_by("pk")[2]
    with pytest.raises(Refused):
        sign(play, meeting, "chair", left_out={item.thing.ref: "  "})
    assert not Signature.objects.exists()
    assert not Reservation.objects.exists()


def test_who_read_another_text_signs_nothing(play: Play) -> None:
    meeting = held(play)
    before = read(play, meeting).sha256
    item = again(Item.objects.order_by("pk")[0])
    committees.write_minutes(item=item, text="Ændret", version=1, **play.by("secretary", MET))
    with pytest.raises(ChangedMeanwhile):
        sign(play, meeting, "chair", sha256=before)
    assert not Signature.objects.exists()


def test_nobody_signs_twice(play: Play) -> None:
    meeting = held(play)
    sign(play, meeting, "chair")
    with pytest.raises(Refused):
        sign(play, meeting, "chair")


def test_it_is_approved_at_the_next_meeting(play: Play) -> None:
    meeting, following = held(play), play.meeting(LATER)
    for who in ("chair", "vice_chair"):
        sign(play, meeting, who)
    for who in ("chair", "vice_chair"):
        sign(play, meeting, who, "approve", at_meeting=following)
    assert set(Signature.objects.filter(act="approve").values_list("at_meeting", flat=True)) == {following.pk}


def test_another_committees_meeting_or_an_earlier_one_does_not_approve(play: Play) -> None:
    meeting = held(play)
    for who in ("chair", "vice_chair"):
        sign(play, meeting, who)
    for wrong in (play.meeting(LATER, level="area"), meeting):
        with pytest.raises(Refused):
            sign(play, meeting, "chair", "approve", at_meeting=wrong)


def test_samverkan_is_justerad_by_each_union(play_under: Callable[[str], Play]) -> None:
    play = play_under("samverkan")
    ProcedureRules.objects.update(release=["chair"], approve=["chair", "each_adjuster"])
    meeting = held(play, key="concluded_agreed")
    sign(play, meeting, "chair")
    for who in ("chair", "vice_chair"):
        sign(play, meeting, who, "approve")
    assert statuses() == ["released"] * 3
    sign(play, meeting, "steward", "approve")
    assert statuses() == ["approved"] * 3


def test_mbl_is_justerat_union_by_union(play_under: Callable[[str], Play]) -> None:
    play = play_under("MBL")
    meeting = held(play, count=2, key="concluded_agreed")
    sign(play, meeting, "chair")
    for who in ("chair", "vice_chair"):
        sign(play, meeting, who, "approve")
    places = read(play, meeting).lines[0].sheets[signing.APPROVE].missing
    assert [(one.kind, one.union.name) for one in places] == [("adjuster", "Forbund B")]


def test_the_journal_holds_the_hash_and_shows_when_a_text_changed_afterwards(play: Play) -> None:
    meeting = held(play)
    sha256 = sign(play, meeting, "chair")
    assert [(one.sha256, one.same) for one in noted(read(play, meeting))] == [(sha256, True)]
    item = again(Item.objects.order_by("pk")[0])
    committees.write_minutes(item=item, text="Ændret", version=1, **play.by("secretary", LATER))
    assert [(one.sha256, one.same) for one in noted(read(play, meeting))] == [(sha256, False)]


def test_a_text_that_was_approved_and_written_anew_says_so(play: Play) -> None:
    meeting = held(play, count=1)
    for act in ("release", "approve"):
        for who in ("chair", "vice_chair"):
            sign(play, meeting, who, act)
    assert not read(play, meeting).lines[0].approved_before
    item = again(Item.objects.get())
    committees.write_minutes(item=item, text="Ændret", version=1, **play.by("secretary", LATER))
    assert read(play, meeting).lines[0].approved_before


def test_a_byte_changed_in_the_database_is_seen(play: Play) -> None:
    meeting = held(play)
    row = Minutes.objects.order_by("pk")[0]
    Minutes.objects.filter(pk=row.pk).update(record=row.record.replace("Drøftet", "Droftet"))
    assert [line.fits for line in read(play, meeting, "employee").lines] == [False, True, True]


def test_the_hash_of_the_meeting_is_that_of_its_items_in_the_order_of_the_agenda(play: Play) -> None:
    found = read(play, held(play))
    assert found.sha256 == meeting_hash([line.minutes.sha256 for line in found.lines])


def test_the_same_words_never_have_the_same_hash_so_nobody_can_guess_a_closed_text(play: Play) -> None:
    meeting = held(play, count=1)
    item = again(Item.objects.get())
    committees.write_minutes(item=item, text="Drøftet 0", version=1, **play.by("secretary", MET))
    first, second = Minutes.objects.filter(meeting=meeting).order_by("number")
    assert first.text == second.text
    assert first.sha256 != second.sha256


def test_a_record_from_before_there_was_salt_still_thaws() -> None:
    old = record.Record("O", "C", "2026-02-18", "I", (), (), "", "T", "", "")
    assert "salt" not in old.frozen()
    assert record.thaw(old.frozen(), record.fingerprint(old.frozen())) == old


@settings(max_examples=200)
@given(st.text(max_size=80), st.data())
def test_any_byte_of_a_record_counts(text: str, data: st.DataObject) -> None:
    frozen = record.Record("O", "C", "2026-02-18", "I", (), (), "", text, "", "", "ab" * 16).frozen().encode()
    place = data.draw(st.integers(0, len(frozen) - 1))
    other = data.draw(st.integers(0, 255).filter(lambda byte: byte != frozen[place]))
    changed = frozen[:place] + bytes([other]) + frozen[place + 1 :]
    assert hashlib.sha256(changed).digest() != hashlib.sha256(frozen).digest()
    assert record.thaw(frozen.decode(), hashlib.sha256(frozen).hexdigest()).text == text


# --- the pages --------------------------------------------------------------------------------------------


def address(play: Play, meeting: Meeting, rest: str = "") -> str:
    return f"/{play.cast.organisation.slug}/meetings/{meeting.ref}/minutes{rest}"


@pytest.fixture
def meeting(play: Play, sign_in: Callable[[str], Client]) -> Meeting:
    made = held(play)
    clock.move_to(play.by("chair", LATER)["at"])
    return made


def test_the_page_signs_everything_and_leads_on(
    play: Play, meeting: Meeting, sign_in: Callable[[str], Client]
) -> None:
    clients = {who: sign_in(who) for who in ("chair", "vice_chair")}
    clock.move_to(play.by("chair", LATER)["at"])
    item = Item.objects.order_by("pk")[1].thing.ref
    for who, client in clients.items():
        page = address(play, meeting, "/release/")
        shown = client.get(page)
        form = {"sha256": shown.context["whole"].sha256}
        if who == "chair":
            refused = client.post(page, form | {f"out_{item}": "on"})
            assert refused.status_code == 200
            assert f"because_{item}" in refused.context["form"].errors
        response = client.post(page, form)
    assert response["Location"] == address(play, meeting, "/approve/")
    assert statuses() == ["released"] * 3


def test_a_reader_sees_texts_only_when_they_are_released(
    play: Play, meeting: Meeting, sign_in: Callable[[str], Client]
) -> None:
    client = sign_in("employee")
    clock.move_to(play.by("chair", LATER)["at"])
    assert "Drøftet 0" not in client.get(address(play, meeting, "/")).content.decode()
    for who in ("chair", "vice_chair"):
        sign(play, meeting, who)
    assert "Drøftet 0" in client.get(address(play, meeting, "/")).content.decode()


def test_somebody_who_is_not_let_in_sees_the_hash_and_no_word(
    play: Play, meeting: Meeting, sign_in: Callable[[str], Client]
) -> None:
    item = again(Item.objects.order_by("pk")[0])
    for who in ("chair", "vice_chair"):
        sign(play, meeting, who)
    close_item(item=item, because="personal", until=date(2026, 6, 1), **play.by("chair", LATER))
    client = sign_in("employee")
    clock.move_to(play.by("chair", LATER)["at"])
    shown = client.get(address(play, meeting, "/")).content.decode()
    assert "Sag 0" not in shown
    assert "Sag 1" in shown
    assert Minutes.objects.get(item=item).sha256 in shown


def test_the_page_asks_a_constant_number_of_questions(
    play: Play, sign_in: Callable[[str], Client], django_assert_max_num_queries: Any
) -> None:
    made, client = held(play, count=9), sign_in("chair")
    clock.move_to(play.by("chair", LATER)["at"])
    with django_assert_max_num_queries(35):
        assert client.get(address(play, made, "/")).status_code == 200


def test_exactly_what_is_left_out_stays_unsigned(play: Play) -> None:
    meeting = held(play)
    items = list(Item.objects.filter(meeting=meeting).order_by("pk"))
    for out in chain.from_iterable(combinations(items, size) for size in range(len(items) + 1)):
        with transaction.atomic():
            sign(play, meeting, "chair", left_out={item.thing.ref: "Ikke enig" for item in out})
            signed = Signature.objects.values_list("minutes__item", flat=True)
            assert {item.pk for item in items} - {*signed} == {item.pk for item in out}
            transaction.set_rollback(True)


# --- the command ------------------------------------------------------------------------------------------


def verified(meeting: Meeting) -> dict[str, Any]:
    out = StringIO()
    with suppress(SystemExit):
        call_command("minutes", "verify", meeting.ref, organisation="fjordby", json=True, stdout=out)
    return dict(json.loads(out.getvalue()))


def test_the_command_names_the_text_that_was_changed(play: Play) -> None:
    meeting = held(play)
    assert verified(meeting)["whole"]
    row = Minutes.objects.order_by("pk")[1]
    Minutes.objects.filter(pk=row.pk).update(record=row.record.replace("Drøftet", "Droftet"))
    found = verified(meeting)
    assert not found["whole"]
    assert [one["fits"] for one in found["items"]] == [True, False, True]


def test_the_command_names_no_closed_item(play: Play) -> None:
    meeting = held(play)
    item = again(Item.objects.order_by("pk")[0])
    close_item(item=item, because="personal", until=date(2031, 1, 1), **play.by("chair"))
    found = verified(meeting)
    assert "Sag 0" not in str(found)
    assert found["items"][0]["sha256"] == Minutes.objects.get(item=item).sha256
