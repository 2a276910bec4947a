"""Where politicians decide, the committee of the leader who submits the case is heard."""

from datetime import date

import pytest
from django.test import Client

from samspil.dialogue.proposal import propose
from samspil.dialogue.tests.conftest import Play
from samspil.initiative import actions as hall
from samspil.initiative.models import Evidence, Initiative
from samspil.initiative.queries import initiative as found

POLITICAL = [one for one in Initiative.Decider.values if one != "leader"]


def decided_by(play: Play, decider: str, level: str) -> Initiative:
    """The lead says who decides, and where the leader stands who submits the case."""
    one = found(play.initiative.ref)
    assert one is not None
    return hall.change_initiative(
        initiative=one,
        version=one.version,
        title=one.title,
        owner=one.owner,
        lead=one.lead,
        decision_level=level,
        ai_involved=one.ai_involved,
        case_number="",
        units=list(one.units.all()),
        groups=[],
        decider=decider,
        **play.by("lead"),
    )


@pytest.mark.parametrize("decider", POLITICAL)
@pytest.mark.parametrize("level", ["local", "area", "main"])
def test_the_committee_of_the_leader_who_submits_the_case_is_heard(
    play: Play, decider: str, level: str
) -> None:
    initiative = decided_by(play, decider, level)
    assert initiative.is_political
    assert propose(initiative, play.cast.viewer("lead")).committee == play.cast.committees[level]


def test_the_page_says_who_decides_and_where_the_leader_stands_who_submits_it(play: Play) -> None:
    decided_by(play, "council", "area")
    client = Client()
    client.force_login(play.cast.account("lead"))
    shown = client.get(f"/{play.cast.organisation.slug}/initiatives/{play.initiative.ref}/").content.decode()
    assert "Kommunalbestyrelsen eller regionsrådet" in shown
    assert "Sagen indstilles af lederen for:" in shown


def test_what_is_not_said_stays_as_it_was(play: Play) -> None:
    decided_by(play, "council", "area")
    assert decided_by(play, "", "area").decider == "council"


def test_politicians_decision_is_a_binding_step(play: Play) -> None:
    play.approved(play.discussed(date(2026, 2, 18)), date(2026, 3, 4))
    hall.plan_step(
        initiative=play.initiative, kind="political", on=date(2026, 2, 25), phase="idea", **play.by("lead")
    )
    row = Evidence.objects.get(initiative=play.initiative, demand="discussed_idea")
    assert (row.status, row.because_key) == ("met", "in_time.political")
