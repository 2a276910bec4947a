"""One organisation in which everything that can be done waits to be done, made through the actions."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, TypeVar

from samspil.core import consultation as core
from samspil.core.question_wording import Text
from samspil.dialogue import actions as committees
from samspil.dialogue import queries as dialogue
from samspil.dialogue.agenda import actions as agenda
from samspil.dialogue.agenda import settling
from samspil.dialogue.closing.actions import close_item
from samspil.dialogue.dossier import actions as dossiers
from samspil.dialogue.feed.actions import make_feed
from samspil.dialogue.feed.models import FeedAddress
from samspil.dialogue.keeping import (
    NewOutcome,
    NewPosition,
)
from samspil.dialogue.models import (
    ActionPoint,
    Item,
    Meeting,
)
from samspil.dialogue.questions import PHASES
from samspil.dialogue.remedies import actions as requests
from samspil.dialogue.remedies import queries as request_queries
from samspil.dialogue.remedies import tables as request_tables
from samspil.dialogue.remedies.models import RemedyCase
from samspil.dialogue.replies import actions as down
from samspil.dialogue.replies import queries as replies
from samspil.dialogue.staff_room import actions as staff_room
from samspil.dialogue.wheel import actions as wheel
from samspil.dialogue.wording import actions as wordings
from samspil.dialogue.wording import queries as words
from samspil.dialogue.wording.models import Wording
from samspil.initiative import actions as hall
from samspil.initiative import queries as hall_queries
from samspil.initiative.models import BindingStep, Condition, GateDecision, Initiative, Need
from samspil.initiative.project_list import actions as project_lists
from samspil.involvement.actions import import_consultation
from samspil.involvement.models import Consultation, Statement
from samspil.involvement.opinions import actions as opinions
from samspil.involvement.opinions import live, moderating, own_statements
from samspil.involvement.results import actions as results
from samspil.kit.models import Job
from samspil.organisation import actions as house
from samspil.organisation import files
from samspil.organisation.lists import actions as lists
from samspil.organisation.models import (
    Committee,
    Content,
    Invitation,
    Organisation,
    Person,
    RegimePeriod,
    Role,
    Seat,
)
from samspil.organisation.scope import scope
from samspil.organisation.viewer import Viewer, operator_of, viewer_of
from samspil.participation import actions as rounds
from samspil.participation import entering
from samspil.participation.codes import code_of_link
from samspil.participation.handing_out import actions as handing_out
from samspil.participation.models import Round
from tests.cast import NAMES, Cast, gather
from tests.permissions import agreed, brought, cases, contested, promised, secret
from tests.permissions.law import OPERATOR
from tests.urns import SecretRound

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
    urns: dict[str, SecretRound] = field(default_factory=dict)

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

    def remedy(self, name: str = "remedy") -> RemedyCase:
        return _there(request_queries.case(self.refs[name]))

    def point(self) -> ActionPoint:
        return _there(dialogue.action_point(self.refs["point"]))

    def round_plan(self) -> rounds.Plan:
        return rounds.Plan(
            title=self.say("Ti spørgsmål om vagtplanen"),
            purpose=self.say("Vi vil vide, hvad planen gør ved aftenerne."),
            opens_on=self.day(0),
            closes_on=self.day(14),
            language="da",
            legal_basis=self.say("Kommunens almindelige adgang til at høre sine ansatte"),
            disposal=self.say("Gallringsbeslut 2026:1"),
            by_link=True,
            units=[self.cast.units["whole"]],
        )

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
        _the_rounds(world)
        _what_people_add(world)
        _the_committee(world)
        _down_and_up(world)
        _the_staff_room(world)
        _the_requests(world)
        _the_questions(world)
        _the_meeting_cycle(world)
        _a_dossier(world)
        cases.lay(world)
        agreed.lay(world)
        promised.lay(world)
        contested.lay(world)
        brought.lay(world)
        secret.lay(world)
    return world


def _the_rounds(world: World) -> None:
    """One round is planned, one is open, one has closed."""
    does: dict[str, Any] = {"by": world.viewer("lead"), "at": world.at}
    for name in ("closed_round", "planned_round", "open_round"):
        round_ = rounds.plan_round(plan=world.round_plan(), initiative=world.initiative(), **does)
        world.refs[name] = round_.ref
        world.refs[f"statement_of_{name}"] = _what_is_asked(world, round_)
        if name != "closed_round":
            _codes_on_paper(world, round_)
        if name != "planned_round":
            rounds.open_round(round_=round_, **does)
        if name == "open_round":
            live.show_statement(round_=round_, number=2, **does)
        if name == "closed_round":
            rounds.close_round(round_=round_, **does)
    _set_apart(world, round_)


def _what_is_asked(world: World, round_: Round) -> str:
    """Three statements. What somebody else says in them may be longer than one breath, so it is put in after."""
    texts = [f"Udsagn nummer {n}" for n in range(3)]
    does: dict[str, Any] = {"by": world.viewer("lead"), "at": world.at}
    rows = opinions.add_statements(round_=round_, written=texts, language="da", **does)
    for row in (
        rows if round_.ref != world.refs["closed_round"] else ()
    ):  # too few answered for it to be shown
        row.text = world.say(row.text)
        row.save()
    return rows[0].ref


def _codes_on_paper(world: World, round_: Round) -> None:
    """Two letters to hand out; the first is a sheet that comes back."""
    asked = round_.asked.order_by("pk")[0]
    handing_out.make_codes(asked=asked, count=2, by=world.viewer("lead"), at=world.at)
    first = round_.electors.order_by("pk")[0]
    world.refs["sheet"] = code_of_link(round_.code, first.ref)


def _set_apart(world: World, round_: Round) -> None:
    """Somebody came by the open link and looks like one hand."""
    round_.refresh_from_db()
    entrance = _there(entering.by_link(round_, "browser"))
    found = entering.take_part(entrance, world.day(0))
    found.quarantined = "one_hand"
    found.save()


def _what_people_add(world: World) -> None:
    """In the open round one statement waits, and one was left out and appealed against."""
    round_ = Round.objects.get(thing__ref=world.refs["open_round"])
    entrance = entering.by_account(round_, world.cast.account("employee"))
    assert entrance is not None
    on = world.day(0)
    for name, text in (("waiting_statement", "Vi bytter selv"), ("rejected_statement", "Det går nok")):
        row = own_statements.add_own_statement(
            entrance=entrance, text=text, language="da", at=world.at, on=on
        )
        row.text = world.say(text)
        row.save()
        world.refs[name] = row.ref
    rejected = moderating.reject_statement(
        statement=row, rule="unclear", reason=world.say("Hvad går?"), by=world.viewer("owner"), at=world.at
    )
    own_statements.appeal(entrance=entrance, statement=rejected, grounds=world.say("Vagterne"), on=on)


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
    hall.give_money(
        initiative=world.initiative(),
        amount=Decimal(900_000),
        currency="DKK",
        what=world.say("Hele udgiften"),
        source=world.say("Budget"),
        **lead,
    )
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
    results.make_ordered({"organisation": kept.organisation.ref, "source": kept.ref}, world.at)


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
    _the_papers(world)


def _the_papers(world: World) -> None:
    """An item that is closed for a time, and everybody's address of their own calendar."""
    chair: dict[str, Any] = {"by": world.viewer("chair"), "at": world.at}
    _item(world, "closed_item", None)
    close_item(item=world.item("closed_item"), because="personal", until=world.day(30), **chair)
    for who in PERSONS:
        if who != "guest":
            make_feed(by=world.viewer(who), at=world.at)
    FeedAddress.objects.update(read_on=world.day(-1))


