"""A request about a closed item goes to the main committee, which answers it without reading what is closed."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client

from samspil.dialogue.closing import actions as closing
from samspil.dialogue.remedies import actions
from samspil.dialogue.remedies.models import RemedyCase
from samspil.dialogue.remedies.tests.test_requests import TODAY, answered, raised
from samspil.dialogue.remedies.waiting import waiting_for
from samspil.dialogue.tests.conftest import Play, noon
from samspil.initiative import consumers
from samspil.initiative.models import Notice
from samspil.kit import clock
from samspil.organisation.models import Seat

SignIn = Callable[[str], Client]
WORD, OWN = "Solsort", "Hoved-MED har drøftet det"
GOES_ON, OPENS = TODAY + timedelta(days=12), date(2026, 5, 20)


@pytest.fixture
def case(play: Play, standing_clock: object) -> RemedyCase:
    """About an item of the local committee that is closed, taken to the main committee; the director sits there
    alone."""
    Seat.objects.create(
        organisation=play.cast.organisation,
        committee=play.cast.committees["main"],
        person=play.cast.people["director"],
        side=Seat.Side.MANAGEMENT,
        kind=Seat.Kind.CHAIR,
        since=date(2025, 1, 1),
    )
    item = play.item(meeting=play.meeting(date(2026, 2, 18)))
    case = answered(play, raised(play, item=item, title=f"{WORD} er købt", asked=f"Om {WORD}"))
    closing.close_item(item=item, because="personal", until=OPENS, **play.by("secretary"))
    return actions.refer_case(case=case, because=f"{WORD}", version=2, **play.by("vice_chair", GOES_ON))


def page(case: RemedyCase, part: str = "") -> str:
    return f"/fjordby/requests/{case.ref}/{part}"


def test_the_main_committee_sees_that_it_owes_an_answer_and_none_of_the_words(
    play: Play, case: RemedyCase, sign_in: SignIn
) -> None:
    clock.move_to(noon(GOES_ON))
    director = sign_in("director")
    for part in ("", "answer/"):
        answer = director.get(page(case, part))
        assert answer.status_code == 200
        assert WORD not in answer.content.decode()
        assert "Anmodning om et lukket punkt, åbner 20. maj 2026" in answer.content.decode()
        assert "Aisha Næstformand" in answer.content.decode()  # who can tell what it is about
    assert director.get(page(case, "case.pdf")).status_code == 403
    assert (
        "Anmodning om et lukket punkt"
        in director.get(f"/fjordby/committees/{play.cast.committees['main'].ref}/").content.decode()
    )
    (waits,) = waiting_for(play.cast.viewer("director", noon(GOES_ON)))
    assert WORD not in waits.title


def test_its_own_answer_is_readable_there_and_the_one_before_it_is_not(
    case: RemedyCase, sign_in: SignIn
) -> None:
    clock.move_to(noon(GOES_ON))
    director = sign_in("director")
    sent = {"answer": OWN, "answered_on": GOES_ON, "version": 3}
    assert director.post(page(case, "answer/"), sent).status_code == 302
    shown = director.get(page(case)).content.decode()
    assert OWN in shown
    assert "Vi tager det op." not in shown


def test_somebody_who_was_quicker_is_not_quoted_to_those_who_are_not_let_in(
    case: RemedyCase, sign_in: SignIn
) -> None:
    clock.move_to(noon(GOES_ON))
    answer = sign_in("director").post(
        page(case, "answer/"), {"answer": OWN, "answered_on": GOES_ON, "version": 1}
    )
    assert answer.status_code == 409
    assert OWN in answer.content.decode()
    assert WORD not in answer.content.decode()


def test_who_is_told_of_it_hears_no_word_of_it(play: Play, case: RemedyCase) -> None:
    consumers.read_on(play.cast.organisation, noon(GOES_ON))
    told = Notice.objects.get(person=play.cast.people["director"], kind="remedy_owed")
    assert WORD not in str(told.facts)


def test_those_below_read_it_as_ever_and_on_its_day_everybody_it_has_come_to(
    case: RemedyCase, sign_in: SignIn
) -> None:
    clock.move_to(noon(GOES_ON))
    assert WORD in sign_in("steward").get(page(case)).content.decode()
    clock.move_to(noon(OPENS))
    assert WORD in sign_in("director").get(page(case)).content.decode()
    assert sign_in("director").get(page(case, "case.docx")).status_code == 200
