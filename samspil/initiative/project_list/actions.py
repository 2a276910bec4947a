"""A list of projects is brought, looked at, and taken over as a whole or thrown away."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext

from samspil.core import lists, project_list
from samspil.core.project_list import Plan, Project
from samspil.initiative import actions, evidence, queries
from samspil.initiative.models import BindingStep, Initiative
from samspil.initiative.permissions import PERMISSIONS
from samspil.initiative.project_list import facts
from samspil.kit.refusal import Refused
from samspil.kit.sheets.reader import Table
from samspil.organisation import journal
from samspil.organisation.lists import waiting
from samspil.organisation.lists.actions import IT_HAS_FAULTS, ShownAnew
from samspil.organisation.models import Organisation, Person, Unit, WaitingList
from samspil.organisation.viewer import Viewer, day_in

KIND = WaitingList.Kind.PROJECTS


@dataclass(frozen=True)
class TakenOver:
    """How many initiatives came and how many changed."""

    new: int
    changed: int


def plan_of(tables: Sequence[Table]) -> Plan:
    """What a list would change now."""
    return project_list.plan(lists.read(tables, [project_list.KIND]), facts.known())


def bring_projects(*, files: Sequence[waiting.Brought], by: Viewer, at: datetime) -> WaitingList:
    """Bring a list of projects. It is kept as it is and changes nothing yet."""
    PERMISSIONS.require("bring_projects", by)
    waiting.can_be_read(files)  # before the transaction, so that nobody waits for it
    return _bring(files, by, at)


@transaction.atomic
def _bring(files: Sequence[waiting.Brought], by: Viewer, at: datetime) -> WaitingList:
    kept = waiting.keep(KIND, files, by, at)
    said = {"files": ", ".join(waiting.names(kept))}
    journal.append("initiative.projects_brought", facts=said, by=by, at=at)
    return kept


def take_over_projects(*, waiting_list: WaitingList, seen: str, by: Viewer, at: datetime) -> TakenOver:
    """Do all that the preview showed, or nothing. `seen` is the preview's fingerprint."""
    PERMISSIONS.require("take_over_projects", by, waiting_list)
    tables = waiting.tables(waiting_list)
    return _take_over(waiting_list, tables, seen, by, at)


@transaction.atomic
def throw_away_projects(*, waiting_list: WaitingList, by: Viewer, at: datetime) -> None:
    """A list is not wanted after all. It goes with its files."""
    PERMISSIONS.require("throw_away_projects", by, waiting_list)
    waiting.still_there(waiting_list)
    said = {"files": ", ".join(waiting.names(waiting_list))}
    waiting.throw_away(waiting_list)
    journal.append("initiative.projects_thrown_away", facts=said, by=by, at=at)


@transaction.atomic
def _take_over(
    waiting_list: WaitingList, tables: Sequence[Table], seen: str, by: Viewer, at: datetime
) -> TakenOver:
    Organisation.objects.select_for_update().get(pk=by.organisation.pk)  # one list at a time
    waiting.still_there(waiting_list)
    plan = plan_of(tables)
    if plan.faults:
        raise Refused(IT_HAS_FAULTS)
    if plan.fingerprint != seen:
        raise ShownAnew
    source = ", ".join(waiting.names(waiting_list))
    touched = _Writer(plan, source, by, at).write()
    waiting.throw_away(waiting_list)
    done = TakenOver(len(plan.new), len(plan.changed))
    said = {
        "files": source,
        "new": done.new,
        "changed": done.changed,
        "phases": {one.ref: one.phase for one in touched if one.phase != Initiative.Phase.IDEA},
    }
    journal.append("initiative.projects_taken_over", facts=said, by=by, at=at)
    return done


class _Writer:
    """Each line through the actions that people use; the boards are asked once, at the end."""

    def __init__(self, plan: Plan, source: str, by: Viewer, at: datetime) -> None:
        self.plan, self.source = plan, source
        self.does: Mapping[str, Any] = {"by": by, "at": at}
        self.by, self.at = by, at
        lines = [*plan.new, *plan.changed]
        people = {one.values.get(name) for one in lines for name in ("owner", "lead")}
        self.people = Person.objects.in_bulk([key for key in people if key])
        self.units = Unit.objects.in_bulk({one.values["unit"] for one in lines if one.values["unit"]})

    def write(self) -> list[Initiative]:
        with evidence.put_off():
            started = [self._start(one) for one in self.plan.new]
            changed = [self._change(one) for one in self.plan.changed]
        evidence.refresh([*started, *changed], self.at)
        return started

    def _start(self, one: Project) -> Initiative:
        values = one.values
        unit = self.units[values["unit"]]
        need = actions.raise_need(
            problem=values.get("need") or values["title"], for_whom=unit.name, if_nothing="", **self.does
        )
        owner = self.people[values["owner"]]
        lead = self.people[values["lead"]] if values.get("lead") else owner
        found = actions.start_initiative(
            needs=[need], units=[unit], owner=owner, lead=lead, title=values["title"], **self.does
        )
        found.phase, found.key = values["phase"], values.get("key") or ""
        found.save(update_fields=["phase", "key"])
        self._money(found, values)
        self._decide_next(found, values)
        return found

    def _change(self, one: Project) -> Initiative:
        found = Initiative.objects.select_related("thing", "owner", "lead", "process").get(pk=one.number or 0)
        named = {change.column for change in one.changes}
        if named & {"title", "owner", "lead"}:
            found = self._say_anew(found, one.values)
        if "key" in named:
            found.key = one.values["key"]
            found.save(update_fields=["key"])
        if named & set(project_list.MONEY):
            self._money(found, one.values)
        if "next_decision" in named:
            self._decide_next(found, one.values)
        return found

    def _say_anew(self, found: Initiative, values: Mapping[str, Any]) -> Initiative:
        owner, lead = values.get("owner"), values.get("lead")
        return actions.change_initiative(
            initiative=found,
            version=found.version,
            title=values["title"],
            owner=self.people[owner] if owner else found.owner,
            lead=self.people[lead] if lead else found.lead,
            decision_level=found.decision_level,
            ai_involved=found.ai_involved,
            case_number=found.case_number,
            units=list(found.units.all()),
            groups=list(found.groups.all()),
            **self.does,
        )

    def _money(self, found: Initiative, values: Mapping[str, Any]) -> None:
        """A new row beside the earlier ones: what was given stays as it was given."""
        if values.get("amount") is None:
            return
        actions.give_money(
            initiative=found,
            amount=values["amount"],
            currency=values["currency"],
            price_year=values.get("price_year"),
            source=self.source[:300],
            **self.does,
        )

    def _decide_next(self, found: Initiative, values: Mapping[str, Any]) -> None:
        on = values.get("next_decision")
        if on is None:
            return
        kind = BindingStep.Kind.DECISION
        step = BindingStep.objects.filter(initiative=found, phase=found.phase, kind=kind).first()
        if step is None:
            actions.plan_step(initiative=found, kind=kind, on=on, **self.does)
            return
        newest = queries.newest_date(step)
        taken = bool(newest and newest.taken)
        actions.correct_step(step=step, on=on, taken=taken, reason=self._reason(), **self.does)

    def _reason(self) -> str:
        organisation = self.by.organisation
        with translation.override(organisation.language):
            on = date_format(day_in(organisation, self.at))
            return (gettext("From the list %(files)s, %(on)s") % {"files": self.source, "on": on})[:300]
