"""What administrators do with a list: bring it, take it over as a whole, or throw it away."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samspil.core import lists, organisation_list
from samspil.core.organisation_list import Plan
from samspil.core.organisation_sheets import KINDS
from samspil.kit.refusal import ChangedMeanwhile, Refused
from samspil.kit.sheets.reader import Table
from samspil.organisation import journal, leaving
from samspil.organisation.lists import facts, waiting, writing
from samspil.organisation.models import Organisation, Person, WaitingList
from samspil.organisation.permissions import PERMISSIONS
from samspil.organisation.viewer import Viewer

KIND = WaitingList.Kind.ORGANISATION
MOST_LEAVERS = 500  # at a time; the list can be taken over again
THEY_CHANGED_IT = _(
    "Something here was changed while you were looking."
    " What the list would do now is shown below; nothing was done."
)

IT_HAS_FAULTS = _("The list has faults. Mend them in the file and bring it again; nothing was changed.")


class ShownAnew(ChangedMeanwhile):
    """What was shown no longer holds; the new preview is looked at first."""

    def __init__(self) -> None:
        super().__init__(THEY_CHANGED_IT, theirs="", yours="")


@dataclass(frozen=True)
class TakenOver:
    """How many rows came, changed and left."""

    new: int
    changed: int
    left: int


def plan_of(tables: Sequence[Table], by: Viewer) -> Plan:
    """What a list would change now."""
    lines = lists.read(tables, KINDS)
    return organisation_list.plan(lines, facts.known(by))


def bring_list(*, files: Sequence[waiting.Brought], by: Viewer, at: datetime) -> WaitingList:
    """Bring a list. It is kept as it is and changes nothing yet."""
    PERMISSIONS.require("bring_list", by)
    waiting.can_be_read(files)  # before the transaction, so that nobody waits for it
    return _bring(files, by, at)


def take_over_list(
    *,
    waiting_list: WaitingList,
    seen: str,
    leavers: Sequence[Person] = (),
    left_on: date | None = None,
    by: Viewer,
    at: datetime,
) -> TakenOver:
    """Do all that the preview showed, or nothing. `seen` is the preview's fingerprint.

    Who is not in the file stays, unless named among the `leavers`.
    """
    PERMISSIONS.require("take_over_list", by, waiting_list)
    tables = waiting.tables(waiting_list)  # before the transaction, so that nobody waits for it
    return _take_over(waiting_list, tables, seen, leavers, left_on or by.today, by, at)


@transaction.atomic
def _bring(files: Sequence[waiting.Brought], by: Viewer, at: datetime) -> WaitingList:
    kept = waiting.keep(KIND, files, by, at)
    said = {"files": ", ".join(waiting.names(kept))}
    journal.append("organisation.list_brought", facts=said, by=by, at=at)
    return kept


@transaction.atomic
def throw_away_list(*, waiting_list: WaitingList, by: Viewer, at: datetime) -> None:
    """A list is not wanted after all. It goes with its files."""
    PERMISSIONS.require("throw_away_list", by, waiting_list)
    waiting.still_there(waiting_list)
    said = {"files": ", ".join(waiting.names(waiting_list))}
    waiting.throw_away(waiting_list)
    journal.append("organisation.list_thrown_away", facts=said, by=by, at=at)


@transaction.atomic
def _take_over(
    waiting_list: WaitingList,
    tables: Sequence[Table],
    seen: str,
    leavers: Sequence[Person],
    left_on: date,
    by: Viewer,
    at: datetime,
) -> TakenOver:
    Organisation.objects.select_for_update().get(pk=by.organisation.pk)  # one list at a time
    waiting.still_there(waiting_list)
    plan = plan_of(tables, by)
    if plan.faults:
        raise Refused(IT_HAS_FAULTS)
    if plan.fingerprint != seen:
        raise ShownAnew
    _are_missing(leavers, plan)
    writing.write(plan, by.organisation)
    for person in leavers:
        leaving.leave(person, left_on, by, at)
    done = TakenOver(
        sum(len(rows) for rows in plan.new.values()),
        sum(len(rows) for rows in plan.changed.values()),
        len(leavers),
    )
    _remember(waiting_list, plan, done, by, at)
    return done


def _are_missing(leavers: Sequence[Person], plan: Plan) -> None:
    missing = {one.number for one in plan.gone[organisation_list.PEOPLE]}
    if not {person.pk for person in leavers} <= missing:
        raise Refused(_("Only people who are not in the file can leave with it. Choose again."), "leavers")
    if len(leavers) > MOST_LEAVERS:
        raise Refused(
            _("Choose at most 500 people at a time; the rest can leave with the next list."), "leavers"
        )


def _remember(waiting_list: WaitingList, plan: Plan, done: TakenOver, by: Viewer, at: datetime) -> None:
    """One row with numbers only, so that nobody who is erased later stands in it."""
    kept = [one.file for one in waiting_list.files.select_related("file").order_by("pk")]
    said = {
        "files": ", ".join(file.name for file in kept),
        "sha256": hashlib.sha256(" ".join(file.blob_id for file in kept).encode()).hexdigest(),
        "new": done.new,
        "changed": done.changed,
        "left": done.left,
        "kinds": {
            kind: [len(plan.new[kind]), len(plan.changed[kind]), plan.unchanged[kind]]
            for kind in organisation_list.ORDER
        },
    }
    waiting.throw_away(waiting_list)
    journal.append("organisation.list_taken_over", facts=said, by=by, at=at)
