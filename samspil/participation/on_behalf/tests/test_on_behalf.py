"""Sheets, calls and hands: a sheet counts once, its holder can take it over, hands are never mixed in."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client

from samspil.kit.refusal import NotAllowed, Refused
from samspil.organisation.viewer import viewer_of
from samspil.participation import actions, codes, entering
from samspil.participation.handing_out import actions as handing_out
from samspil.participation.models import HandCount, Participant, Round
from samspil.participation.on_behalf import actions as on_behalf
from samspil.participation.tests.asking import SAID, keep, opened, organiser, plan_of
from tests.cast import Cast

SHEETS = 3


@pytest.fixture
def round_(cast: Cast, at: datetime) -> Round:
    """Open, with sheets in people's hands."""
    by = organiser(cast, at)
    plan = plan_of(cast, at, groups=[cast.groups["citizens"]])
    planned = actions.plan_round(plan=plan, by=by, at=at)
    handing_out.make_codes(asked=planned.asked.get(group__isnull=False), count=SHEETS, by=by, at=at)
    return actions.open_round(round_=planned, by=by, at=at)


def sheet(round_: Round, number: int = 0) -> str:
    elector = round_.electors.filter(person=None).order_by("pk")[number]
    return codes.code_of_link(round_.code, elector.ref)


def enter(cast: Cast, round_: Round, at: datetime, **changes: object) -> Participant:
    facts: dict[str, object] = {"code": sheet(round_), "channel": "paper", "answers": {1: 1, 2: -1}}
    helper = viewer_of(cast.people["employee"], at)
    return on_behalf.enter_answers(round_=round_, **{**facts, **changes}, by=helper, at=at)  # type: ignore[arg-type]


def test_a_sheet_is_kept_with_its_channel_and_who_typed_it(cast: Cast, round_: Round, at: datetime) -> None:
    found = enter(cast, round_, at)
    assert (found.tier, found.channel) == ("roster", "paper")
    assert found.entered_by == cast.people["employee"]
    assert {number: value for (who, number), value in SAID.items() if who == found.pk} == {1: 1, 2: -1}


def test_a_sheet_counts_once(cast: Cast, round_: Round, at: datetime) -> None:
    enter(cast, round_, at)
    with pytest.raises(Refused, match="entered before, on"):
        enter(cast, round_, at, answers={1: -1}, channel="phone")
    assert Participant.objects.count() == 1
    assert SAID[Participant.objects.get().pk, 1] == 1


def test_whoever_holds_the_sheet_takes_it_over(cast: Cast, round_: Round, at: datetime) -> None:
    found = enter(cast, round_, at)
    entrance = entering.by_code(round_, sheet(round_))
    assert entrance
    keep(entrance=entrance, number=1, value=-1, on=at.date())
    assert {(found.pk, 1): -1, (found.pk, 2): -1} == SAID


def test_what_somebody_answered_themselves_stands(cast: Cast, round_: Round, at: datetime) -> None:
    entrance = entering.by_code(round_, sheet(round_))
    assert entrance
    keep(entrance=entrance, number=1, value=-1, on=at.date())
    with pytest.raises(Refused, match="on their own device"):
        enter(cast, round_, at)
    assert set(SAID.values()) == {-1}


@pytest.mark.parametrize(
    ("change", "sentence"),
    [({"code": "x" * 12}, "do not know this code"), ({"answers": {}}, "Nothing is answered")],
)
def test_what_is_no_sheet_is_refused(
    cast: Cast, round_: Round, at: datetime, change: dict[str, object], sentence: str
) -> None:
    with pytest.raises(Refused, match=sentence):
        enter(cast, round_, at, **change)
    assert not Participant.objects.exists()


def test_in_a_secret_round_nobody_types_in_for_others(cast: Cast, round_: Round, at: datetime) -> None:
    round_.level = Round.Level.SECRET
    with pytest.raises(Refused, match="would see a secret answer"):
        enter(cast, round_, at)


def test_hands_are_a_tally_of_their_own(cast: Cast, round_: Round, at: datetime) -> None:
    on_behalf.count_hands(
        round_=round_, where="Personalemødet", lines={1: [14, 3, 2]}, by=organiser(cast, at), at=at
    )
    assert HandCount.objects.get().lines == [[1, [14, 3, 2]]]
    assert not Participant.objects.exists()
    assert SAID == {}


def test_a_few_hands_are_not_kept(cast: Cast, round_: Round, at: datetime) -> None:
    with pytest.raises(Refused, match="Fewer than 5 hands"):
        on_behalf.count_hands(
            round_=round_, where="Mødet", lines={1: [2, 1, 1]}, by=organiser(cast, at), at=at
        )


def test_an_auditor_types_in_nothing(cast: Cast, round_: Round, at: datetime) -> None:
    with pytest.raises(NotAllowed):
        on_behalf.enter_answers(
            round_=round_,
            code=sheet(round_),
            channel="paper",
            answers={1: 1},
            by=viewer_of(cast.people["auditor"], at),
            at=at,
        )


def test_a_digit_stands_for_a_box_and_an_empty_line_for_none(
    cast: Cast, round_: Round, standing_clock: object, sign_in: Callable[[str], Client]
) -> None:
    client, page = sign_in("employee"), f"/fjordby/rounds/{round_.ref}/enter/"
    typed = {"code": codes.spaced(sheet(round_)).upper(), "channel": "phone", "line_1": "1", "line_3": "3"}
    assert client.post(page, typed | {"line_2": "7"}).status_code == 200
    assert not Participant.objects.exists()
    assert client.post(page, typed).url.endswith("?channel=phone")
    found = Participant.objects.get()
    assert {(found.pk, 1): 1, (found.pk, 3): -1} == SAID
    assert "Du har" in client.get(page).content.decode() or "1 sheet" in client.get(page).content.decode()


def test_without_paper_there_is_no_such_page(
    cast: Cast, at: datetime, standing_clock: object, sign_in: Callable[[str], Client]
) -> None:
    round_ = opened(cast, at)
    Round.objects.filter(pk=round_.pk).update(kind="something else")
    assert sign_in("employee").get(f"/fjordby/rounds/{round_.ref}/enter/").status_code == 422


@pytest.mark.parametrize("where", ["enter", "urn/open", "urn/drill"])
def test_what_tells_of_answers_does_not_wait_in_the_session_of_whoever_was_signed_out(
    round_: Round, where: str
) -> None:
    """There it lay beside the code it belongs to, in the database and in its backups."""
    client = Client()
    address = f"/fjordby/rounds/{round_.ref}/{where}/"
    response = client.post(address, {"code": sheet(round_), "line_1": "1", "boxes": "AAAA"})
    assert response.status_code == 302
    assert "/sign-in/" in response.headers["Location"]
    assert not client.session.keys()
