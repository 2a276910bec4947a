"""What people do with rounds, whatever is asked in them: permission, facts, consequences, journal."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.utils.functional import Promise

from samspil.core import round_promise
from samspil.core.round_promise import FLOOR_BREAKDOWN, FLOOR_TOTAL, what_cannot_hold
from samspil.initiative.models import Initiative
from samspil.initiative.things import new_thing
from samspil.kit.refusal import Refused
from samspil.organisation import journal
from samspil.organisation.models import AudienceGroup, Committee, Unit
from samspil.organisation.viewer import Viewer
from samspil.participation import pseudonyms, queries
from samspil.participation.models import AskedGroup, Elector, Round
from samspil.participation.permissions import PERMISSIONS
from samspil.participation.words import CANNOT_HOLD, NOT_OPEN, NOT_PLANNED_ANY_MORE, TWO_CHANGED_IT

LAWS_ON_DISPOSAL = ("SE",)  # countries where a decision on gallring is named before opening


@dataclass(frozen=True)
class Plan:
    """What somebody has decided about a round before it opens."""

    title: str
    purpose: str
    opens_on: date
    closes_on: date
    language: str
    level: str = Round.Level.CONFIDENTIAL
    influence: str = Round.Influence.CONSULTED
    legal_basis: str = ""
    disposal: str = ""
    smallest_total: int = FLOOR_TOTAL
    smallest_breakdown: int = FLOOR_BREAKDOWN
    by_link: bool = False
    groups: Sequence[AudienceGroup] = field(default=())
    units: Sequence[Unit] = field(default=())
    committees: Sequence[Committee] = field(default=())

    @property
    def facts(self) -> dict[str, object]:
        """The fields of `Round` that the plan fills."""
        asked = {"groups", "units", "committees"}
        return {name: value for name, value in vars(self).items() if name not in asked}


@transaction.atomic
def plan_round(*, plan: Plan, initiative: Initiative | None = None, by: Viewer, at: datetime) -> Round:
    """Plan to ask people; nobody is asked before the round opens."""
    PERMISSIONS.require("plan_round", by, initiative)
    round_ = Round.objects.create(
        organisation=by.organisation,
        thing=new_thing(by.organisation, "round"),
        initiative=initiative,
        planned_by=by.person,
        planned_at=at,
        **plan.facts,
    )
    _ask(round_, plan)
    journal.append("participation.round_planned", thing=round_.ref, facts={"title": plan.title}, by=by, at=at)
    return round_


@transaction.atomic
def change_round(*, round_: Round, plan: Plan, version: int, by: Viewer, at: datetime) -> Round:
    """Change a plan; once the round is open its promise stands."""
    PERMISSIONS.require("change_round", by, round_)
    round_ = _locked(round_, Round.State.PLANNED, NOT_PLANNED_ANY_MORE)
    if round_.version != version:
        raise Refused(TWO_CHANGED_IT, field="version")
    for name, value in plan.facts.items():
        setattr(round_, name, value)
    round_.version += 1
    round_.save()
    AskedGroup.objects.filter(round=round_).delete()
    _ask(round_, plan)
    journal.append("participation.round_changed", thing=round_.ref, facts={"title": plan.title}, by=by, at=at)
    return round_


@transaction.atomic
def open_round(*, round_: Round, by: Viewer, at: datetime) -> Round:
    """Freeze the roster and the promise, and let people in. A promise that cannot hold is not made."""
    PERMISSIONS.require("open_round", by, round_)
    round_ = _locked(round_, Round.State.PLANNED, NOT_PLANNED_ANY_MORE)
    _write_roster(round_, by.today)
    for reason in what_cannot_hold(_promise(round_, by.today)):
        raise Refused(CANNOT_HOLD[reason])
    if round_.level == Round.Level.CONFIDENTIAL:
        pseudonyms.make_key(round_)
    refs = sorted(Elector.objects.filter(round=round_).values_list("ref", flat=True))
    round_.roster_sha256 = hashlib.sha256("\n".join(refs).encode()).hexdigest()
    round_.roster_size = len(refs)
    round_.state, round_.opened_at = Round.State.OPEN, at
    round_.save()
    facts = {"electors": len(refs), "roster": round_.roster_sha256, "level": round_.level}
    journal.append("participation.round_opened", thing=round_.ref, facts=facts, by=by, at=at)
    return round_


@transaction.atomic
def close_round(*, round_: Round, by: Viewer, at: datetime) -> Round:
    """Take no more answers. The way from names to pseudonyms is destroyed."""
    PERMISSIONS.require("close_round", by, round_)
    round_ = _locked(round_, Round.State.OPEN, NOT_OPEN)
    pseudonyms.destroy_key(round_)
    round_.state, round_.closed_at = Round.State.CLOSED, at
    round_.save(update_fields=["state", "closed_at"])
    journal.append("participation.round_closed", thing=round_.ref, by=by, at=at)
    return round_


def _locked(round_: Round, state: str, sentence: str | Promise) -> Round:
    found = Round.objects.select_for_update().get(pk=round_.pk)
    if found.state != state:
        raise Refused(sentence)
    return found


def _ask(round_: Round, plan: Plan) -> None:
    rows = [
        *(AskedGroup(round=round_, group=one) for one in plan.groups),
        *(AskedGroup(round=round_, unit=one) for one in plan.units),
        *(AskedGroup(round=round_, committee=one) for one in plan.committees),
    ]
    for row in rows:
        row.organisation = round_.organisation
    AskedGroup.objects.bulk_create(rows)


def _write_roster(round_: Round, on: date) -> None:
    """Everybody here who is asked, once; whoever belongs to two groups stands with the first."""
    standing = set(
        Elector.objects.filter(round=round_, person__isnull=False).values_list("person", flat=True)
    )
    for asked in AskedGroup.objects.filter(round=round_).order_by("pk"):
        people = [one for one in queries.persons_asked(asked, on).order_by("pk") if one.pk not in standing]
        Elector.objects.bulk_create(
            [
                Elector(organisation=round_.organisation, round=round_, asked=asked, person=one)
                for one in people
            ]
        )
        standing.update(one.pk for one in people)


def _promise(round_: Round, today: date) -> round_promise.Promise:
    return round_promise.Promise(
        level=round_.level,
        by_link=round_.by_link,
        electors=queries.electors_by_group(round_),
        smallest_total=round_.smallest_total,
        smallest_breakdown=round_.smallest_breakdown,
        opens_on=round_.opens_on,
        closes_on=round_.closes_on,
        today=today,
        legal_basis=round_.legal_basis,
        disposal=round_.disposal,
        needs_disposal=round_.organisation.country in LAWS_ON_DISPOSAL,
    )