def _down_and_up(world: World) -> None:
    """An item of the main committee is sent down to three: one silent, one that can reply, one that has."""
    local = world.cast.committees["local"]
    others = [
        Committee.objects.create(
            organisation=local.organisation, parent=local.parent, name=world.say(name), level="local"
        )
        for name in ("Udvalg to", "Udvalg tre")
    ]
    for who, side in (("chair", "management"), ("vice_chair", "staff"), ("secretary", "management")):
        Seat.objects.create(
            organisation=local.organisation,
            committee=others[0],
            person=world.cast.people[who],
            side=side,
            kind=who,
            since=world.day(-100),
        )
    for name in ("above", "above_too"):
        world.refs[name] = committees.request_item(
            initiative=world.initiative(),
            committee=world.cast.committees["main"],
            without_meeting=True,
            title=world.say(f"Punkt {name}"),
            case=world.say("Sagen kort"),
            by=world.viewer("lead"),
            at=world.at,
        ).ref
    by: dict[str, Any] = {"by": world.viewer("secretary"), "at": world.at}
    put = [down.NewQuestion(one.key, one.wording) for one in dialogue.questions_of(world.item("above"))[:2]]
    sending = down.send_down(
        item=world.item("above"),
        committees=[local, *others],
        questions=put,
        due=world.day(25),
        why=world.say("Vi vil vide det"),
        **by,
    )
    asked = {one.committee_id: one for one in sending.asked.all()}
    world.refs["sending"] = sending.ref
    for name, one in zip(("asked", "asked_too", "replied"), (local, *others), strict=True):
        world.refs[name] = asked[one.pk].ref
    replied = replies.asked(world.refs["replied"])
    assert replied
    answers = [
        down.NewAnswer(one, world.say("Vi mangler tid"), "staff") for one in replies.questions_of(sending)
    ]
    down.enter_paper_reply(asked=replied, held_on=world.day(-1), took_part=11, answers=answers, **by)


