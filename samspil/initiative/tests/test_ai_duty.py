"""The dated duty to tell staff and their representatives that artificial intelligence is involved."""

from collections.abc import Callable
from datetime import date, datetime

import pytest

from samspil.initiative import actions
from samspil.initiative.models import AIDuty, Initiative, Need
from samspil.kit.refusal import ChangedMeanwhile, Refused
from samspil.organisation.scope import scope
from tests.cast import Cast


@pytest.fixture
def with_ai(outside_scope: Cast, need: Need, at: datetime) -> Initiative:
    with scope(outside_scope.organisation):
        return actions.start_initiative(
            needs=[need],
            units=[outside_scope.units["workplace"]],
            owner=outside_scope.people["owner"],
            ai_involved="yes",
            by=outside_scope.viewer("lead"),
            at=at,
        )


def inform(cast: Cast, initiative: Initiative, at: datetime, who: str = "lead", **facts: object) -> AIDuty:
    usual: dict[str, object] = {"informed_on": at.date(), "how": "På personalemødet."}
    return actions.inform_about_ai(initiative=initiative, by=cast.viewer(who), at=at, **(usual | facts))  # type: ignore[arg-type]


def test_the_second_of_two_sees_both_texts_and_nothing_is_overwritten(
    cast: Cast, with_ai: Initiative, at: datetime
) -> None:
    inform(cast, with_ai, at)
    with pytest.raises(ChangedMeanwhile) as meanwhile:
        inform(cast, with_ai, at, who="owner", informed_on=date(2026, 1, 30), how="Pr. brev.")
    assert "På personalemødet." in meanwhile.value.theirs
    assert "2026" in meanwhile.value.yours
    assert "Pr. brev." in meanwhile.value.yours
    assert AIDuty.objects.get().how == "På personalemødet."


def test_on_the_page_the_second_one_decides_with_both_in_view(
    outside_scope: Cast, with_ai: Initiative, send: Callable[..., str]
) -> None:
    mine = {"informed_on": "2026-01-30", "how": "Pr. brev.", "version": 1}
    send("lead", f"initiatives/{with_ai.ref}/ai/", **(mine | {"how": "På personalemødet."}))
    read = send("owner", f"initiatives/{with_ai.ref}/ai/", 409, **mine)
    assert "På personalemødet." in read
    assert 'name="version" value="2"' in read
    send("owner", f"initiatives/{with_ai.ref}/ai/", **(mine | {"version": 2}))
    with scope(outside_scope.organisation):
        assert AIDuty.objects.get().how == "Pr. brev."


def test_nobody_was_told_tomorrow(cast: Cast, with_ai: Initiative, at: datetime) -> None:
    with pytest.raises(Refused) as refusal:
        inform(cast, with_ai, at, informed_on=date(2026, 2, 2))
    assert refusal.value.field == "informed_on"
