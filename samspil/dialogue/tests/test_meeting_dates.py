"""A mistyped date of a meeting is corrected with a reason; both dates stay visible and the clock follows."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import translation

from samspil.dialogue import actions, documents
from samspil.dialogue.heard import Facts
from samspil.dialogue.late import changed_by_correction, report
from samspil.dialogue.models import DateCorrection, Item, Meeting, Minutes
from samspil.dialogue.proposal import request_day
from samspil.dialogue.sealing import sealed
from samspil.dialogue.tests.conftest import Play
from samspil.dialogue.tests.test_pages import SignIn, page, today_is
from samspil.dialogue.tests.test_too_late import board, contract
from samspil.initiative import evidence
from samspil.kit.refusal import NotAllowed, Refused
from samspil.organisation import journal
from samspil.organisation.models import JournalWords

TYPED, RIGHT, TODAY = date(2026, 3, 15), date(2026, 2, 15), date(2026, 3, 20)
TOO_LATE = "Discussed 14 days after the binding step (the contract is signed)."


@pytest.fixture(autouse=True)
def in_english() -> object:
    with translation.override("en"):
        yield


@pytest.fixture
def late(play: Play) -> Item:
    """Discussed on 15 February, entered as 15 March; the contract was signed on 1 March."""
    contract(play)
    return play.approved(play.discussed(TYPED), TODAY)


def correct(play: Play, item: Item, on: date = RIGHT, who: str = "secretary", **facts: str) -> DateCorrection:
    assert item.meeting is not None
    reason = facts.get("reason", "Måneden var skrevet forkert")
    return actions.correct_meeting_date(meeting=item.meeting, on=on, reason=reason, **play.by(who, TODAY))


def because(play: Play) -> str:
    return evidence.because_of(board(play))


def test_clock_evidence_and_report_follow_a_corrected_date_at_once(play: Play, late: Item) -> None:
    director = play.cast.viewer("director")
    assert (board(play).status, because(play)) == ("missing", TOO_LATE)
    assert [row.sentence for row in report(director).late] == [TOO_LATE]
    assert changed_by_correction(Facts([play.initiative]), play.cast.at.date()) == []

    correct(play, late)
    committee = play.cast.committees["local"].name
    in_time = f"Discussed 14 days before the binding step (the contract is signed), in {committee}."
    assert (board(play).status, because(play)) == ("met", in_time)
    assert report(director).late == []
    (changed,) = changed_by_correction(Facts([play.initiative]), play.cast.at.date())
    assert (changed.before, changed.now, changed.item) == (TOO_LATE, in_time, late)
    assert [one.reason for one in changed.corrections] == ["Måneden var skrevet forkert"]


def test_a_correction_can_show_that_it_was_too_late(play: Play) -> None:
    contract(play)
    item = play.approved(play.discussed(RIGHT), TODAY)
    assert report(play.cast.viewer("director")).late == []
    correct(play, item, on=TYPED)
    (row,) = report(play.cast.viewer("director")).late
    assert (row.sentence, row.met_on) == (TOO_LATE, TYPED)
    assert [(one.before, one.after) for one in row.corrections] == [(RIGHT, TYPED)]


def test_every_earlier_date_stays_with_who_when_and_why(play: Play, late: Item) -> None:
    correct(play, late, on=date(2026, 2, 14), reason="Forkert måned")
    correct(play, Item.objects.select_related("meeting").get(pk=late.pk), reason="Det var dagen efter")
    kept = [(one.before, one.after, one.reason) for one in DateCorrection.objects.all()]
    assert kept == [
        (TYPED, date(2026, 2, 14), "Forkert måned"),
        (date(2026, 2, 14), RIGHT, "Det var dagen efter"),
    ]
    assert {one.corrected_by for one in DateCorrection.objects.all()} == {play.cast.people["secretary"]}
    (changed,) = changed_by_correction(Facts([play.initiative]), play.cast.at.date())
    assert changed.before == TOO_LATE


def test_the_journal_remembers_and_still_fits_the_rows(play: Play, late: Item) -> None:
    correct(play, late)
    meeting, item = list(JournalWords.objects.order_by("-row__sequence")[:2])
    assert (meeting.row.verb, item.row.verb) == (
        "dialogue.meeting_date_corrected",
        "dialogue.item_date_corrected",
    )
    told = {"before": "2026-03-15", "on": "2026-02-15", "reason": "Måneden var skrevet forkert"}
    assert told.items() <= meeting.facts.items()
    assert told.items() <= item.facts.items()
    assert journal.verify(play.cast.organisation) == []
    assert "2026-02-15 discussed" in sealed(late)["outcome"]


def test_a_text_that_was_signed_stays_as_it_is_and_says_so(play: Play, late: Item, sign_in: SignIn) -> None:
    before = Minutes.objects.get()
    correct(play, late)
    after = Minutes.objects.get()
    assert (after.text, after.record, after.sha256) == (before.text, before.record, before.sha256)
    assert '"met_on":"2026-03-15"' in after.record
    today_is(TODAY)
    shown = sign_in("employee").get(page(play, late)).content.decode()
    assert "Teksten siger 15. marts 2026" in shown
    with translation.override("da"):
        item = Item.objects.get(pk=late.pk)
        blocks = documents.minutes(item, after, TODAY, "da").blocks
    assert any("rettet til 15. februar 2026" in getattr(block, "text", "") for block in blocks)


def test_a_text_that_nobody_has_signed_gets_a_version_with_the_right_date(play: Play) -> None:
    item = play.discussed(TYPED)
    actions.write_minutes(item=item, text="Drøftet.", **play.by("secretary", TODAY))
    correct(play, Item.objects.select_related("meeting").get(pk=item.pk))
    first, second = Minutes.objects.order_by("number")
    assert (first.text, second.text) == ("Drøftet.", "Drøftet.")
    assert '"met_on":"2026-03-15"' in first.record
    assert '"met_on":"2026-02-15"' in second.record


@pytest.mark.parametrize("who", ["secretary", "employee"])
def test_both_dates_stand_on_every_page_about_it(play: Play, late: Item, sign_in: SignIn, who: str) -> None:
    correct(play, late)
    today_is(TODAY)
    client, slug = sign_in(who), play.cast.organisation.slug
    assert late.meeting
    sentence = "Datoen er rettet fra 15. marts 2026 til 15. februar 2026: Måneden var skrevet forkert"
    for path in (page(play, late), f"/{slug}/meetings/{late.meeting.ref}/", f"/{slug}/asked-too-late/"):
        shown = client.get(path).content.decode()
        assert sentence in shown, path
    assert "Drøftet 14 dage efter det bindende skridt" in client.get(page(play, late)).content.decode()
    assert sentence in client.get(f"/{slug}/asked-too-late.csv").content.decode()


# --- what cannot be corrected --------------------------------------------------------------------------------


def refused(play: Play, item: Item, on: date, **facts: str) -> str:
    with pytest.raises(Refused) as refusal:
        correct(play, item, on=on, **facts)
    return str(refusal.value.sentence)


def test_a_meeting_that_was_held_is_not_moved_into_the_future(play: Play, late: Item) -> None:
    assert "has been held" in refused(play, late, TODAY + timedelta(1))


def test_a_meeting_to_come_is_not_moved_into_the_past(play: Play) -> None:
    play.meeting(TODAY + timedelta(10))
    assert "still to come" in refused(play, play.item(), TODAY - timedelta(1))


def test_a_meeting_to_come_gets_another_day_and_a_new_day_to_ask_by(play: Play) -> None:
    play.meeting(TODAY + timedelta(10))
    item = play.item()
    correct(play, item, on=TODAY + timedelta(17))
    after = Meeting.objects.select_related("committee").get()
    by_the_rules = request_day(after.committee, after.on, play.by("secretary")["by"])
    assert (after.on, after.request_by) == (TODAY + timedelta(17), by_the_rules)


def test_a_correction_needs_a_reason_and_another_day(play: Play, late: Item) -> None:
    assert "why" in refused(play, late, RIGHT, reason="  ")
    assert "already" in refused(play, late, TYPED)


def test_a_meeting_is_not_held_after_its_text_was_signed(play: Play) -> None:
    item = play.approved(play.discussed(RIGHT), date(2026, 2, 20))
    assert "signed on" in refused(play, item, date(2026, 2, 21))


def test_a_committee_does_not_meet_twice_at_the_same_hour(play: Play, late: Item) -> None:
    play.meeting(RIGHT)
    assert "already" in refused(play, late, RIGHT)


# --- who corrects --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["lead", "steward", "employee", "administrator"])
def test_who_does_not_run_the_committee_does_not_correct_its_meeting(
    play: Play, late: Item, who: str
) -> None:
    with pytest.raises(NotAllowed):
        correct(play, late, who=who)


def elsewhere(play: Play) -> Item:
    return actions.record_meeting_elsewhere(
        initiative=play.initiative,
        committee=play.cast.committees["local"],
        on=TYPED,
        outcomes=[actions.NewOutcome("discussed")],
        text="Drøftet.",
        **play.by("lead", TODAY),
    )


@pytest.mark.parametrize("who", ["lead", "owner", "secretary"])
def test_who_may_record_a_meeting_held_elsewhere_may_correct_its_date(play: Play, who: str) -> None:
    contract(play)
    item = elsewhere(play)
    assert "15 March" in because(play) or "14 days after" in because(play)
    correct(play, item, who=who)
    assert "14 days after" not in because(play)
    assert board(play).because_key.startswith("awaiting_approval")


def test_others_do_not_correct_a_meeting_held_elsewhere(play: Play) -> None:
    with pytest.raises(NotAllowed):
        correct(play, elsewhere(play), who="employee")


def test_the_form_corrects_and_says_where_it_cannot(play: Play, late: Item, sign_in: SignIn) -> None:
    today_is(TODAY)
    assert late.meeting
    path = f"/{play.cast.organisation.slug}/meetings/{late.meeting.ref}/date/"
    client: Client = sign_in("secretary")
    wrong = client.post(path, {"on": "2026-04-01", "reason": "Forkert"})
    assert "on" in wrong.context["form"].errors
    assert client.post(path, {"on": RIGHT.isoformat(), "reason": "Forkert måned"}).status_code == 302
    assert Meeting.objects.get().on == RIGHT
    assert "Forkert måned" in client.get(path).content.decode()
    assert sign_in("employee").get(path).status_code == 403