def _the_staff_room(world: World) -> None:
    """Two notes with a comment, and the date of a pre-meeting."""
    by: dict[str, Any] = {"by": world.viewer("vice_chair"), "at": world.at}
    for name, item in (("note", "waiting"), ("note_to_release", "item")):
        note = staff_room.write_note(
            committee=world.cast.committees["local"],
            title=world.say(f"Fortroligt, {name}"),
            text=world.say("Fortroligt før mødet"),
            item=world.item(item),
            **by,
        )
        staff_room.comment(note=note, text=world.say("Fortroligt svar"), **by)
        world.refs[name] = note.ref
    staff_room.set_pre_meeting(
        meeting=world.meeting(), on=world.day(18), place=world.say("Fortroligt sted"), **by
    )


def _the_requests(world: World) -> None:
    """What the staff side asks for: answered, so that it can go on, and still owed."""
    table = _there(request_tables.table_in_force(world.cast.organisation, world.day(0)))
    kind = request_tables.read(table).kinds[0].key
    for name in ("remedy", "answered_remedy", "open_remedy"):
        remedy = requests.raise_case(
            committee=world.cast.committees["local"],
            kind=kind,
            title=world.say(f"Anmodning {name}"),
            asked=world.say("Vi vil høre om vagtplanen"),
            raised_on=world.day(-3),
            item=world.item("held_item"),
            by=world.viewer("vice_chair"),
            at=world.at,
        )
        world.refs[name] = remedy.ref
    _a_negotiation(world)
    requests.answer_case(
        case=world.remedy("answered_remedy"),
        answer=world.say("Vi ser på det"),
        answered_on=world.day(-1),
        version=1,
        by=world.viewer("chair"),
        at=world.at,
    )


def _a_negotiation(world: World) -> None:
    """For two days another agreement held: a negotiation of that time ended in disagreement with a union."""
    here: dict[str, Any] = {"organisation": world.cast.organisation}
    usual = RegimePeriod.objects.get().regime
    RegimePeriod.objects.create(regime="MBL", since=world.day(-22), **here)
    RegimePeriod.objects.create(regime=usual, since=world.day(-20), **here)
    chair: dict[str, Any] = {"by": world.viewer("chair"), "at": world.at}
    early: dict[str, Any] = {"by": world.viewer("chair", world.at - BEFORE), "at": world.at - BEFORE}
    meeting = committees.plan_meeting(
        committee=world.cast.committees["local"], on=world.day(-21), place=world.say("Rådssalen"), **early
    )
    world.refs["negotiation"] = meeting.ref
    _item(world, "negotiated_item", None)
    committees.place_item(item=world.item("negotiated_item"), meeting=meeting, **chair)
    committees.record_outcome(
        item=world.item("negotiated_item"),
        outcomes=[NewOutcome("concluded_disagreed", world.cast.unions["B"])],
        positions=[
            NewPosition("management", "Vi går i gang"),
            NewPosition("staff", "Der mangler tid", world.cast.unions["B"]),
        ],
        **chair,
    )


