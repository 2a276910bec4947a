"""The pages of guidelines, as people walk through them."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from samspil.dialogue import actions as room
from samspil.dialogue.guidelines.models import Guideline, GuidelineVersion
from samspil.dialogue.tests.conftest import Play, play_of
from samspil.initiative.things import new_thing
from samspil.organisation.scope import scope
from tests.cast import Cast

Visit = Callable[..., str]


@pytest.fixture
def play(outside_scope: Cast) -> Play:
    with scope(outside_scope.organisation):
        made = play_of(outside_scope)
        room.plan_meeting(
            committee=outside_scope.committees["local"], on=date(2026, 3, 10), **made.by("chair")
        )
    return made


@pytest.fixture
def visit(sign_in: Callable[[str], Client], outside_scope: Cast) -> Visit:
    """Open a page, or send its form, and read where it leads to."""

    def go(who: str, path: str, status: int = 200, send: dict[str, object] | None = None) -> str:
        client = sign_in(who)
        client.cookies["django_language"] = "en"
        url = f"/{outside_scope.organisation.slug}/{path}"
        response = client.get(url) if send is None else client.post(url, send, follow=True)
        assert response.status_code == status, response.content.decode()[:3000]
        return response.content.decode()

    return go


def drafted(play: Play, visit: Visit) -> Guideline:
    visit("lead", f"initiatives/{play.initiative.ref}/guideline/", send={})
    with scope(play.cast.organisation):
        return Guideline.objects.select_related("thing").get()


def test_from_the_initiative_to_what_holds(play: Play, visit: Visit) -> None:
    assert "Propose a course of discussions" in visit("lead", f"initiatives/{play.initiative.ref}/")
    found = drafted(play, visit)
    assert "Draft of version 1" in visit("auditor", f"guidelines/{found.ref}/")
    agreed = {"agreed_on": "2026-02-01", "agreed_by": "Formand og næstformand"}
    read = visit("lead", f"guidelines/{found.ref}/agreed-elsewhere/", send=agreed)
    assert "What holds now" in read
    assert "<svg" in read
    assert found.title in visit("auditor", f"initiatives/{play.initiative.ref}/")
    assert found.title in visit("auditor", f"committees/{play.cast.committees['local'].ref}/")


def test_the_draft_is_changed_on_one_page(play: Play, visit: Visit) -> None:
    found = drafted(play, visit)
    with scope(play.cast.organisation):
        refs = [one.ref for one in found.versions.get().discussions.all()]
    sent: dict[str, object] = {
        "version": 1,
        "title": "Sådan drøfter vi det",
        "purpose": "I tide",
        "phase_new": "follow_up",
        "committee_new": play.cast.committees["area"].ref,
        "by_new": "2027-01-15",
        "topics_new": "Gevinster\nTrivsel",
    }
    for ref in refs:
        sent |= {f"phase_{ref}": "idea", f"committee_{ref}": play.cast.committees["local"].ref}
        sent |= {f"gone_{ref}": "on"} if ref != refs[0] else {}
    read = visit("lead", f"guidelines/{found.ref}/change/", send=sent)
    assert "Sådan drøfter vi det" in read
    with scope(play.cast.organisation):
        kept = GuidelineVersion.objects.get().discussions.all()
        assert [(one.phase, one.committee.level) for one in kept] == [
            ("idea", "local"),
            ("follow_up", "area"),
        ]  # type: ignore[union-attr]
        assert kept[1].topics.splitlines() == ["Gevinster", "Trivsel"]


def test_the_second_of_two_sees_both_texts(play: Play, visit: Visit) -> None:
    found = drafted(play, visit)
    with scope(play.cast.organisation):
        ref = found.versions.get().discussions.all()[0].ref
        GuidelineVersion.objects.update(version=2, purpose="Skrevet imens")
    sent = {"version": 1, "title": "T", "purpose": "Min tekst", f"phase_{ref}": "idea"}
    read = visit("lead", f"guidelines/{found.ref}/change/", 409, send=sent)
    assert "Skrevet imens" in read
    assert "Min tekst" in read


def test_it_goes_to_the_committee_and_the_outcome_there_agrees_it(play: Play, visit: Visit) -> None:
    found = drafted(play, visit)
    assert "No item is about it yet" in visit("chair", f"guidelines/{found.ref}/agree/")
    assert found.title in visit("lead", f"guidelines/{found.ref}/put-before/", send={})
    assert "Udvalg local" not in visit("chair", f"guidelines/{found.ref}/agree/", 200).split("<main")[0]


def test_notice_is_given_on_its_own_page(play: Play, visit: Visit) -> None:
    found = drafted(play, visit)
    agreed = {"agreed_on": "2026-01-15", "agreed_by": "Begge"}
    visit("lead", f"guidelines/{found.ref}/agreed-elsewhere/", send=agreed)
    sent = {"side": "staff", "notice_on": "2026-02-01", "because": "Den holder ikke"}
    read = visit("vice_chair", f"guidelines/{found.ref}/notice/", send=sent)
    assert "The last day is 1 May 2026" in read


def test_a_general_one_begins_on_the_committees_page(play: Play, visit: Visit) -> None:
    path = f"committees/{play.cast.committees['main'].ref}/guidelines/new/"
    assert "Mandatory" in visit("chair", path)
    assert "Change the draft" in visit("chair", path, send={"kind": "new_technology"})


@pytest.mark.parametrize("format", ["pdf", "docx"])
def test_it_comes_as_a_file(play: Play, visit: Visit, sign_in: Callable[[str], Client], format: str) -> None:
    found = drafted(play, visit)
    response = sign_in("auditor").get(f"/{play.cast.organisation.slug}/guidelines/{found.ref}.{format}")
    assert response.status_code == 200
    assert len(response.content) > 1000


def test_a_committees_page_asks_the_same_number_of_questions_however_many_guidelines(
    play: Play, visit: Visit, django_assert_max_num_queries: Callable[..., object]
) -> None:
    drafted(play, visit)
    path = f"committees/{play.cast.committees['local'].ref}/"
    with django_assert_max_num_queries(60) as first:
        visit("auditor", path)
    with scope(play.cast.organisation):
        for _number in range(3):
            copy = Guideline.objects.order_by("pk")[0]
            copy.pk, copy.thing = None, new_thing(play.cast.organisation, "guideline")
            copy.save()
    with django_assert_max_num_queries(len(first.captured_queries)):  # type: ignore[attr-defined]
        visit("auditor", path)
