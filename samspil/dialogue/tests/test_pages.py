"""The pages of the committees' room, as members meet them: plain forms, no script needed."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from samspil.dialogue import actions
from samspil.dialogue.models import Item, Meeting, Minutes, Outcome, Position, PreparatoryAnswer, Signature
from samspil.dialogue.tests.conftest import Play, noon
from samspil.initiative import consumers, mails
from samspil.initiative.models import Notice
from samspil.kit import clock, jobs
from samspil.kit.mail import send
from samspil.kit.models import Mail

SignIn = Callable[[str], Client]
MET, LATER = date(2026, 2, 18), date(2026, 3, 4)


@pytest.fixture
def item(play: Play) -> Item:
    play.meeting(MET)
    return play.item()


def page(play: Play, item: Item, rest: str = "") -> str:
    return f"/{play.cast.organisation.slug}/items/{item.ref}/{rest}"


def typed(response: object, **texts: str) -> dict[str, str]:
    """The form as a browser would send it, with some texts typed in."""
    form = response.context["answers_form"]  # type: ignore[attr-defined]
    fields = {name: str(form[name].value() if form[name].value() is not None else "") for name in form.fields}
    first = next(name for name in fields if name.startswith("text_"))
    return fields | {first: texts["first"]} if texts else fields


def today_is(day: date) -> None:
    clock.move_to(noon(day))


def test_the_vice_chair_answers_releases_and_approves_with_plain_forms(
    play: Play, item: Item, sign_in: SignIn
) -> None:
    client = sign_in("vice_chair")
    opened = client.get(page(play, item))
    saved = client.post(page(play, item, "answers/"), typed(opened, first="Vi har brug for tid"), follow=True)
    assert saved.status_code == 200
    assert "Vi har brug for tid" in saved.content.decode()
    assert "Vi har brug for tid" in client.get(page(play, item, "answers/release/")).content.decode()
    client.post(page(play, item, "answers/release/"))
    assert "Vi har brug for tid" in sign_in("chair").get(page(play, item)).content.decode()

    actions.record_outcome(item=item, outcomes=[actions.NewOutcome("discussed")], **play.by("secretary", MET))
    minutes = actions.write_minutes(item=item, text="Sagen blev drøftet.", **play.by("secretary", LATER))
    actions.release_minutes(item=item, sha256=minutes.sha256, **play.by("chair", LATER))
    today_is(LATER)
    client = sign_in("vice_chair")
    signed = client.post(page(play, item, "text/release/"), {"sha256": minutes.sha256}, follow=True)
    assert signed.redirect_chain[-1][0] == page(play, item, "text/approve/")
    shown = signed.content.decode()
    assert "Sagen blev drøftet." in shown
    assert minutes.sha256 in shown
    client.post(page(play, item, "text/approve/"), {"sha256": minutes.sha256})
    assert Signature.objects.filter(act="approve", as_kind="vice_chair", sha256=minutes.sha256).exists()


def test_who_releases_first_comes_back_to_the_item(play: Play, item: Item, sign_in: SignIn) -> None:
    actions.record_outcome(item=item, outcomes=[actions.NewOutcome("discussed")], **play.by("secretary", MET))
    minutes = actions.write_minutes(item=item, text="Sagen blev drøftet.", **play.by("secretary", LATER))
    today_is(LATER)
    signed = sign_in("vice_chair").post(page(play, item, "text/release/"), {"sha256": minutes.sha256})
    assert signed["Location"] == page(play, item)


def test_what_is_typed_is_saved_before_it_is_read_through_for_release(
    play: Play, item: Item, sign_in: SignIn
) -> None:
    client = sign_in("vice_chair")
    fields = typed(client.get(page(play, item)), first="Uden navne") | {"then": "release"}
    shown = client.post(page(play, item, "answers/"), fields, follow=True)
    assert shown.redirect_chain[-1][0] == page(play, item, "answers/release/")
    assert "Uden navne" in shown.content.decode()


def test_whoever_saves_is_told_how_far_the_side_has_come(play: Play, item: Item, sign_in: SignIn) -> None:
    client = sign_in("vice_chair")
    asked = item.questions.count()
    for _time in range(2):
        fields = typed(client.get(page(play, item)), first=f"Vi mangler tid {_time}")
        shown = client.post(page(play, item, "answers/"), fields, follow=True)
        assert f"1 af {asked} spørgsmål" in shown.content.decode()


def test_the_second_writer_of_a_side_sees_both_texts_and_nothing_is_lost(
    play: Play, item: Item, sign_in: SignIn
) -> None:
    hers, his = sign_in("vice_chair"), sign_in("steward")
    opened_by_him = his.get(page(play, item))
    hers.post(page(play, item, "answers/"), typed(hers.get(page(play, item)), first="Aishas svar"))
    response = his.post(page(play, item, "answers/"), typed(opened_by_him, first="Toves svar"))
    assert response.status_code == 409
    assert "Aishas svar" in response.content.decode()
    assert "Toves svar" in response.content.decode()
    assert PreparatoryAnswer.objects.get().text == "Aishas svar"
    again = typed(response, first="Aisha og Toves svar")
    assert his.post(page(play, item, "answers/"), again).status_code == 302
    assert PreparatoryAnswer.objects.get().text == "Aisha og Toves svar"


def test_what_was_typed_when_the_sign_in_had_ended_is_there_after_signing_in(
    play: Play, item: Item, sign_in: SignIn, outside_scope: object
) -> None:
    fields = typed(sign_in("vice_chair").get(page(play, item)), first="Skrevet for sent")
    client = Client()
    assert client.post(page(play, item), fields).status_code == 302
    session = dict(client.session.items())
    client.force_login(play.cast.account("vice_chair"), backend="django.contrib.auth.backends.ModelBackend")
    kept = client.session
    kept.update({name: value for name, value in session.items() if name.startswith("typed")})
    kept.save()
    assert "Skrevet for sent" in client.get(page(play, item)).content.decode()


def test_a_draft_comes_back(play: Play, item: Item, sign_in: SignIn) -> None:
    client = sign_in("vice_chair")
    fields = typed(client.get(page(play, item)), first="Halvt færdigt")
    draft = f"/{play.cast.organisation.slug}/drafts/?form=answers-{item.ref}"
    assert client.post(draft, fields).status_code == 204
    assert "Halvt færdigt" in client.get(page(play, item)).content.decode()
    assert "Halvt færdigt" not in sign_in("steward").get(page(play, item)).content.decode()


PAGES = ("", "meeting/", "questions/", "case/", "withdraw/", "outcome/", "actions/new/")


@pytest.mark.parametrize("rest", PAGES)
def test_the_secretary_opens_every_page_of_an_item(
    play: Play, item: Item, sign_in: SignIn, rest: str
) -> None:
    assert sign_in("secretary").get(page(play, item, rest)).status_code == 200


@pytest.mark.parametrize("rest", PAGES[1:])
def test_an_employee_reads_the_item_and_is_told_who_does_the_rest(
    play: Play, item: Item, sign_in: SignIn, rest: str
) -> None:
    client = sign_in("employee")
    assert client.get(page(play, item)).status_code == 200
    assert client.get(page(play, item, rest)).status_code == 403


@pytest.mark.parametrize("who", ["vice_chair", "employee"])
def test_each_question_of_an_item_says_what_it_must_precede(
    play: Play, item: Item, sign_in: SignIn, who: str
) -> None:
    shown = sign_in(who).get(page(play, item)).content.decode()
    assert shown.count('class="in-time"') == item.questions.count()
    assert "Tages op, inden beslutningen træffes" in shown


def test_the_secretary_walks_from_outcome_to_text_and_action(play: Play, item: Item, sign_in: SignIn) -> None:
    today_is(MET)
    client = sign_in("secretary")
    client.post(page(play, item, "outcome/"), {"outcome": "discussed", "order": "", "version": "0"})
    assert Item.objects.get().status == Item.Status.DISCUSSED
    client.post(page(play, item, "text/"), {"version": "0", "text": "Begge sider blev hørt."})
    assert Minutes.objects.get().text == "Begge sider blev hørt."
    owner = play.cast.people["owner"].ref
    client.post(
        page(play, item, "actions/new/"), {"text": "Lav en plan", "owner": owner, "due": "2026-03-01"}
    )
    shown = client.get(page(play, item)).content.decode()
    assert "Lav en plan" in shown
    point = item.action_points.get()
    sign_in("owner").post(f"/{play.cast.organisation.slug}/actions/{point.ref}/done/")
    point.refresh_from_db()
    assert point.done_on == MET


def test_an_empty_outcome_is_an_error_on_the_form(play: Play, item: Item, sign_in: SignIn) -> None:
    today_is(MET)
    response = sign_in("secretary").post(page(play, item, "outcome/"), {"order": "", "version": "0"})
    assert response.status_code == 200
    assert response.context["form"].errors


def test_the_second_who_records_the_outcome_sees_both_and_nothing_is_lost(
    play: Play, item: Item, sign_in: SignIn
) -> None:
    today_is(MET)
    hers, his, path = sign_in("chair"), sign_in("secretary"), page(play, item, "outcome/")
    first, second = in_the_form(hers.get(path)), in_the_form(his.get(path))
    hers.post(path, first | {"outcome": "discussed", "position_staff": "Vi mangler oplæring"})
    mine = second | {"outcome": "disagreement", "position_management": "Vi går i gang i maj"}
    response = his.post(path, mine)
    assert response.status_code == 409
    shown = response.content.decode()
    assert "Drøftet" in response.context["theirs"]
    assert all(text in shown for text in ("Vi mangler oplæring", "Vi går i gang i maj"))
    assert response.context["form"]["outcome"].value() == "disagreement"
    assert (Outcome.objects.get().key, Position.objects.get().text) == ("discussed", "Vi mangler oplæring")

    again = in_the_form(response) | {"position_staff": "Vi mangler oplæring"}
    assert his.post(path, again).status_code == 302
    assert Outcome.objects.get().key == "disagreement"
    assert set(Position.objects.values_list("text", flat=True)) == {
        "Vi mangler oplæring",
        "Vi går i gang i maj",
    }


def in_the_form(response: object) -> dict[str, str]:
    """What a browser would send when nothing is changed."""
    form = response.context["form"]  # type: ignore[attr-defined]
    return {
        name: str(form[name].value() or 0 if name == "version" else form[name].value() or "")
        for name in form.fields
    }


def test_a_text_is_the_committees_own_until_it_is_released(play: Play, item: Item, sign_in: SignIn) -> None:
    actions.record_outcome(item=item, outcomes=[actions.NewOutcome("discussed")], **play.by("secretary", MET))
    actions.write_minutes(item=item, text="Endnu ikke frigivet", **play.by("secretary", MET))
    today_is(MET)
    assert "Endnu ikke frigivet" in sign_in("steward").get(page(play, item)).content.decode()
    stranger = sign_in("employee")
    assert "Endnu ikke frigivet" not in stranger.get(page(play, item)).content.decode()
    assert stranger.get(page(play, item, "text.pdf")).status_code == 404


def test_a_meeting_held_elsewhere_is_recorded_on_one_form(play: Play, sign_in: SignIn) -> None:
    today_is(MET)
    path = f"/{play.cast.organisation.slug}/initiatives/{play.initiative.ref}/held-elsewhere/"
    client = sign_in("lead")
    assert client.get(path).status_code == 200
    fields = {
        "on": "2026-02-17",
        "committee": play.cast.committees["local"].ref,
        "outcome": "discussed",
        "order": "",
        "approved_on": "2026-02-18",
        "approved_by": "Formandskabet",
    }
    assert client.post(path, fields).status_code == 302
    assert Item.objects.get().status == Item.Status.APPROVED


def test_who_brought_the_text_of_a_meeting_held_elsewhere_reads_it_before_it_is_released(
    play: Play, sign_in: SignIn
) -> None:
    item = actions.record_meeting_elsewhere(
        initiative=play.initiative,
        committee=play.cast.committees["local"],
        on=date(2026, 1, 20),
        outcomes=[actions.NewOutcome("discussed")],
        text="Begge sider blev hørt.",
        **play.by("lead"),
    )
    assert "Begge sider blev hørt." in sign_in("lead").get(page(play, item)).content.decode()
    assert "Begge sider blev hørt." not in sign_in("employee").get(page(play, item)).content.decode()


def test_a_meeting_is_planned_and_its_agenda_is_a_page_and_files(play: Play, sign_in: SignIn) -> None:
    client = sign_in("secretary")
    committee = play.cast.committees["local"]
    path = f"/{play.cast.organisation.slug}/committees/{committee.ref}/"
    assert client.get(path).status_code == 200
    response = client.post(f"{path}meetings/new/", {"on": "2026-02-18", "kind": "ordinary"})
    meeting = Meeting.objects.get()
    assert response.status_code == 302
    play.item()
    agenda = f"/{play.cast.organisation.slug}/meetings/{meeting.ref}/"
    assert play.initiative.title in client.get(agenda).content.decode()
    assert client.get(f"{agenda}agenda.pdf").content.startswith(b"%PDF")
    assert client.get(f"{agenda}agenda.docx").content.startswith(b"PK")
    assert client.get(f"{agenda}agenda.exe").status_code == 404


def test_minutes_are_written_as_pdf_and_word(play: Play, sign_in: SignIn) -> None:
    item = play.approved(play.discussed(MET), LATER)
    client = sign_in("employee")
    assert client.get(page(play, item, "text.pdf")).content.startswith(b"%PDF")
    assert client.get(page(play, item, "text.docx")).content.startswith(b"PK")


def test_what_came_too_late_is_a_page_and_files(play: Play, sign_in: SignIn) -> None:
    from samspil.initiative import actions as hall

    on = date(2026, 1, 20)
    hall.plan_step(initiative=play.initiative, kind="contract", on=on, taken=True, **play.by("lead"))
    client = sign_in("director")
    base = f"/{play.cast.organisation.slug}/asked-too-late"
    assert play.initiative.title in client.get(f"{base}/").content.decode()
    for format, start in (("xlsx", b"PK"), ("pdf", b"%PDF")):
        assert client.get(f"{base}.{format}").content.startswith(start)


def test_the_panel_stands_on_the_initiatives_page(play: Play, item: Item, sign_in: SignIn) -> None:
    path = f"/{play.cast.organisation.slug}/initiatives/{play.initiative.ref}/"
    shown = sign_in("lead").get(path).content.decode()
    assert f"/items/{item.ref}/" in shown
    assert "put-before" in shown


# --- told, and waiting -----------------------------------------------------------------------------------


def delivered(play: Play, at: datetime) -> list[str]:
    """Who gets a mail about an item: at once, or with the mail of the next morning."""
    consumers.read_on(play.cast.organisation, at)
    for when in (at, at + timedelta(days=1)):
        mails.send(play.cast.organisation, when)
    while jobs.run_next({"send_mail": send}, at + timedelta(days=1)):
        pass
    return sorted(one.to[0] for one in mail.outbox if "/items/" in one.body)


def test_an_item_on_the_agenda_is_told_to_both_sides_once(play: Play, item: Item, at: datetime) -> None:
    assert delivered(play, at) == [
        f"{who}@fjordby.example"
        for who in ("chair", "management_member", "secretary", "steward", "vice_chair")
    ]
    letter = next(one for one in mail.outbox if one.to == ["vice_chair@fjordby.example"])
    assert f"/fjordby/items/{item.ref}/" in letter.body
    assert "Ingrid Projekt" in letter.body
    mail.outbox.clear()
    assert delivered(play, at) == []


def test_those_who_approve_are_told_when_the_text_is_released(play: Play, at: datetime) -> None:
    item = play.discussed(MET)
    delivered(play, at)
    mail.outbox.clear()
    minutes = actions.write_minutes(item=item, text="Drøftet", **play.by("secretary", LATER))
    assert delivered(play, at) == ["chair@fjordby.example", "vice_chair@fjordby.example"]
    for who in ("chair", "vice_chair"):
        actions.release_minutes(item=item, sha256=minutes.sha256, **play.by(who, LATER))
    mail.outbox.clear()
    delivered(play, at)
    assert set(Notice.objects.values_list("kind", flat=True)) >= {"to_release", "to_approve"}
    assert all(f"/items/{item.ref}/text/approve/" in letter.body for letter in mail.outbox)


def test_no_mail_holds_what_the_staff_side_wrote(play: Play, item: Item, at: datetime) -> None:
    actions.answer_question(question=play.first_question(item), text="Fortroligt", **play.by("vice_chair"))
    consumers.read_on(play.cast.organisation, at)
    assert not Mail.objects.filter(body__contains="Fortroligt").exists()


def waits(play: Play, item: Item, who: str, on: date | None = None) -> list[str]:
    """The pages of the item at which something waits for somebody."""
    from samspil.dialogue.waiting import waiting_for

    at = noon(on) if on else play.cast.at
    return [one.url.removeprefix(page(play, item)) for one in waiting_for(play.cast.viewer(who, at), at)]


def test_what_waits_leads_to_the_page_where_it_is_done(play: Play, item: Item) -> None:
    assert waits(play, item, "vice_chair") == waits(play, item, "chair") == [""]
    assert waits(play, item, "employee") == []
    actions.answer_question(question=play.first_question(item), text="Svar", **play.by("vice_chair"))
    assert waits(play, item, "vice_chair") == ["answers/release/"]
    actions.release_answers(item=item, **play.by("vice_chair"))
    assert waits(play, item, "vice_chair") == []
    assert waits(play, item, "secretary", MET) == ["outcome/"]
    actions.record_outcome(item=item, outcomes=[actions.NewOutcome("discussed")], **play.by("secretary", MET))
    assert waits(play, item, "secretary", MET) == ["text/"]
    minutes = actions.write_minutes(item=item, text="Drøftet", **play.by("secretary", MET))
    assert waits(play, item, "secretary", MET) == []
    for act, place in (
        (actions.release_minutes, "text/release/"),
        (actions.approve_minutes, "text/approve/"),
    ):
        assert waits(play, item, "vice_chair", MET) == [place]
        for who in ("chair", "vice_chair"):
            act(item=item, sha256=minutes.sha256, **play.by(who, MET))
    assert waits(play, item, "vice_chair", MET) == []


def test_an_item_without_a_meeting_waits_for_those_who_run_the_committee(play: Play) -> None:
    item = play.item()
    assert item.meeting is None
    assert "meeting/" in waits(play, item, "secretary")


# --- as many queries at fifty as at five -----------------------------------------------------------------


def queries_of(client: Client, path: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert client.get(path).status_code == 200
    return len(seen)


def more_items(play: Play, count: int) -> None:
    for _number in range(count):
        play.item()


@pytest.mark.parametrize(
    "place", ["committees/", "meeting", "committee", "initiative", "asked-too-late/", ""]
)
def test_pages_ask_as_often_for_fifty_items_as_for_five(
    play: Play, sign_in: SignIn, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from samspil.dialogue import actions as acting

    monkeypatch.setattr(acting.evidence, "refresh", lambda *_args: None)
    meeting = play.meeting(MET)
    more_items(play, 5)
    addresses = {
        "meeting": f"meetings/{meeting.ref}/",
        "committee": f"committees/{play.cast.committees['local'].ref}/",
        "initiative": f"initiatives/{play.initiative.ref}/",
    }
    client = sign_in("vice_chair")
    path = f"/{play.cast.organisation.slug}/{addresses.get(place, place)}"
    client.get(path)
    few = queries_of(client, path)
    more_items(play, 20)
    assert queries_of(client, path) == few
