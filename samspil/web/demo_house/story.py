"""Plays what happened in an organisation of the demo, through the same actions that people use.

An event names a day from today, who does it, and what: `do` is the name of one of the scenes below.
"""

from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import replace
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from samspil.benefits.models import Benefit
from samspil.dialogue import actions as dialogue
from samspil.dialogue.guidelines import actions as guidelines
from samspil.dialogue.guidelines.models import Guideline
from samspil.dialogue.guidelines.proposing import NewDiscussion
from samspil.dialogue.keeping import NewOutcome, NewPosition
from samspil.dialogue.models import ActionPoint, Item, Meeting
from samspil.dialogue.queries import newest_minutes
from samspil.dialogue.remedies import actions as remedies
from samspil.dialogue.remedies.models import RemedyCase
from samspil.dialogue.strategy import actions as strategies
from samspil.dialogue.strategy.models import Strategy, StrategyDiscussion
from samspil.dialogue.wording import actions as wording_actions
from samspil.dialogue.wording import queries as wordings
from samspil.dialogue.wording.entries import of_question
from samspil.initiative import actions as hall
from samspil.initiative import evidence, process
from samspil.initiative.models import BindingStep, Evidence, Initiative, MondayStatement, Need
from samspil.involvement import actions as involvement
from samspil.involvement.models import Consultation
from samspil.involvement.results import actions as results
from samspil.organisation.models import Person
from samspil.organisation.viewer import Viewer, viewer_of
from samspil.participation.models import Round
from samspil.web.demo_house import asking, below, contested, promised
from samspil.web.demo_house.conversation import conversation
from samspil.web.demo_house.people import House
from samspil.web.demo_house.texts import Event

Scene = Callable[["Story", Event, Viewer, datetime], None]


class Story:
    """What has happened so far, by the keys the texts use."""

    def __init__(self, house: House, today: date) -> None:
        self.house, self.today = house, today
        self.needs: dict[str, Need] = {}
        self.initiatives: dict[str, Initiative] = {}
        self.items: dict[str, Item] = {}
        self.strategies: dict[str, Strategy] = {}
        self.consultations: dict[str, Consultation] = {}
        self.requests: dict[str, RemedyCase] = {}
        self.rounds: dict[str, Round] = {}
        self.benefits: dict[str, Benefit] = {}

    def play(self, events: Sequence[Event]) -> None:
        """Let everything happen, day by day. The gates are asked when they are decided, and after the last
        thing that happened to an initiative."""
        last = {event["initiative"]: place for place, event in enumerate(events)}
        for place, event in enumerate(events):
            at = self._instant(event)
            by = viewer_of(self.person(event["who"]), at)
            with nullcontext() if event["do"] == "decide" else evidence.put_off():
                SCENES[event["do"]](self, event, by, at)
            if last[event["initiative"]] == place and event["initiative"]:
                evidence.refresh([self.initiatives[event["initiative"]]], at)

    def _instant(self, event: Event) -> datetime:
        hour = time.fromisoformat(event.get("hour", "10:00"))
        return datetime.combine(self.house.day(event["day"]), hour, ZoneInfo(self.house.organisation.zone))

    def person(self, key: str) -> Person:
        return self.house.people[key]

    def initiative(self, event: Event) -> Initiative:
        """The initiative an event is about, as it stands now."""
        found = Initiative.objects.select_related("thing", "organisation", "owner__unit", "process")
        return found.get(pk=self.initiatives[event["initiative"]].pk)

    def item(self, event: Event) -> Item:
        rows = Item.objects.select_related(
            "thing", "committee", "meeting", "initiative", "regime", "organisation"
        )
        return rows.get(pk=self.items[event["item"]].pk)

    def step(self, event: Event) -> BindingStep:
        rows = BindingStep.objects.select_related("thing", "initiative__process", "initiative__organisation")
        return rows.filter(initiative=self.initiatives[event["initiative"]], kind=event["kind"]).latest("pk")

    def refs(self, event: Event) -> list[str]:
        """The references of the statements an event rests on, named by consultation and number."""
        return [self.statement_ref(name) for name in event.get("rests_on", [])]

    def statement_ref(self, name: str) -> str:
        key, number = name.split(".")
        return str(self.consultations[key].statements.select_related("thing").get(number=number).ref)


# --- scenes of the hall -------------------------------------------------------------------------------------


def need(story: Story, event: Event, by: Viewer, at: datetime) -> None:
    because = story.statement_ref(event["because"]) if "because" in event else ""
    told = {name: event[name] for name in ("problem", "for_whom", "if_nothing")}
    story.needs[event["key"]] = hall.raise_need(**told, because=because, by=by, at=at)


