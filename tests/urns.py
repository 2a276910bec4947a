"""A secret round as tests need it: its three holders with their own devices, and people who answer.

A device does in Python what `urn-holder.js` does in the browser: it keeps its secret to itself, opens boxes
and shows that its key is the right one.
"""

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest

from samspil.core.urn import keys
from samspil.core.urn.form import Ballot, Question
from samspil.core.urn.sealing import open_box
from samspil.initiative.models import Initiative
from samspil.kit import house
from samspil.kit.room import RoundKind
from samspil.organisation.models import Person
from samspil.organisation.viewer import Viewer, day_in
from samspil.participation import actions as rounds
from samspil.participation.entering import Entrance
from samspil.participation.models import Elector, Round
from samspil.participation.urn import actions, casting, closing, proof, queries
from samspil.participation.urn.actions import HandedIn
from samspil.participation.urn.models import Urn
from tests.cast import Cast

KIND = "statements"
QUESTIONS = tuple(
    Question(f"q{number}", text, "da")
    for number, text in enumerate(
        ("Vagtplanen passer", "Telefonen er nok", "Vi bliver hørt", "Aftenerne er for lange"), start=1
    )
)
HOLDERS = ("steward", "vice_chair", "secretary")
PAGE = "participation:urn"
ASKS = RoundKind("Statements", "p:ballot", PAGE, PAGE, lambda _round: "", asks=lambda _round: QUESTIONS)


@dataclass
class Device:
    """One holder's phone."""

    secret: bytes = field(default_factory=lambda: secrets.token_bytes(keys.SECRET_SIZE))

    @property
    def public_key(self) -> str:
        return keys.public_of(self.secret).hex()

    def opens(self, urn: Urn, by: Viewer) -> HandedIn:
        """Open what the page asks its holder to open."""
        holder = queries.holder_of(urn, by)
        assert holder
        box, ticket = proof.challenge(holder)
        turn = queries.turn(urn, holder)
        boxes = [open_box(one, self.secret) or b"" for one in (turn.boxes if turn else ())]
        return HandedIn(boxes, ticket, open_box(box, self.secret) or b"")


@dataclass
class SecretRound:
    """A secret round of one cast, and whose device is whose."""

    cast: Cast
    round: Round
    at: datetime
    organiser: str = "digital_lead"
    devices: dict[str, Device] = field(default_factory=lambda: {who: Device() for who in HOLDERS})

    @property
    def urn(self) -> Urn:
        found = queries.urn_of(Round.objects.select_related("organisation").get(pk=self.round.pk))
        assert found
        return found

    def by(self, who: str) -> dict[str, Any]:
        return {"by": self.cast.viewer(who, self.at), "at": self.at}

    def make_keys(self, *who: str) -> None:
        for one in who or HOLDERS:
            actions.make_key(urn=self.urn, public_key=self.devices[one].public_key, **self.by(one))

    def hand_in(self, action: Callable[..., Any], who: str, device: Device | None = None) -> Any:
        does = self.by(who)
        handed_in = (device or self.devices[who]).opens(self.urn, does["by"])
        return action(urn=self.urn, handed_in=handed_in, **does)

    def drill(self, first: str = "steward", second: str = "secretary") -> Any:
        self.hand_in(actions.drill, first)
        return self.hand_in(actions.drill, second)

    def open(self) -> None:
        rounds.open_round(round_=self.round, **self.by(self.organiser))

    def ready(self) -> "SecretRound":
        """Keys made, tried, and the round open."""
        self.make_keys()
        self.drill()
        self.open()
        return self

    def entrance(self, elector: Elector) -> Entrance:
        return Entrance(
            self.round, f"elector {elector.ref}", "roster", elector=elector, person=elector.person
        )

    @property
    def electors(self) -> list[Elector]:
        return list(Elector.objects.filter(round=self.round).select_related("person").order_by("pk"))

    def cast_ballot(self, elector: Elector, ballot: Ballot) -> str:
        return casting.cast(self.entrance(elector), casting.seal(ballot, self.urn))

    def close(self) -> None:
        rounds.close_round(round_=self.round, **self.by(self.organiser))
        closing.carry_on(self.round, self.at)

    def open_urn(self, first: str = "vice_chair", second: str = "secretary") -> Any:
        self.hand_in(actions.open_urn, first)
        return self.hand_in(actions.open_urn, second)


def ballot_of(*values: int, text: str = "", attributes: Mapping[str, int] | None = None) -> Ballot:
    """Answers to the first statements, in a drawn order."""
    keys_ = [one.key for one in QUESTIONS]
    return Ballot(dict(zip(keys_, values, strict=False)), tuple(reversed(keys_)), attributes or {}, text)


def asks_statements(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a room of the house ask the four statements of these tests."""
    kinds = house.round_kinds()
    monkeypatch.setattr(house, "round_kinds", lambda: {**kinds, KIND: ASKS, "opinions": ASKS})


def staff_of(cast: Cast) -> list[Person]:
    return [cast.people["steward"], cast.people["vice_chair"]]


def plan_of(cast: Cast, **more: Any) -> actions.Plan:
    return actions.Plan(
        committee=cast.committees["local"],
        staff=more.pop("staff", staff_of(cast)),
        secretary=more.pop("secretary", cast.people["secretary"]),
        **more,
    )


def planned(
    cast: Cast, at: datetime, people: int = 0, initiative: Initiative | None = None, **urn: Any
) -> SecretRound:
    """A secret round that asks everybody of the organisation, and so many more; its holders are chosen."""
    Person.objects.bulk_create(
        Person(
            organisation=cast.organisation,
            given_name=f"Person {number}",
            unit=cast.units["workplace"],
            ref=f"person{number:06}",
            subject=f"person{number:06}",
        )
        for number in range(people)
    )
    organiser = "lead" if initiative else "digital_lead"
    does: dict[str, Any] = {"by": cast.viewer(organiser, at), "at": at}
    round_ = rounds.plan_round(plan=round_plan(cast, at), initiative=initiative, **does)
    actions.set_up_urn(round_=round_, plan=plan_of(cast, **urn), **does)
    return SecretRound(cast, round_, at, organiser)


def round_plan(cast: Cast, at: datetime) -> rounds.Plan:
    today = day_in(cast.organisation, at)
    return rounds.Plan(
        title="Vagtplanen",
        purpose="Vi vil vide, hvad planen gør ved aftenerne.",
        opens_on=today,
        closes_on=today + timedelta(days=14),
        language="da",
        level=Round.Level.SECRET,
        legal_basis="Kommunens adgang til at høre sine ansatte",
        disposal="Gallringsbeslut 2026:1",
        units=[cast.units["whole"]],
    )


def answered(round_: SecretRound, ballots: Sequence[Ballot]) -> list[str]:
    """Each of the first electors casts one ballot."""
    pairs = zip(round_.electors, ballots, strict=False)
    return [round_.cast_ballot(elector, ballot) for elector, ballot in pairs]
