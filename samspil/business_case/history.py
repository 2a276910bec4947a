"""What changed in a case, as rows that are only added; whatever is undone is read from here.

A part is compared field by field, so undoing one's own change leaves alone what others did beside it.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Max

from samspil.business_case.models import Case, Edit, Part
from samspil.organisation.models import Person
from samspil.organisation.viewer import Viewer

Snapshot = dict[str, Any]
CONTENT = "content."
NOTHING: Snapshot = {"content": {}}


def of_part(part: Part) -> Snapshot:
    """What a part says, as it is kept in the history."""
    return {
        "content": part.content,
        "owner": part.owner_id,
        "estimator": part.estimator_id,
        "place": part.place,
    }


def of_frame(case: Case) -> Snapshot:
    return {"content": {"title": case.title, **case.frame}}


def next_step(case: Case) -> int:
    return int(Edit.objects.filter(case=case).aggregate(last=Max("step"))["last"] or 0) + 1


def write(
    case: Case,
    step: int,
    part: Part | None,
    before: Snapshot | None,
    after: Snapshot | None,
    by: Viewer,
    at: datetime,
    undoes: Edit | None = None,
) -> Edit:
    """Add one row behind the others. The case is locked by whoever writes."""
    last = Edit.objects.filter(case=case).aggregate(last=Max("number"))["last"] or 0
    return Edit.objects.create(
        organisation_id=case.organisation_id,
        case=case,
        number=last + 1,
        step=step,
        part=part,
        before=before,
        after=after,
        undoes=undoes,
        by=by.person,
        at=at,
    )


def fields_of(snapshot: Mapping[str, Any]) -> Snapshot:
    """A snapshot as one flat table: each field of the content by itself."""
    content = {CONTENT + name: value for name, value in snapshot["content"].items()}
    return content | {name: value for name, value in snapshot.items() if name != "content"}


def changed_fields(edit: Edit) -> set[str]:
    """Which fields a change of something that stayed in the case touched."""
    before, after = fields_of(edit.before or NOTHING), fields_of(edit.after or NOTHING)
    return {name for name in before | after if before.get(name) != after.get(name)}


def taken_back(edit: Edit, now: Snapshot) -> Snapshot | None:
    """What a part said before the edit, with everything since that it did not touch; None where one of its
    fields was changed again."""
    before, after = fields_of(edit.before or NOTHING), fields_of(edit.after or NOTHING)
    here = fields_of(now)
    touched = changed_fields(edit)
    if any(here.get(name) != after.get(name) for name in touched):
        return None
    kept = {name: value for name, value in here.items() if name not in touched}
    return _nested(kept | {name: before[name] for name in touched if name in before})


def put(part: Part, snapshot: Snapshot) -> None:
    """Let a part say what the snapshot says. Somebody who is no longer known is left out."""
    part.content, part.place = snapshot["content"], snapshot.get("place", part.place)
    part.owner, part.estimator = (_person(snapshot.get(name)) for name in ("owner", "estimator"))


def _nested(fields: Mapping[str, Any]) -> Snapshot:
    content = {
        name.removeprefix(CONTENT): value for name, value in fields.items() if name.startswith(CONTENT)
    }
    rest = {name: value for name, value in fields.items() if not name.startswith(CONTENT)}
    return {"content": content, **rest}


def _person(pk: int | None) -> Person | None:
    return Person.objects.filter(pk=pk).first() if pk else None