def merge(story: Story, event: Event, by: Viewer, at: datetime) -> None:
    hall.merge_needs(need=story.needs[event["need"]], into=story.needs[event["into"]], by=by, at=at)


def start(story: Story, event: Event, by: Viewer, at: datetime) -> None:
    chosen = ("title", "origin", "decision_level", "ai_involved", "process_key")
    story.initiatives[event["initiative"]] = hall.start_initiative(
        needs=[story.needs[key] for key in event["needs"]],
        units=[story.house.units[name] for name in event.get("units", [])],
        groups=[story.house.groups[name] for name in event.get("groups", [])],
        owner=story.person(event["owner"]),
        lead=story.person(event["lead"]) if "lead" in event else None,
        **{name: event[name] for name in chosen if name in event},
        by=by,
        at=at,
    )


def plan_step(story: Story, event: Event, by: Viewer, at: datetime) -> None:
    on, taken = story.house.day(event["on"]), event.get("taken", False)
    hall.plan_step(initiative=story.initiative(event), kind=event["kind"], on=on, taken=taken, by=by, at=at)


def give_money(story: Story, event: Event, by: Viewer, at: datetime) -> None:
    told = {name: event[name] for name in ("currency", "what", "price_year", "source")}
    hall.give_money(initiative=story.initiative(event), amount=Decimal(event["amount"]), **told, by=by, at=at)


def correct_step(story: Story, event: Event, by: Viewer, at: datetime) -> None:
    on, taken = story.house.day(event["on"]), event.get("taken", False)
    hall.correct_step(step=story.step(event), on=on, taken=taken, reason=event["reason"], by=by, at=at)


def answer_demand(story: Story, event: Event, by: Viewer, at: datetime) -> None:
    initiative = story.initiative(event)
    gate = process.gate_of_phase(initiative, event.get("phase", initiative.phase))
    assert gate is not None  # noqa: S101 - the texts answer only what a gate asks for
    row = Evidence.objects.get(initiative=initiative, gate=gate.key, demand=event["demand"])
    hall.answer_demand(
        initiative=initiative,
        gate=gate.key,
        demand=event["demand"],
        status=event["status"],
        because=event["because"],
        version=row.version,
        source=story.statement_ref(event["source"]) if "source" in event else "",
        by=by,
        at=at,
    )


def say_monday(story: Story, event: Event, by: Viewer, at: datetime) -> None:
    unit, group = story.house.units.get(event.get("unit", "")), story.house.groups.get(event.get("group", ""))
    initiative = story.initiative(event)
    said = MondayStatement.objects.filter(initiative=initiative, unit=unit, group=group).first()
    hall.say_monday(
        initiative=initiative,
        unit=unit,
        group=group,
        changes=event["changes"],
        text=event["text"],
        version=said.version if said else 0,
        by=by,
        at=at,
    )


def inform_about_ai(story: Story, event: Event, by: Viewer, at: datetime) -> None:
    on = story.house.day(event["on"])
    hall.inform_about_ai(initiative=story.initiative(event), informed_on=on, how=event["how"], by=by, at=at)


def admit_guest(story: Story, event: Event, by: Viewer, at: datetime) -> None:
    hall.admit_guest(initiative=story.initiative(event), person=story.person(event["guest"]), by=by, at=at)


def decide(story: Story, event: Event, by: Viewer, at: datetime) -> None:
    initiative = story.initiative(event)
    gate = process.gate_of_phase(initiative, initiative.phase)
    assert gate is not None  # noqa: S101 - the texts decide only at gates
    conditions = [
        hall.NewCondition(one["text"], story.person(one["owner"]), story.house.day(one["due"]))
        for one in event.get("conditions", [])
    ]
    decision = hall.decide_gate(
        initiative=initiative,
        gate=gate.key,
        outcome=event["outcome"],
        decided_on=at.date(),
        reason=event["reason"],
        override_reason=event.get("override_reason", ""),
        conditions=conditions,
        rests_on=story.refs(event),
        by=by,
        at=at,
    )
    if event.get("conditions_met"):
        for condition in decision.conditions.all():
            hall.meet_condition(condition=condition, met_on=at.date(), by=by, at=at)


# --- scenes of the committees -------------------------------------------------------------------------------


def request_item(story: Story, event: Event, by: Viewer, at: datetime) -> None:
    committee = story.house.committees[event["committee"]]
    meeting = Meeting.objects.get(committee=committee, on=story.house.day(event["meeting"]))
    story.items[event["item"]] = dialogue.request_item(
        initiative=story.initiative(event),
        committee=committee,
        meeting=meeting,
        title=event.get("title", ""),
        case=event["case"],
        because=story.statement_ref(event["because"]) if "because" in event else "",
        by=by,
        at=at,
    )


