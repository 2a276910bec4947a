"""What is agreed and asked beside single items: guidelines, a strategy, an assessment before a change."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from samspil.dialogue import actions as committees
from samspil.dialogue import queries as dialogue
from samspil.dialogue.guidelines import actions as guidelines
from samspil.dialogue.guidelines import queries as guideline_queries
from samspil.dialogue.guidelines import terms
from samspil.dialogue.guidelines.models import Guideline
from samspil.dialogue.guidelines.proposing import NewDiscussion
from samspil.dialogue.keeping import NewOutcome
from samspil.dialogue.models import Item
from samspil.dialogue.strategy import actions as strategies
from samspil.dialogue.strategy import queries as strategy_queries
from samspil.dialogue.strategy.models import Strategy, StrategyDiscussion
from samspil.initiative import actions as hall
from samspil.initiative import assessments
from samspil.initiative.models import Assessment, Initiative
from samspil.organisation import files
from samspil.organisation.models import File, Seat

BEFORE = timedelta(days=27)  # meetings that are over by now were planned then

if TYPE_CHECKING:
    from tests.permissions.world import World


def lay(world: "World") -> None:
    """A draft that was agreed at a meeting, a guideline that holds, a strategy that was discussed, a duty."""
    _guidelines(world)
    _strategy(world)
    _assessment(world)


def guideline(world: "World", name: str = "guideline") -> Guideline:
    found = guideline_queries.guideline(world.refs[name])
    assert found is not None
    return found


def agreed_item(world: "World") -> Item:
    return world.item("agreed_item")


def strategy(world: "World") -> Strategy:
    found = strategy_queries.strategy(world.refs["strategy"])
    assert found is not None
    return found


def discussion(world: "World") -> StrategyDiscussion:
    found = strategy_queries.discussion(world.refs["strategy_discussion"])
    assert found is not None
    return found


def assessment(world: "World", name: str = "assessment") -> Assessment:
    found = assessments.assessment(world.refs[name])
    assert found is not None
    return found


def promised(world: "World") -> list[NewDiscussion]:
    return [
        NewDiscussion(
            phase="idea",
            committee=world.cast.committees["local"],
            by=world.day(40),
            topics=world.say("Tid til oplæring"),
        )
    ]


def _guidelines(world: "World") -> None:
    lead: dict[str, Any] = {"by": world.viewer("lead"), "at": world.at}
    chair: dict[str, Any] = {"by": world.viewer("chair"), "at": world.at}
    draft = guidelines.propose_guideline(initiative=world.initiative("decided"), **lead)
    world.refs["guideline"] = draft.ref
    guidelines.change_guideline(
        guideline=draft,
        version=1,
        title=world.say("Sådan drøfter vi det"),
        purpose=world.say("I tide"),
        taking_part=world.say("Begge sider"),
        follow_up=world.say("Hvert møde"),
        discussions=promised(world),
        **lead,
    )
    local = world.cast.committees["local"]
    agreeing = guidelines.propose_general_guideline(committee=local, kind="new_technology", **chair)
    item = guidelines.put_guideline_before(guideline=agreeing, **chair)
    world.refs |= {"agreeing": agreeing.ref, "agreed_item": item.ref}
    key = sorted(terms.read(draft.terms).agreed_by)[-1]
    _treat(world, "local", item, key)
    holding = guidelines.propose_guideline(initiative=_third(world), **lead)
    world.refs["holding"] = holding.ref
    guidelines.record_guideline_elsewhere(
        guideline=holding,
        agreed_on=world.day(-5),
        agreed_by=world.say("Begge sider"),
        file=_file(world, "retningslinje", "chair"),
        **chair,
    )


def _third(world: "World") -> Initiative:
    """An initiative beside those in which something else is tried."""
    lead: dict[str, Any] = {"by": world.viewer("lead"), "at": world.at}
    found = hall.start_initiative(
        needs=[world.need()],
        units=[world.cast.units["workplace"]],
        owner=world.cast.people["owner"],
        title=world.say("Ny løsning aftalt"),
        **lead,
    )
    hall.admit_guest(initiative=found, person=world.cast.people["guest"], **lead)
    return found


def _strategy(world: "World") -> None:
    director: dict[str, Any] = {"by": world.viewer("director"), "at": world.at}
    found = strategies.start_strategy(
        title=world.say("Digital strategi"),
        since=world.day(-30),
        until=world.day(900),
        goals=world.say("Mindre dobbeltarbejde"),
        file=_file(world, "strategi", "director"),
        **director,
    )
    world.refs["strategy"] = found.ref
    opened = strategies.open_strategy_round(
        strategy=found, committees=[world.cast.committees["area"]], **director
    )
    first = opened.discussions.select_related("item__thing").get()
    world.refs["strategy_discussion"] = first.ref
    _treat(world, "area", first.item, "discussed" if _knows(world, first.item) else "concluded_agreed")


def _knows(world: "World", item: Item) -> bool:
    found = dialogue.item(item.ref)
    assert found is not None
    return any(one["key"] == "discussed" for one in found.regime.body["outcomes"])


def _treat(world: "World", level: str, item: Item, key: str) -> None:
    """The committee has treated it at a meeting a while ago."""
    early: dict[str, Any] = {"by": world.viewer("chair", world.at - BEFORE), "at": world.at - BEFORE}
    chair: dict[str, Any] = {"by": world.viewer("chair"), "at": world.at}
    meeting = committees.plan_meeting(
        committee=world.cast.committees[level], on=world.day(-13), place="Byrådssalen", **early
    )
    found = dialogue.item(item.ref)
    assert found is not None
    committees.place_item(item=found, meeting=meeting, **chair)
    found = dialogue.item(item.ref)
    assert found is not None
    committees.record_outcome(
        item=found, outcomes=[NewOutcome(key, told={"guideline": "Sådan drøfter vi det"})], **chair
    )


def _assessment(world: "World") -> None:
    """The work changes, and the steward is the safety representative."""
    Seat.objects.filter(person=world.cast.people["steward"], committee=world.cast.committees["local"]).update(
        safety_rep=True
    )
    for name in ("decided", "initiative"):
        _work_changes(world, name)
    hall.record_assessment(
        assessment=assessment(world),
        done_on=world.day(-2),
        found=world.say("Tempoet stiger"),
        measures=world.say("To om natten"),
        safety_rep=world.person("steward"),
        version=1,
        file=_file(world, "vurdering", "lead"),
        by=world.viewer("lead"),
        at=world.at,
    )


def _work_changes(world: "World", name: str) -> None:
    one = world.initiative(name)
    hall.change_initiative(
        initiative=one,
        version=one.version,
        title=one.title,
        owner=one.owner,
        lead=one.lead,
        decision_level=one.decision_level,
        ai_involved=one.ai_involved,
        case_number=one.case_number,
        units=[world.cast.units["workplace"]],
        groups=[world.cast.groups["citizens"]],
        work_changes=["tasks"],
        by=world.viewer("lead"),
        at=world.at,
    )
    found = Assessment.objects.select_related("thing").get(initiative=one)
    world.refs["assessment" if name == "initiative" else "open_assessment"] = found.ref


def _file(world: "World", name: str, who: str) -> File:
    return files.keep(world.say(name) + ".txt", b"Tekst.", world.viewer(who), world.at)
