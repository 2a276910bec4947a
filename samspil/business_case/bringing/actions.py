"""What people do with a spreadsheet: bring it, say what its columns mean, take it over, throw it away."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samspil.business_case import actions, queries
from samspil.business_case.actions import Written
from samspil.business_case.bringing import waiting
from samspil.business_case.bringing.models import BroughtFile
from samspil.business_case.bringing.plan import KINDS, ORDER, Coming, Plan, plan_of
from samspil.business_case.models import Case
from samspil.business_case.permissions import PERMISSIONS
from samspil.core.business_case.brought.mapping import SheetMapping, guessed
from samspil.kit.refusal import Refused
from samspil.kit.sheets.reader import read
from samspil.organisation import files, journal
from samspil.organisation.lists.actions import ShownAnew
from samspil.organisation.viewer import Viewer

ENDINGS = ("xlsx", "csv")
IT_HAS_FAULTS = _("The file has faults. Mend them in the file and bring it again; nothing was changed.")


@dataclass(frozen=True)
class TakenOver:
    """How many parts came and how many say something else."""

    new: int
    changed: int


def bring(*, case: Case, name: str, data: bytes, by: Viewer, at: datetime) -> BroughtFile:
    """Bring a spreadsheet. It is kept with a guess at what its columns mean, and changes nothing yet."""
    PERMISSIONS.require("change_case", by, case)
    tables = read(name, data)  # before the transaction, so that nobody waits for it
    if not any(one.use for one in guessed(tables)):
        raise Refused(
            _(
                "No sheet has headings that can be understood. Use the template, or give the columns"
                " headings."
            ),
            "files",
        )
    return _bring(case, name, data, guessed(tables), by, at)


@transaction.atomic
def _bring(
    case: Case, name: str, data: bytes, mappings: Sequence[SheetMapping], by: Viewer, at: datetime
) -> BroughtFile:
    brought = BroughtFile.objects.create(
        organisation=by.organisation,
        case=case,
        file=files.keep(name, data, by, at, ENDINGS),
        mappings=[one.as_data() for one in mappings],
        brought_by=by.person,
        brought_at=at,
    )
    facts = {"title": case.title, "file": name}
    journal.append("business_case.file_brought", thing=case.ref, facts=facts, by=by, at=at)
    return brought


@transaction.atomic
def settle(*, brought: BroughtFile, mappings: Sequence[SheetMapping], by: Viewer, at: datetime) -> None:
    """Say what each sheet and column means. Nothing is read into the case yet."""
    PERMISSIONS.require("change_case", by, brought)
    waiting.still_there(brought)
    brought.mappings = [one.as_data() for one in mappings]
    brought.save(update_fields=["mappings"])
    facts = {"title": brought.case.title, "file": brought.file.name}
    journal.append("business_case.columns_settled", thing=brought.case.ref, facts=facts, by=by, at=at)


@transaction.atomic
def take_over(*, brought: BroughtFile, seen: str, by: Viewer, at: datetime) -> TakenOver:
    """Do all that the preview showed, or nothing. `seen` is the preview's fingerprint."""
    PERMISSIONS.require("change_case", by, brought)
    waiting.still_there(brought)
    locked = Case.objects.select_for_update(of=["self"]).select_related(*queries.CASES)
    brought.case = locked.get(pk=brought.case.pk)  # as it stands now, not as it was when the page was opened
    plan = plan_of(brought)
    if plan.faults:
        raise Refused(IT_HAS_FAULTS)
    if plan.fingerprint != seen:
        raise ShownAnew
    _write(brought.case, plan, by, at)
    done = TakenOver(len(plan.new), len(plan.changed))
    facts = {"title": brought.case.title, "file": brought.file.name, "new": done.new, "changed": done.changed}
    waiting.throw_away(brought)
    journal.append("business_case.file_taken_over", thing=brought.case.ref, facts=facts, by=by, at=at)
    return done


@transaction.atomic
def throw_away(*, brought: BroughtFile, by: Viewer, at: datetime) -> None:
    """A file is not wanted after all."""
    PERMISSIONS.require("change_case", by, brought)
    waiting.still_there(brought)
    facts = {"title": brought.case.title, "file": brought.file.name}
    thing = brought.case.ref
    waiting.throw_away(brought)
    journal.append("business_case.file_thrown_away", thing=thing, facts=facts, by=by, at=at)


def _write(case: Case, plan: Plan, by: Viewer, at: datetime) -> None:
    """Drivers first, then lines, then risks: each names only what is there by then."""
    refs: dict[str, str] = {}
    for use in ORDER:
        coming = [one for one in plan.coming if one.use == use]
        if coming:
            saved = actions.save(case=case, written=[_written(one, refs) for one in coming], by=by, at=at)
            refs |= {one.handle: part.ref for one, part in zip(coming, saved, strict=True)}


def _written(one: Coming, refs: Mapping[str, str]) -> Written:
    content: dict[str, Any] = dict(one.content)
    for column in ("drivers", "lines"):
        if column in content:
            content[column] = [refs.get(handle, handle) for handle in content[column]]
    return Written(
        kind=KINDS[one.use],
        content=content,
        owner=one.owner,
        estimator=one.estimator,
        part=one.row,
        version=one.row.version if one.row else 0,
    )