def answer_questions(story: Story, event: Event, by: Viewer, at: datetime) -> None:
    """Somebody answers questions for their side; `release` lets everybody read it at once."""
    item = story.item(event)
    for question in item.questions.select_related("item__thing", "item__committee", "item__regime"):
        if question.key in event["answers"]:
            text = event["answers"][question.key]
            dialogue.answer_question(question=question, text=text, by=by, at=at)
    if event.get("release"):
        dialogue.release_answers(item=item, by=by, at=at)


def record_outcome(story: Story, event: Event, by: Viewer, at: datetime) -> None:
    """What came of it at the meeting, and the minutes."""
    positions = [NewPosition(side, text) for side, text in event.get("positions", {}).items()]
    outcomes = [NewOutcome(event["outcome"], told=event.get("told", {}))]
    dialogue.record_outcome(item=story.item(event), outcomes=outcomes, positions=positions, by=by, at=at)
    dialogue.write_minutes(item=story.item(event), text=event["minutes"], by=by, at=at)
    for point in event.get("actions", []):
        owner, due = story.person(point["owner"]), story.house.day(point["due"])
        dialogue.add_action_point(
            item=story.item(event), text=point["text"], owner=owner, due=due, by=by, at=at
        )


def release_minutes(story: Story, event: Event, by: Viewer, at: datetime) -> None:
    _sign(story, event, dialogue.release_minutes, [event["who"], *event.get("also", [])], at)


def approve_minutes(story: Story, event: Event, by: Viewer, at: datetime) -> None:
    _sign(story, event, dialogue.approve_minutes, [event["who"], *event.get("also", [])], at)


def _sign(story: Story, event: Event, act: Callable[..., Any], signers: Sequence[str], at: datetime) -> None:
    item = story.item(event)
    minutes = newest_minutes(item)
    assert minutes is not None  # noqa: S101 - the texts sign only what is written
    for key in signers:
        act(item=item, sha256=minutes.sha256, by=viewer_of(story.person(key), at), at=at)


def finish_action(story: Story, event: Event, by: Viewer, at: datetime) -> None:
    """The person does the first thing they promised about an item."""
    rows = ActionPoint.objects.select_related("item__thing", "item__organisation", "item__regime", "owner")
    point = rows.filter(item=story.items[event["item"]], owner=by.person, done_on=None).earliest("due")
    dialogue.finish_action_point(point=point, done_on=at.date(), by=by, at=at)


def held_elsewhere(story: Story, event: Event, by: Viewer, at: datetime) -> None:
    """The committee met in the agenda system it already has; the result is recorded here."""
    dialogue.record_meeting_elsewhere(
        initiative=story.initiative(event),
        committee=story.house.committees[event["committee"]],
        on=story.house.day(event["on"]),
        outcomes=[NewOutcome(event["outcome"])],
        text=event["minutes"],
        approved_on=story.house.day(event["approved_on"]) if "approved_on" in event else None,
        approved_by=event.get("approved_by", ""),
        by=by,
        at=at,
    )


def raise_request(story: Story, event: Event, by: Viewer, at: datetime) -> None:
    """The staff side asks for what its agreement gives it."""
    item = story.item(event)
    story.requests[event["request"]] = remedies.raise_case(
        committee=item.committee,
        kind=event["kind"],
        title=event["title"],
        asked=event["asked"],
        raised_on=at.date(),
        item=item,
        by=by,
        at=at,
    )


# --- what is agreed and what is aimed for -------------------------------------------------------------------


def propose_guideline(story: Story, event: Event, by: Viewer, at: datetime) -> None:
    found = guidelines.propose_guideline(initiative=story.initiative(event), by=by, at=at)
    if "discussions" in event:
        words = {name: event[name] for name in ("title", "purpose", "taking_part", "follow_up")}
        promised = [_promised(story, one) for one in event["discussions"]]
        guidelines.change_guideline(guideline=found, version=1, **words, discussions=promised, by=by, at=at)


def _promised(story: Story, told: Event) -> NewDiscussion:
    committee, by = story.house.committees[told["committee"]], story.house.day(told["by"])
    return NewDiscussion(phase=told["phase"], committee=committee, by=by, topics="\n".join(told["topics"]))


def put_guideline(story: Story, event: Event, by: Viewer, at: datetime) -> None:
    item = guidelines.put_guideline_before(guideline=_guideline(story, event), by=by, at=at)
    story.items[event["item"]] = item