def _the_questions(world: World) -> None:
    """One model is in the organisation's own words, a second is in work, and a third was only taken up."""
    chair: dict[str, Any] = {"by": world.viewer("chair"), "at": world.at}
    regime = world.item().regime.key
    world.refs |= {f"questions_{phase}": f"{regime}-{phase}" for phase in PHASES}
    for phase in ("idea", "follow_up", "development"):
        model = words.model(world.refs[f"questions_{phase}"])
        wording = wordings.begin_wording(model=_there(model), **chair)
        world.refs[f"wording_{phase}"] = wording.ref
        if phase == "idea":
            continue
        rows = words.questions_of(wording)
        text = Text(world.say("Hvad siger I?"), world.say("Det her"), world.say("Derfor"), (world.say("Et"),))
        for row in rows[:2]:
            wordings.word_question(
                question=row,
                native=text,
                reading=text,
                levels=row.levels,
                before=row.before,
                core_question=True,
                version=1,
                **chair,
            )
        wordings.leave_out_question(question=rows[-1], reason=world.say("Ikke her"), version=1, **chair)
        world.refs |= {"worded": rows[0].ref, "left_out": rows[-1].ref}
        if phase == "follow_up":
            wording.refresh_from_db()
            published = wordings.publish_wording(
                wording=wording, note=world.say("Kortere"), version=wording.version, **chair
            )
            world.refs["version"] = published.ref
        else:
            _the_house_has_a_newer_text(wording)


def _the_house_has_a_newer_text(wording: Wording) -> None:
    newest = wording.house_native
    older, _new = Content.objects.get_or_create(
        kind=newest.kind,
        key=newest.key,
        language=newest.language,
        organisation=None,
        sha256="0" * 64,
        defaults={"body": newest.body, "version": "old", "current": False, "loaded_at": newest.loaded_at},
    )
    Wording.objects.filter(pk=wording.pk).update(house_native=older)


def _a_dossier(world: World) -> None:
    """Ordered by an auditor, who is let in to nothing that is closed, and made."""
    by, at = world.viewer("auditor"), world.at
    ordered = dossiers.order_dossier(initiative=world.initiative(), language="da", by=by, at=at)
    dossiers.make_ordered({"organisation": by.organisation.ref, "initiative": world.refs["initiative"]}, at)
    Job.objects.filter(kind=dossiers.WORK).delete()
    world.refs["dossier"] = ordered.ref


def _the_meeting_cycle(world: World) -> None:
    """A matter with an annex, an agenda that is settled, a meeting that can be moved, a standing topic."""
    local = world.cast.committees["local"]
    chair: dict[str, Any] = {"by": world.viewer("chair"), "at": world.at}
    asker: dict[str, Any] = {"by": world.viewer("management_member"), "at": world.at}
    matter = agenda.request_matter(
        committee=local, title=world.say("Andet punkt"), meeting=world.meeting(), **chair
    )
    file = files.keep("vagtplan.txt", b"Uge 28", asker["by"], world.at)
    annex = agenda.add_annex(item=world.item(), file=file, name=world.say("Vagtplanen"), **asker)
    topic = wheel.add_topic(
        committee=local, title=world.say("Trivsel"), months=[2], about=world.say("Tallene"), **chair
    )
    later = committees.plan_meeting(committee=local, on=world.day(55), **chair)
    settled = committees.plan_meeting(committee=local, on=world.day(34), **chair)
    world.refs |= {"matter": matter.ref, "annex": annex.ref, "topic": topic.ref}
    world.refs |= {"later": later.ref, "settled": settled.ref}
    agenda.request_matter(committee=local, title=world.say("Tredje punkt"), meeting=settled, **chair)
    for who in _signers(world):
        sha256 = settling.agenda_of(world.meeting("settled"), world.day(0)).sha256
        agenda.settle_agenda(
            meeting=world.meeting("settled"), sha256=sha256, by=world.viewer(who), at=world.at
        )


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
