"""One organisation in which everything that can be done waits to be done, made through the actions."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from samspil.core import consultation as core
from samspil.dialogue import actions as committees
from samspil.dialogue import queries as dialogue
from samspil.dialogue.keeping import NewOutcome, NewPosition
from samspil.dialogue.models import ActionPoint, Item, Meeting
from samspil.initiative import actions as hall
from samspil.initiative import queries as hall_queries
from samspil.initiative.models import BindingStep, Condition, GateDecision, Initiative, Need
from samspil.initiative.project_list import actions as project_lists
from samspil.involvement.actions import import_consultation
from samspil.involvement.models import Consultation, Statement
from samspil.organisation import actions as house
from samspil.organisation import files
from samspil.organisation.lists import actions as lists
from samspil.organisation.models import Invitation, Organisation, Person, Role, Seat
from samspil.organisation.scope import scope
from samspil.organisation.viewer import Viewer, operator_of, viewer_of
from tests.cast import NAMES, Cast, gather
from tests.permissions.law import OPERATOR

BEFORE = timedelta(days=27)  # meetings that are over by now were planned then
PERSONS = tuple(NAMES)
EVERYBODY = (*PERSONS, OPERATOR)
Say = Callable[[str], str]
Thing = TypeVar("Thing")


@dataclass
class World:
    """The cast, and what lies before them. `say` makes every text that somebody writes."""

    cast: Cast
    say: Say
    refs: dict[str, str] = field(default_factory=dict)
    token: str = ""

    @property
    def slug(self) -> str:
        return self.cast.organisation.slug

    @property
    def at(self) -> datetime:
        return self.cast.at

    def viewer(self, who: str, at: datetime | None = None) -> Viewer:
        """Somebody as they stand in the database now."""
        if who == OPERATOR:
            return operator_of(Organisation.objects.get(slug=self.slug), at or self.at)
        with scope(self.cast.organisation):
            person = Person.objects.select_related("organisation").get(pk=self.cast.people[who].pk)
            return viewer_of(person, at or self.at)

    def day(self, days: int) -> date:
        return self.at.date() + timedelta(days=days)

    # --- what lies there, fetched anew each time ---------------------------------------------------------

    def need(self, name: str = "need") -> Need:
        return _there(hall_queries.need(self.refs[name]))

    def initiative(self, name: str = "initiative") -> Initiative:
        return _there(hall_queries.initiative(self.refs[name]))

    def step(self) -> BindingStep:
        return _there(hall_queries.step(self.refs["step"]))

    def decision(self) -> GateDecision:
        return _there(hall_queries.decision(self.refs["decision"]))

    def condition(self) -> Condition:
        return _there(hall_queries.condition(self.refs["condition"]))

    def item(self, name: str = "item") -> Item:
        return _there(dialogue.item(self.refs[name]))

    def meeting(self, name: str = "meeting") -> Meeting:
        return _there(dialogue.meeting(self.refs[name]))

    def point(self) -> ActionPoint:
        return _there(dialogue.action_point(self.refs["point"]))

    def consultation(self) -> Consultation:
        return Consultation.objects.get(thing__ref=self.refs["consultation"])

    def statement(self) -> Statement:
        return Statement.objects.get(thing__ref=self.refs["statement"])

    def person(self, name: str) -> Person:
        return Person.objects.get(ref=self.refs.get(name) or self.cast.people[name].ref)

    def role(self) -> Role:
        return Role.objects.get(ref=self.refs["role"])

    def seat(self) -> Seat:
        return Seat.objects.get(ref=self.refs["seat"])

    def invitation(self) -> Invitation:
        return Invitation.objects.get(ref=self.refs["invitation"])


def furnish(slug: str, regime: str, say: Say) -> World:
    """Gather the cast and let them work until every action has something to be done with."""
    world = World(gather(slug, regime), say)
    with scope(world.cast.organisation):
        _mark_names(world)
        _the_house(world)
        _the_hall(world)
        _what_people_said(world)
        _the_committee(world)
    return world


def _there(found: Thing | None) -> Thing:
    assert found is not None
    return found


def _mark_names(world: World) -> None:
    """Names of units, committees, unions, groups and people tell whose they are."""
    cast = world.cast
    for rows in (cast.units, cast.committees, cast.unions, cast.groups):
        for row in rows.values():
            row.name = world.say(row.name)
            row.save()
    for person in cast.people.values():
        person.family_name, person.title = world.say(person.family_name), world.say(person.title)
        person.save()


def _the_house(world: World) -> None:
    does: dict[str, Any] = {"by": world.viewer("administrator"), "at": world.at}
    for name in ("newcomer", "second_newcomer", "leaver"):
        person = house.add_person(given_name=name, family_name=world.say("Ny"), **does)
        world.refs[name] = person.ref
    stranger = house.add_person(given_name="Gæst", family_name="To", guest_of="Region To", **does)
    world.refs["other_guest"] = stranger.ref
    leaver = world.person("leaver")
    role = house.give_role(
        person=leaver, kind="project_lead", unit=world.cast.units["area"], since=world.day(-9), **does
    )
    seat = house.give_seat(
        person=leaver, committee=world.cast.committees["main"], side="staff", since=world.day(-9), **does
    )
    world.refs |= {"role": role.ref, "seat": seat.ref}
    _what_lists_leave(world, does)
    world.token = house.invite_person(person=world.person("newcomer"), **does)
    world.refs["invitation"] = Invitation.objects.get().ref


def _what_lists_leave(world: World, does: dict[str, Any]) -> None:
    """A list that waits, a unit without people, and a role and a seat of somebody who has left."""
    rows = {"groups": [{"name": "Naboer", "kind": "borgere", "size": 20}]}
    waits = lists.bring_list(files=[("by.json", json.dumps(rows).encode())], **does)
    empty = house.add_unit(name=world.say("Tom"), parent=world.cast.units["area"], **does)
    gone = house.add_person(given_name="Gine", family_name=world.say("Gået"), **does)
    role = house.give_role(person=gone, kind="consultant", unit=None, since=world.day(-9), **does)
    seat = house.give_seat(
        person=gone, committee=world.cast.committees["main"], side="staff", since=world.day(-9), **does
    )
    house.person_leaves(person=gone, on=world.day(-1), **does)
    world.refs |= {
        "list": waits.ref,
        "empty_unit": empty.ref,
        "role_left": role.ref,
        "seat_left": seat.ref,
    }


def _the_hall(world: World) -> None:
    lead: dict[str, Any] = {"by": world.viewer("lead"), "at": world.at - BEFORE}
    for name in ("need", "other_need", "third_need"):
        world.refs[name] = _need(world, name)
    for name, need in (("initiative", "need"), ("decided", "need")):
        found = hall.start_initiative(
            needs=[world.need(need)],
            units=[world.cast.units["workplace"]],
            groups=[world.cast.groups["citizens"]],
            owner=world.cast.people["owner"],
            ai_involved="yes",
            title=world.say(f"Ny løsning {name}"),
            **lead,
        )
        world.refs[name] = found.ref
    step = hall.plan_step(
        initiative=world.initiative(), kind="contract", on=world.day(60), phase="idea", **lead
    )
    world.refs["step"] = step.ref
    hall.say_monday(
        initiative=world.initiative(),
        unit=None,
        group=world.cast.groups["citizens"],
        changes=True,
        text=world.say("Vi ringer først"),
        **lead,
    )
    for name in ("initiative", "decided"):
        hall.admit_guest(initiative=world.initiative(name), person=world.cast.people["guest"], **lead)
    _decide(world)
    files_ = [("projekter.json", projects(world, "Digital ruteplan"))]
    by = world.viewer("digital_lead")
    world.refs["projects"] = project_lists.bring_projects(files=files_, by=by, at=world.at).ref


def projects(world: World, title: str) -> bytes:
    """A list with one project; who owns it is told by address."""
    row = {
        "title": title,
        "phase": "development",
        "owner": world.cast.people["owner"].email,
        "unit": world.cast.units["area"].name,
        "amount": 1_250_000,
        "currency": "DKK",
        "next_decision": world.day(90).isoformat(),
    }
    return json.dumps({"projects": [row]}).encode()


def _need(world: World, name: str) -> str:
    return hall.raise_need(
        problem=world.say(f"Vagtplanen {name}"),
        for_whom=world.say("Hjemmeplejen"),
        if_nothing=world.say("Flere vikarer"),
        by=world.viewer("employee"),
        at=world.at - BEFORE,
    ).ref


def _decide(world: World) -> None:
    conditions = [hall.NewCondition(world.say("Prøv det af"), world.cast.people["employee"], world.day(30))]
    decision = hall.decide_gate(
        initiative=world.initiative("decided"),
        gate="explore",
        outcome="go_with_conditions",
        decided_on=world.day(-1),
        reason=world.say("Behovet er klart"),
        override_reason=world.say("Det haster"),
        conditions=conditions,
        by=world.viewer("owner"),
        at=world.at,
    )
    world.refs |= {"decision": decision.ref, "condition": decision.conditions.get().ref}


def conversation(say: Say) -> core.Consultation:
    """A finished conversation with two statements that enough people answered."""
    texts = (say("Ruten skal vises dagen før"), say("Telefonen er nok"))
    comments = [
        {"comment-id": str(number), "moderated": "1", "comment-body": text}
        for number, text in enumerate(texts)
    ]
    votes = [
        {"timestamp": "1", "comment-id": str(number), "voter-id": str(voter), "vote": "1"}
        for number in range(len(texts))
        for voter in range(12)
    ]
    return core.read({"comments": comments, "votes": votes})


def _what_people_said(world: World) -> None:
    kept = import_consultation(
        initiative=world.initiative(),
        consultation=conversation(world.say),
        source=world.say("Egen høring"),
        input_sha256="0" * 64,
        title=world.say("Ruter"),
        language="da",
        by=world.viewer("lead"),
        at=world.at,
    )
    statement = kept.statements.order_by("pk").first()
    assert statement is not None
    world.refs |= {"consultation": kept.ref, "statement": statement.ref}


# --- the committee: an item in every state ---------------------------------------------------------------


def _the_committee(world: World) -> None:
    local = world.cast.committees["local"]
    chair: dict[str, Any] = {"by": world.viewer("chair"), "at": world.at}
    early: dict[str, Any] = {"by": world.viewer("chair", world.at - BEFORE), "at": world.at - BEFORE}
    held = committees.plan_meeting(committee=local, on=world.day(-6), place=world.say("Kantinen"), **early)
    to_come = committees.plan_meeting(committee=local, on=world.day(20), place=world.say("Salen"), **chair)
    world.refs |= {"held": held.ref, "meeting": to_come.ref}
    _item(world, "item", to_come)
    _answer(world, "item")
    _item(world, "waiting", None)
    for name in ("held_item", "written_item", "released_item"):
        _item(world, name, None)
        committees.place_item(item=world.item(name), meeting=held, **chair)
    _write(world, "written_item")
    _write(world, "released_item")
    _release(world, "released_item")
    _held_elsewhere(world)
    point = committees.add_action_point(
        item=world.item("held_item"),
        text=world.say("Ring til leverandøren"),
        owner=world.cast.people["steward"],
        due=world.day(9),
        **chair,
    )
    world.refs["point"] = point.ref


def sha256(item: Item) -> str:
    minutes = dialogue.newest_minutes(item)
    assert minutes is not None
    return minutes.sha256


def _signers(world: World) -> tuple[str, ...]:
    """Those whom the rules of procedure name to release."""
    return ("chair",) if world.cast.organisation.country == "SE" else ("chair", "vice_chair")


def _item(world: World, name: str, meeting: Meeting | None) -> None:
    item = committees.request_item(
        initiative=world.initiative(),
        committee=world.cast.committees["local"],
        meeting=meeting,
        without_meeting=meeting is None,
        title=world.say(f"Punkt {name}"),
        case=world.say("Sagen kort"),
        by=world.viewer("management_member"),
        at=world.at,
    )
    world.refs[name] = item.ref


def _answer(world: World, name: str) -> None:
    """Both sides have answered the first question; neither has released it."""
    question = dialogue.questions_of(world.item(name))[0]
    for who in ("chair", "vice_chair"):
        committees.answer_question(
            question=question, text=world.say(f"Svar fra {who}"), by=world.viewer(who), at=world.at
        )


def _write(world: World, name: str) -> None:
    chair: dict[str, Any] = {"by": world.viewer("chair"), "at": world.at}
    committees.record_outcome(
        item=world.item(name),
        outcomes=outcomes_of(world.item(name)),
        positions=[NewPosition("staff", world.say("Vi vil have tid til oplæring"))],
        **chair,
    )
    committees.write_minutes(item=world.item(name), text=world.say("Drøftet"), **chair)


def _release(world: World, name: str) -> None:
    for who in _signers(world):
        item = world.item(name)
        committees.release_minutes(item=item, sha256=sha256(item), by=world.viewer(who), at=world.at)


def _held_elsewhere(world: World) -> None:
    """About the other initiative, with the text as a file, approved where it was written."""
    by = world.viewer("lead")
    item = committees.record_meeting_elsewhere(
        initiative=world.initiative("decided"),
        committee=world.cast.committees["local"],
        on=world.day(-3),
        outcomes=outcomes_of(world.item()),
        text=world.say("Drøftet dér"),
        file=files.keep(world.say("referat") + ".txt", "Drøftet dér.".encode(), by, world.at),
        approved_on=world.day(-2),
        approved_by=world.say("Formand og næstformand"),
        by=by,
        at=world.at,
    )
    world.refs["filed_item"] = item.ref


def outcomes_of(item: Item) -> list[NewOutcome]:
    """The first outcome on the regime's list, for the whole committee."""
    return [NewOutcome(item.regime.body["outcomes"][0]["key"])]