def agree_guideline(story: Story, event: Event, by: Viewer, at: datetime) -> None:
    guidelines.agree_guideline(guideline=_guideline(story, event), item=story.item(event), by=by, at=at)


def guideline_elsewhere(story: Story, event: Event, by: Viewer, at: datetime) -> None:
    guidelines.record_guideline_elsewhere(
        guideline=_guideline(story, event),
        agreed_on=story.house.day(event["on"]),
        agreed_by=event["agreed_by"],
        by=by,
        at=at,
    )


def _guideline(story: Story, event: Event) -> Guideline:
    return Guideline.objects.select_related("thing").get(initiative=story.initiatives[event["initiative"]])


def start_strategy(story: Story, event: Event, by: Viewer, at: datetime) -> None:
    story.strategies[event["strategy"]] = strategies.start_strategy(
        title=event["title"],
        since=story.house.day(event["since"]),
        until=story.house.day(event["until"]),
        goals=event["goals"],
        by=by,
        at=at,
    )


# --- the words of the questions -----------------------------------------------------------------------------


def word_questions(story: Story, event: Event, by: Viewer, at: datetime) -> None:
    """A question is said in the organisation's own words, and the model is published with them."""
    model = wordings.model(event["model"])
    assert model is not None  # noqa: S101 - the texts word what is used here
    wording = wording_actions.begin_wording(model=model, by=by, at=at)
    row = next(
        row
        for row in wordings.questions_of(wording)
        if row.key == event["key"] and event["level"] in row.levels
    )
    entry = of_question(row)
    wording_actions.word_question(
        question=row,
        native=replace(entry.native, ask=event["ask"]),
        reading=replace(entry.reading, ask=event["ask_in_english"]),
        levels=row.levels,
        before=row.before,
        core_question=row.core,
        version=row.version,
        by=by,
        at=at,
    )
    wording.refresh_from_db()
    wording_actions.publish_wording(
        wording=wording, note=event["note"], version=wording.version, by=by, at=at
    )


def put_strategy(story: Story, event: Event, by: Viewer, at: datetime) -> None:
    """One committee a round; its item gets a key like any other."""
    opened = strategies.open_strategy_round(
        strategy=story.strategies[event["strategy"]],
        committees=[story.house.committees[event["committee"]]],
        by=by,
        at=at,
    )
    story.items[event["item"]] = opened.discussions.get().item


def answer_strategy(story: Story, event: Event, by: Viewer, at: datetime) -> None:
    """A new version because of what a committee said, and the answer that leads to it."""
    strategy, item = story.strategies[event["strategy"]], story.items[event["item"]]
    written = strategies.write_strategy_version(
        strategy=strategy, version=1, goals=event["goals"], because=event["because"], by=by, at=at
    )
    rows = StrategyDiscussion.objects.select_related(
        "round__strategy__thing", "item__thing", "item__committee"
    )
    strategies.answer_strategy_discussion(
        discussion=rows.get(item=item),
        version=0,
        said=event["said"],
        answer=event["answer"],
        changed=written,
        by=by,
        at=at,
    )


# --- what people said ---------------------------------------------------------------------------------------


def bring_in_consultation(story: Story, event: Event, by: Viewer, at: datetime) -> None:
    told = event["consultations"][event["consultation"]]
    held = conversation(told)
    kept = involvement.import_consultation(
        initiative=story.initiative(event),
        consultation=held.consultation,
        input_sha256=held.sha256,
        source=told["source"],
        title=told["title"],
        language=story.house.organisation.language,
        held_until=story.house.day(event["held_until"]),
        by=by,
        at=at,
    )
    story.consultations[event["consultation"]] = kept
    results.make_ordered({"organisation": by.organisation.ref, "source": kept.ref}, at)


SCENES: dict[str, Scene] = (
    {
        scene.__name__: scene
        for scene in (
            need,
            merge,
            start,
            plan_step,
            give_money,
            correct_step,
            answer_demand,
            say_monday,
            inform_about_ai,
            admit_guest,
            decide,
            request_item,
            answer_questions,
            record_outcome,
            release_minutes,
            approve_minutes,
            finish_action,
            held_elsewhere,
            raise_request,
            word_questions,
            propose_guideline,
            put_guideline,
            agree_guideline,
            guideline_elsewhere,
            start_strategy,
            put_strategy,
            answer_strategy,
            bring_in_consultation,
            below.send_down,
            below.reply,
            below.many_reply,
            below.staff_note,
        )
    }
    | asking.SCENES
    | promised.SCENES
    | contested.SCENES
)
