"""What people do with rounds, whatever is asked in them: permission, facts, consequences, journal."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.functional import Promise

from samspil.core.round_promise import FLOOR_BREAKDOWN, FLOOR_TOTAL
from samspil.initiative.models import Initiative
from samspil.initiative.things import new_thing
from samspil.kit import house
from samspil.kit.refusal import Refused
from samspil.organisation import journal
from samspil.organisation.models import AudienceGroup, Committee, Unit
from samspil.organisation.viewer import Viewer
from samspil.participation import pseudonyms, queries
from samspil.participation.codes import code_of_link, hashed
from samspil.participation.consultation.actions import look
from samspil.participation.models import AskedGroup, Elector, Participant, Round
from samspil.participation.permissions import PERMISSIONS
from samspil.participation.promising import why_not_open
from samspil.participation.urn import closing, gate
from samspil.participation.words import (
    CLOSE_IT_FIRST,
    NOT_OPEN,
    NOT_PLANNED_ANY_MORE,
    TWO_CHANGED_IT,
)


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
    if initiative:
        PERMISSIONS.require("plan_round", by, initiative)
    else:
        PERMISSIONS.require("plan_own_round", by)
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
    _ask(round_, plan)
    journal.append("participation.round_changed", thing=round_.ref, facts={"title": plan.title}, by=by, at=at)
    return round_


@transaction.atomic
def open_round(*, round_: Round, by: Viewer, at: datetime) -> Round:
    """Freeze the roster and the promise, and let people in. A promise that cannot hold is not made."""
    PERMISSIONS.require("open_round", by, round_)
    round_ = _locked(round_, Round.State.PLANNED, NOT_PLANNED_ANY_MORE)
    for sentence in why_not_open(round_, by.today):
        raise Refused(sentence)
    _write_roster(round_, by.today)
    if round_.level == Round.Level.SECRET:
        gate.open_urn_of(round_)
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
    apart = look(round_)
    pseudonyms.destroy_key(round_)
    if round_.level == Round.Level.SECRET:
        closing.begin(round_, at)
    round_.state, round_.closed_at = Round.State.CLOSED, at
    round_.save(update_fields=["state", "closed_at"])
    asked = house.round_kinds().get(round_.kind)
    if asked and asked.closes:
        asked.closes(round_)
    Participant.objects.filter(round=round_).exclude(arrived_with="").update(arrived_with="")
    facts = {"set_apart": apart}
    journal.append("participation.round_closed", thing=round_.ref, facts=facts, by=by, at=at)
    return round_


@transaction.atomic
def tell_what_came_of_it(*, round_: Round, text: str, version: int, by: Viewer, at: datetime) -> Round:
    """Answer those who answered: it stands on the page of the closed round and behind every receipt."""
    PERMISSIONS.require("tell_what_came_of_it", by, round_)
    round_ = _locked(round_, Round.State.CLOSED, CLOSE_IT_FIRST)
    if round_.version != version:
        raise Refused(TWO_CHANGED_IT, field="version")
    round_.came_of_it, round_.told_on = text, by.today
    round_.version += 1
    round_.save(update_fields=["came_of_it", "told_on", "version"])
    facts = {"title": round_.title}
    journal.append("participation.what_came_of_it_told", thing=round_.ref, facts=facts, by=by, at=at)
    return round_


def _locked(round_: Round, state: str, sentence: str | Promise) -> Round:
    found = Round.objects.select_for_update().get(pk=round_.pk)
    if found.state != state:
        raise Refused(sentence)
    return found


def _ask(round_: Round, plan: Plan) -> None:
    """Ask whom the plan names. Whoever is no longer asked loses the codes that were made for them."""
    wanted: list[dict[str, Any]] = [
        *({"group": one} for one in plan.groups),
        *({"unit": one} for one in plan.units),
        *({"committee": one} for one in plan.committees),
    ]
    here = {"organisation": round_.organisation}
    standing = [AskedGroup.objects.get_or_create(round=round_, **one, defaults=here)[0].pk for one in wanted]
    gone = AskedGroup.objects.filter(round=round_).exclude(pk__in=standing)
    Elector.objects.filter(asked__in=gone).delete()
    gone.delete()


def _write_roster(round_: Round, on: date) -> None:
    """Everybody here who is asked, once; whoever belongs to two groups stands with the first.

    Each gets a personal link, except in secret rounds: a code in a mail would lead from a name to a ballot.
    """
    linked = round_.level != Round.Level.SECRET
    standing = set(
        Elector.objects.filter(round=round_, person__isnull=False).values_list("person", flat=True)
    )
    for asked in AskedGroup.objects.filter(round=round_).order_by("pk"):
        people = [one for one in queries.persons_asked(asked, on).order_by("pk") if one.pk not in standing]
        rows = [
            Elector(organisation=round_.organisation, round=round_, asked=asked, person=one) for one in people
        ]
        for row in rows if linked else ():
            row.code_sha256 = hashed(code_of_link(round_.code, row.ref))
        Elector.objects.bulk_create(rows)
        standing.update(one.pk for one in people)
