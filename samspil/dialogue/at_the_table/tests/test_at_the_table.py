"""The big screen, and the page on which a secretary records a whole meeting."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from samspil.dialogue import actions, queries
from samspil.dialogue.agenda.actions import request_matter
from samspil.dialogue.keeping import NewOutcome
from samspil.dialogue.models import ActionPoint, Item, Meeting, Outcome, Position
from samspil.dialogue.tests.conftest import Play
from samspil.organisation.models import Draft, RegimePeriod

pytestmark = pytest.mark.django_db
SignIn = Callable[[str], Client]
HELD = date(2026, 1, 20)


@pytest.fixture
def meeting(play: Play) -> Meeting:
    """A meeting that has been held, with two matters on its agenda."""
    early = date(2025, 12, 1)
    found = actions.plan_meeting(
        committee=play.cast.committees["local"], on=HELD, **play.by("secretary", early)
    )
    for title in ("Vagter", "Lokaler"):
        request_matter(committee=found.committee, title=title, meeting=found, **play.by("chair", early))
    return found


def items(meeting: Meeting) -> list[Item]:
    return list(queries.agenda(meeting))


def typed(meeting: Meeting, **changes: str) -> dict[str, Any]:
    """The form as it is stored, with changes: `Vagter_text="Drøftet"`."""
    from samspil.dialogue.at_the_table.stored import stored_at

    found = items(meeting)
    sent: dict[str, Any] = {}
    for item in found:
        stored = stored_at(meeting, found)[item.ref]
        sent |= {f"{item.ref}-{name}": value for name, value in stored.items() if name != "order"}
    for name, value in changes.items():
        title, _part, field = name.partition("_")
        item = next(one for one in found if one.title == title)
        sent[f"{item.ref}-{field}"] = value
    return sent


def page(meeting: Meeting) -> str:
    return f"/fjordby/meetings/{meeting.ref}/record/"


def test_everything_about_all_items_is_saved_with_one_button(
    play: Play, meeting: Meeting, sign_in: SignIn
) -> None:
    sent = typed(
        meeting,
        Vagter_outcome="discussed",
        Vagter_text="Begge sider vil have fire uger.",
        Vagter_position_staff="Vi vil have fem uger.",
        Vagter_action_text="Ny plan",
        Vagter_action_owner=play.cast.people["steward"].ref,
        Vagter_action_due="2026-03-01",
        Lokaler_outcome="postponed",
        Lokaler_asked_later="2026-02-17",
        Lokaler_text="Vi nåede det ikke.",
    )
    assert sign_in("secretary").post(page(meeting), sent).status_code == 302
    assert sorted(Outcome.objects.values_list("key", flat=True)) == ["discussed", "postponed"]
    assert Position.objects.get().text == "Vi vil have fem uger."
    assert ActionPoint.objects.get().text == "Ny plan"
    texts = {one.title: queries.newest_minutes(one) for one in items(meeting)}
    assert texts["Vagter"] is not None
    assert texts["Vagter"].text == "Begge sider vil have fire uger."


def test_one_item_is_saved_alone_and_the_rest_stays_a_draft(
    play: Play, meeting: Meeting, sign_in: SignIn
) -> None:
    first, second = items(meeting)
    sent = typed(meeting, Vagter_outcome="discussed", Vagter_text="Talt om", Lokaler_text="Halvt skrevet")
    client = sign_in("secretary")
    answer = client.post(page(meeting), {**sent, "only": first.ref})
    assert answer.headers["Location"].endswith(f"#item-{first.ref}")
    assert Outcome.objects.get().item == first
    kept = Draft.objects.get()
    assert kept.fields[f"{second.ref}-text"] == "Halvt skrevet"
    assert not any(name.startswith(first.ref) for name in kept.fields)
    assert "Halvt skrevet" in client.get(page(meeting)).content.decode()


def test_what_was_not_changed_is_not_saved_again(play: Play, meeting: Meeting, sign_in: SignIn) -> None:
    client = sign_in("secretary")
    client.post(page(meeting), typed(meeting, Vagter_outcome="discussed", Vagter_text="Talt om"))
    client.post(page(meeting), typed(meeting, Lokaler_outcome="discussed"))
    assert [one.minutes.count() for one in items(meeting)] == [1, 0]
    assert {one.version for one in Outcome.objects.all()} == {1}


def test_somebody_elses_words_are_shown_beside_ones_own_and_nothing_of_the_item_is_saved(
    play: Play, meeting: Meeting, sign_in: SignIn
) -> None:
    sent = typed(meeting, Vagter_outcome="informed", Vagter_text="Mit", Lokaler_outcome="discussed")
    first = items(meeting)[0]
    actions.record_outcome(item=first, outcomes=[NewOutcome("discussed")], **play.by("chair"))
    actions.write_minutes(item=items(meeting)[0], text="Formandens", **play.by("chair"))
    client = sign_in("secretary")
    answer = client.post(page(meeting), sent)
    assert answer.status_code == 409
    seen = answer.content.decode()
    assert "Formandens" in seen
    assert "Mit" in seen
    assert Outcome.objects.get(item=first).key == "discussed"
    assert Outcome.objects.filter(item=items(meeting)[1]).exists()
    again = dict(answer.context["form"].data.items())
    again = {name: value for name, value in again.items() if name != "csrfmiddlewaretoken"}
    assert client.post(page(meeting), again).status_code == 302
    newest = queries.newest_minutes(items(meeting)[0])
    assert newest is not None
    assert newest.text == "Mit"


def test_words_without_an_outcome_are_refused_where_they_were_typed(
    play: Play, meeting: Meeting, sign_in: SignIn
) -> None:
    answer = sign_in("secretary").post(page(meeting), typed(meeting, Vagter_text="Talt om"))
    assert answer.status_code == 200
    assert "Talt om" in answer.content.decode()
    assert len(answer.context["faulty"]) == 1


def test_an_action_needs_all_three_parts(play: Play, meeting: Meeting, sign_in: SignIn) -> None:
    sent = typed(meeting, Vagter_outcome="discussed", Vagter_action_text="Ny plan")
    answer = sign_in("secretary").post(page(meeting), sent)
    assert len(answer.context["faulty"]) == 1
    assert not Outcome.objects.exists()


def test_what_was_saved_beside_a_fault_is_not_sent_a_second_time(
    play: Play, meeting: Meeting, sign_in: SignIn
) -> None:
    action = {"text": "Ny plan", "owner": play.cast.people["steward"].ref, "due": "2026-03-01"}
    first = {f"Vagter_action_{name}": value for name, value in action.items()}
    sent = typed(meeting, Vagter_outcome="discussed", **first, Lokaler_text="Uden udfald")
    client = sign_in("secretary")
    answer = client.post(page(meeting), sent)
    assert ActionPoint.objects.count() == 1
    again = dict(answer.context["form"].data.items())
    lokaler = next(one for one in items(meeting) if one.title == "Lokaler")
    postponed = {f"{lokaler.ref}-outcome": "postponed", f"{lokaler.ref}-asked_later": "2026-02-17"}
    answer = client.post(page(meeting), {**again, **postponed})
    assert answer.status_code == 302
    assert ActionPoint.objects.count() == 1
    assert Outcome.objects.count() == 2


def test_what_an_outcome_asks_for_is_asked_here_too(play: Play, meeting: Meeting, sign_in: SignIn) -> None:
    client = sign_in("secretary")
    answer = client.post(page(meeting), typed(meeting, Vagter_outcome="postponed"))
    first = items(meeting)[0]
    assert f"{first.ref}-asked_later" in answer.content.decode()
    assert "asked_later" in answer.context["form"].parts[first.ref].errors
    assert not Outcome.objects.exists()
    sent = typed(meeting, Vagter_outcome="guideline_terminated", Vagter_asked_guideline="Vagter i ferien")
    client.post(page(meeting), {**sent, f"{first.ref}-asked_notice": "4"})
    assert Outcome.objects.get().told == {"guideline": "Vagter i ferien", "notice": 4}
    client.post(page(meeting), typed(meeting))
    assert Outcome.objects.get().version == 1, "nothing was changed"
    client.post(page(meeting), typed(meeting, Vagter_asked_notice="6"))
    assert Outcome.objects.get().told["notice"] == 6


def test_a_half_written_action_of_another_item_does_not_stop_this_one(
    play: Play, meeting: Meeting, sign_in: SignIn
) -> None:
    first = items(meeting)[0]
    sent = typed(meeting, Vagter_outcome="discussed", Lokaler_action_text="Halvt")
    answer = sign_in("secretary").post(page(meeting), {**sent, "only": first.ref})
    assert answer.status_code == 302


def test_under_mbl_each_union_has_its_own_outcome(play_under: Callable[[str], Play], client: Client) -> None:
    play = play_under("MBL")
    early = date(2025, 12, 1)
    found = actions.plan_meeting(committee=play.cast.committees["local"], on=HELD, **play.by("chair", early))
    made = request_matter(committee=found.committee, title="Budget", meeting=found, **play.by("chair", early))
    client.force_login(play.cast.account("chair"), backend="django.contrib.auth.backends.ModelBackend")
    unions = {name: union.ref for name, union in play.cast.unions.items()}
    keys = [one["key"] for one in made.regime.body["outcomes"] if one["per_union"]]
    sent = {
        f"{made.ref}-outcome_{unions['A']}": keys[0],
        f"{made.ref}-outcome_{unions['B']}": keys[1],
        f"{made.ref}-version": 0,
        f"{made.ref}-text_version": 0,
    }
    slug = play.cast.organisation.slug
    address = f"/{slug}/meetings/{found.ref}/record/"
    assert client.post(address, sent).status_code == 302
    assert Outcome.objects.filter(item=made).count() == 2
    sent |= {
        f"{made.ref}-version": 1,
        f"{made.ref}-outcome_{unions['B']}": "concluded_disagreed",
        f"{made.ref}-position_management": "Vi håller fast.",
    }
    answer = client.post(address, sent)
    assert f"position_staff_{unions['B']}" in answer.context["form"].parts[made.ref].errors
    sent[f"{made.ref}-position_staff_{unions['B']}"] = "Vi är oeniga."
    assert client.post(address, sent).status_code == 302
    shown = client.get(address).context["form"].parts[made.ref]
    assert shown[f"position_staff_{unions['B']}"].value() == "Vi är oeniga."


def test_the_outcomes_are_those_of_the_agreement_on_the_day_of_the_meeting(
    play_under: Callable[[str], Play], client: Client
) -> None:
    """Asked for under MBL; samverkan held on the day of the meeting, and nothing has been recorded yet."""
    play = play_under("MBL")
    early = date(2025, 12, 1)
    found = actions.plan_meeting(committee=play.cast.committees["local"], on=HELD, **play.by("chair", early))
    made = request_matter(committee=found.committee, title="Budget", meeting=found, **play.by("chair", early))
    RegimePeriod.objects.create(organisation=play.cast.organisation, regime="samverkan", since=HELD)
    client.force_login(play.cast.account("chair"), backend="django.contrib.auth.backends.ModelBackend")
    address = f"/{play.cast.organisation.slug}/meetings/{found.ref}/record/"
    assert client.get(address).context["form"].parts[made.ref].regime.key == "samverkan"
    sent = {f"{made.ref}-outcome": "informed", f"{made.ref}-version": 0, f"{made.ref}-text_version": 0}
    assert client.post(address, sent).status_code == 302
    assert Outcome.objects.get().item.regime.key == "samverkan"


def test_before_the_day_there_is_nothing_to_record(play: Play, sign_in: SignIn) -> None:
    coming = play.meeting(date(2026, 3, 10))
    answer = sign_in("secretary").get(page(coming))
    assert "form" not in (answer.context or {})


def test_the_page_asks_as_much_for_many_items_as_for_few(
    play: Play, meeting: Meeting, sign_in: SignIn
) -> None:
    client = sign_in("secretary")
    client.get(page(meeting))
    with CaptureQueriesContext(connection) as few:
        client.get(page(meeting))
    for number in range(8):
        early = play.by("chair", date(2025, 12, 1))
        request_matter(committee=meeting.committee, title=f"Punkt {number}", meeting=meeting, **early)
    with CaptureQueriesContext(connection) as many:
        client.get(page(meeting))
    assert len(many) == len(few)


# --- the big screen ------------------------------------------------------------------------------------------


def test_the_big_screen_shows_one_item_at_a_time_and_leads_on(
    play: Play, meeting: Meeting, sign_in: SignIn
) -> None:
    client = sign_in("employee")
    address = f"/fjordby/meetings/{meeting.ref}/screen/"
    whole = client.get(address).content.decode()
    assert "Vagter" in whole
    assert "Lokaler" in whole
    first = client.get(f"{address}?item=1").content.decode()
    assert "<h1>Vagter</h1>" in first
    assert "?item=2" in first
    last = client.get(f"{address}?item=99").content.decode()
    assert "<h1>Lokaler</h1>" in last
    assert "?item=1" in last
