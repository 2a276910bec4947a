"""An item goes down to the committees below, and what they say comes up as one sheet."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from samspil.dialogue.models import Item
from samspil.dialogue.replies import actions, boards, notices, queries
from samspil.dialogue.replies.models import Asked, Reply, ReplyAnswer
from samspil.dialogue.replies.tests.conftest import DUE, IN_TIME, LATE, Below
from samspil.dialogue.tests.conftest import Play, noon
from samspil.initiative import consumers, things
from samspil.initiative import mails as gathered
from samspil.initiative.models import Notice
from samspil.kit.models import Mail
from samspil.kit.refusal import ChangedMeanwhile, NotAllowed, Refused
from samspil.organisation import journal, rounds
from samspil.organisation.models import JournalWords, Seat, Unit


def reminded() -> list[str]:
    rows = Notice.objects.filter(kind="reply_reminder")
    return sorted(rows.values_list("person__email", flat=True))


# --- down ---------------------------------------------------------------------------------------------------


def test_those_who_run_each_committee_get_one_mail_with_the_page_where_it_replies(below: Below) -> None:
    sending = below.send()
    for hours in (0, 0, 24, 25):
        consumers.read_on(below.play.cast.organisation, below.play.cast.at)
        gathered.send(below.play.cast.organisation, below.play.cast.at + timedelta(hours=hours))
    sent = Mail.objects.filter(body__contains="/replies/").order_by("to")
    assert [one.to for one in sent] == [
        "chair@fjordby.example",
        "vice_chair@fjordby.example",
    ]  # not the sender
    body = sent[0].body
    assert "2. marts 2026" in body + sent[0].subject
    assert f"/fjordby/replies/{below.asked(sending).ref}/give/" in body


def test_whoever_stands_in_for_the_chair_sees_that_a_reply_is_awaited(below: Below) -> None:
    below.send()
    chair = Seat.objects.get(
        committee=below.play.cast.committees["local"], person=below.play.cast.people["chair"]
    )
    Seat.objects.create(
        organisation=chair.organisation,
        committee=chair.committee,
        person=below.play.cast.people["employee"],
        side="management",
        substitute_for=chair,
        since=chair.since,
    )
    assert [one.due for one in boards.waiting_for(below.play.cast.viewer("employee"))] == [DUE]
    assert list(boards.waiting_for(below.play.cast.viewer("steward"))) == []


def test_nobody_is_told_of_an_item_that_was_closed_to_others_meanwhile(below: Below) -> None:
    below.send()
    Item.objects.filter(pk=below.item.pk).update(confidential_until=date(2026, 6, 1))
    consumers.read_on(below.play.cast.organisation, below.play.cast.at)
    assert not Mail.objects.filter(subject__contains="2. marts 2026").exists()


def test_only_committees_below_are_asked(below: Below) -> None:
    with pytest.raises(Refused):
        below.send([below.play.cast.committees["main"]])
    assert {one.level for one in below.locals()} == {"local"}


def test_an_area_committee_asks_those_below_it(play: Play) -> None:
    item = Below(play, play.item(committee=play.cast.committees["area"]))
    assert item.send(item.locals()).item.committee.level == "area"


def test_a_local_committee_has_nobody_below(play: Play) -> None:
    assert Below(play, play.item()).locals() == []


def test_nobody_is_asked_twice_while_it_is_open(below: Below) -> None:
    first = below.send()
    with pytest.raises(Refused, match="already"):
        below.send()
    actions.close_replies(sending=first, **below.play.by("secretary"))
    assert below.send().pk != first.pk


@pytest.mark.parametrize("due", [date(2026, 2, 1), date(2026, 1, 5)])
def test_a_deadline_lies_ahead(below: Below, due: date) -> None:
    with pytest.raises(Refused, match="deadline"):
        below.send(due=due)


def test_an_item_that_is_closed_to_others_is_not_sent_to_them(below: Below) -> None:
    Item.objects.filter(pk=below.item.pk).update(confidential_until=date(2026, 6, 1))
    below.item.refresh_from_db()
    with pytest.raises(Refused, match="closed"):
        below.send()


def test_a_reply_is_hidden_while_the_item_is_closed(below: Below) -> None:
    sending = below.send()
    reply = below.reply(sending)
    Item.objects.filter(pk=below.item.pk).update(confidential_until=date(2026, 6, 1))
    employee, chair = below.play.cast.viewer("employee"), below.play.cast.viewer("chair")
    assert boards.reply_cards([reply.ref], employee) == {}
    assert boards.sending_cards([sending.ref], employee) == {}
    assert list(boards.reply_cards([reply.ref], chair)) == [reply.ref]


# --- up -----------------------------------------------------------------------------------------------------


def test_a_reply_can_be_changed_until_the_deadline(below: Below) -> None:
    sending = below.send()
    first, second = below.reply(sending), below.reply(sending, on=DUE, text="Nu har vi talt igen")
    assert first.pk == second.pk
    assert set(ReplyAnswer.objects.values_list("text", flat=True)) == {"Nu har vi talt igen"}


def test_after_the_deadline_both_texts_are_kept(below: Below) -> None:
    sending = below.send()
    first, second = below.reply(sending), below.reply(sending, on=LATE, text="Nu har vi talt igen")
    assert (first.number, second.number) == (1, 2)
    assert set(ReplyAnswer.objects.values_list("text", flat=True)) == {
        "Vi mangler tid",
        "Nu har vi talt igen",
    }
    assert [queries.is_late(sending, one) for one in Reply.objects.order_by("number")] == [False, True]


def test_once_it_is_closed_both_texts_are_kept(below: Below) -> None:
    sending = below.send()
    below.reply(sending)
    actions.close_replies(sending=sending, **below.play.by("vice_chair", IN_TIME))
    assert below.reply(sending, on=IN_TIME + timedelta(days=1), text="Og mere").number == 2


def test_two_who_reply_at_once_see_both_texts(below: Below) -> None:
    sending = below.send()
    below.reply(sending)
    with pytest.raises(ChangedMeanwhile) as fault:
        below.reply(sending, text="Noget andet", version=0)
    assert (fault.value.theirs, fault.value.yours) == (
        "Vi mangler tid\n\nVi mangler tid",
        "Noget andet\n\nNoget andet",
    )


def test_no_answer_is_a_reply_too_with_a_reason(below: Below) -> None:
    sending = below.send()
    with pytest.raises(Refused, match="why"):
        below.reply(sending, answers=[])
    reply = below.reply(sending, answers=[], because="Vi er lige blevet lagt sammen")
    assert reply.because == "Vi er lige blevet lagt sammen"
    assert queries.sheet(sending, IN_TIME).silent == []


def test_an_answer_and_a_reason_for_none_do_not_go_together(below: Below) -> None:
    with pytest.raises(Refused, match="Either"):
        below.reply(below.send(), because="Vi ved det ikke")


def test_only_those_who_run_the_committee_reply_for_it(below: Below) -> None:
    sending = below.send()
    for who in ("steward", "management_member", "lead", "administrator", "employee"):
        with pytest.raises(NotAllowed):
            below.reply(sending, **below.play.by(who, IN_TIME))


def test_it_can_become_an_item_of_the_committee_itself(below: Below) -> None:
    sending = below.send()
    meeting = below.play.meeting(date(2026, 2, 25))
    item = actions.take_up(asked=below.asked(sending), meeting=meeting, **below.play.by("chair"))
    assert (item.committee.level, item.meeting, item.initiative) == ("local", meeting, None)
    assert [one.wording["ask"] for one in item.questions.all()] == [
        one.wording["ask"] for one in queries.questions_of(sending)
    ]
    with pytest.raises(Refused, match="already"):
        actions.take_up(asked=below.asked(sending), **below.play.by("chair"))


# --- paper --------------------------------------------------------------------------------------------------


def enter(below: Below, who: str, asked: Asked, text: str = "Fra papir", version: int = 0) -> Reply:
    answers = [actions.NewAnswer(one, text) for one in queries.questions_of(asked.sending)]
    return actions.enter_paper_reply(
        asked=asked,
        held_on=IN_TIME,
        took_part=14,
        answers=answers,
        version=version,
        **below.play.by(who, IN_TIME),
    )


def test_a_paper_is_entered_once_with_who_entered_it(below: Below) -> None:
    asked = below.asked(below.send())
    reply = enter(below, "secretary", asked)
    assert (reply.way, reply.entered, str(reply.replied_by)) == ("paper", True, "Sanne Sekretær")
    with pytest.raises(Refused, match="entered by Sanne Sekretær"):
        enter(below, "management_member", asked)
    assert Reply.objects.count() == 1


def test_what_was_typed_wrongly_from_a_paper_is_corrected(below: Below) -> None:
    asked = below.asked(below.send())
    enter(below, "secretary", asked)
    assert enter(below, "secretary", asked, "Rettet", version=1).version == 2
    assert Reply.objects.count() == 1


def test_a_paper_never_replaces_what_the_committee_replied_itself(below: Below) -> None:
    sending = below.send()
    reply = below.reply(sending)
    with pytest.raises(Refused, match="already"):
        enter(below, "secretary", below.asked(sending), version=reply.version)


def test_papers_are_entered_by_secretaries_above_and_the_workplaces_manager(below: Below) -> None:
    asked = below.asked(below.send())
    may = {
        who
        for who in below.play.cast.people
        if who != "leaver"
        and actions.PERMISSIONS.allows("enter_paper_reply", below.play.cast.viewer(who), asked)
    }
    assert may == {"secretary", "management_member"}  # who manages the workplace
    Seat.objects.filter(kind="secretary").exclude(committee__level="area").delete()
    assert actions.PERMISSIONS.allows("enter_paper_reply", below.play.cast.viewer("secretary"), asked)
    Seat.objects.filter(kind="secretary").delete()
    assert not actions.PERMISSIONS.allows("enter_paper_reply", below.play.cast.viewer("secretary"), asked)
    asked.committee.unit = Unit.objects.create(organisation=asked.organisation, name="Et andet sted")
    assert not actions.PERMISSIONS.allows(
        "enter_paper_reply", below.play.cast.viewer("management_member"), asked
    )


def test_the_code_on_the_sheet_leads_to_the_committee(below: Below) -> None:
    asked = below.asked(below.send())
    typed = f" {asked.code[:3].lower()} {asked.code[3:]}-"
    assert queries.asked_by_code(typed) == [asked]
    assert queries.asked_by_code(asked.code[:3]) == []


# --- reminders ----------------------------------------------------------------------------------------------


def test_the_silent_are_reminded_once_before_the_deadline_and_once_after(below: Below) -> None:
    sending = below.send()
    days: dict[date, int] = {}
    day = date(2026, 2, 2)
    while day < date(2026, 4, 1):
        for _hour in range(3):
            before = Notice.objects.filter(kind="reply_reminder").count()
            notices.remind(below.play.cast.organisation, noon(day))
            told = Notice.objects.filter(kind="reply_reminder").count() - before
            days |= {day: told} if told else {}
        day += timedelta(days=1)
    assert days == {sending.remind_on: 3, DUE + timedelta(days=1): 3}  # chair, vice-chair, secretary
    assert Notice.objects.filter(kind="reply_reminder").count() == 6


def test_the_worker_reminds_them(below: Below) -> None:
    sending = below.send()
    rounds.round_of(noon(sending.remind_on))
    assert len(reminded()) == 3


def test_who_has_replied_is_not_reminded_and_neither_is_anybody_once_it_is_closed(below: Below) -> None:
    sending = below.send()
    below.reply(sending)
    notices.remind(below.play.cast.organisation, noon(DUE))
    assert reminded() == []
    second = Below(below.play, below.play.item(committee=below.play.cast.committees["area"]))
    other = second.send()
    actions.close_replies(sending=other, **below.play.by("secretary"))
    for day in (other.remind_on, LATE):
        assert day
        notices.remind(below.play.cast.organisation, noon(day))
    assert reminded() == []


def test_nobody_is_reminded_of_an_item_that_is_closed_to_others(below: Below) -> None:
    below.send()
    Item.objects.filter(pk=below.item.pk).update(confidential_until=date(2026, 6, 1))
    notices.remind(below.play.cast.organisation, noon(LATE))
    assert reminded() == []


# --- what others learn --------------------------------------------------------------------------------------


def test_a_reply_can_be_cited_and_found_and_the_journal_seals_it(below: Below) -> None:
    reply = below.reply(below.send())
    viewer = below.play.cast.viewer("lead")
    (card,) = boards.replies_to_cite(below.play.initiative, "mangler tid", viewer)
    assert (card.ref, card.kind) == (reply.ref, "reply")
    assert boards.replies_to_cite(below.play.initiative, "giraf", viewer) == []
    assert things.citable(below.play.initiative, viewer, "mangler").found[0].ref == reply.ref
    consumers.read_on(below.play.cast.organisation, below.play.cast.at)
    assert journal.verify(below.play.cast.organisation) == []
    ReplyAnswer.objects.filter(reply=reply).update(text="Alt er godt")
    assert "altered_record" in {fault.kind for fault in journal.verify(below.play.cast.organisation)}


def test_the_journal_does_not_repeat_what_committees_wrote(below: Below) -> None:
    below.reply(below.send())
    assert "mangler tid" not in str(list(JournalWords.objects.values_list("facts", flat=True)))


@pytest.mark.parametrize("regime", ["SU", "samverkan", "MBL"])
def test_it_goes_down_under_every_regime(play_under: Callable[[str], Play], regime: str) -> None:
    play = play_under(regime)
    below = Below(play, play.item(committee=play.cast.committees["main"]))
    sending = below.send()
    below.reply(sending)
    assert len(queries.sheet(sending, IN_TIME).replied) == 1
