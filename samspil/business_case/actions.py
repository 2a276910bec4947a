"""What people do with a case. Each action: permission, facts, consequences, journal.

What is written has to be a case that can be read; otherwise nothing of it is kept, and the refusal says
what is wrong where.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from samspil.business_case import computing, freezing, history
from samspil.business_case.format import as_format, parts_of, read_format
from samspil.business_case.models import Case, CaseVersion, Edit, Part
from samspil.business_case.parts.facts import in_short
from samspil.business_case.permissions import PERMISSIONS
from samspil.business_case.refusals import Unreadable
from samspil.business_case.words import frame_in_short
from samspil.core.business_case.case import Case as CoreCase
from samspil.core.business_case.problems import Misread, Problem
from samspil.initiative import evidence
from samspil.initiative.models import Initiative, Link
from samspil.initiative.queries import ENDED
from samspil.initiative.things import link_because, new_thing
from samspil.kit.refusal import ChangedMeanwhile, Refused
from samspil.organisation import journal
from samspil.organisation.models import Person
from samspil.organisation.viewer import Viewer

THEY_CHANGED_IT = _("Somebody changed this while you were writing. Both texts are below; nothing is lost.")
LONGEST_NAME = 500
MOST_AT_ONCE = 1_000  # as many lines as a case can have
CURRENCIES = {"DK": "DKK", "SE": "SEK"}


@dataclass(frozen=True)
class Written:
    """What a part is to say: `content` in the published format, without id and people.

    Without `part` it is a new one. `version` is that of the part they had before them.
    """

    kind: str = Part.Kind.LINE
    content: Mapping[str, Any] = field(default_factory=dict)
    owner: Person | None = None
    estimator: Person | None = None
    part: Part | None = None
    version: int = 0


# --- the case and its frame --------------------------------------------------------------------------------


@transaction.atomic
def begin(
    *,
    initiative: Initiative,
    title: str = "",
    frame: Mapping[str, Any] | None = None,
    parts: Sequence[Written] = (),
    because: str = "",
    by: Viewer,
    at: datetime,
) -> Case:
    """Begin the case of an initiative; without a frame in the currency and by the key figures of its country,
    five years from next year."""
    PERMISSIONS.require("begin_case", by, initiative)
    _runs(initiative)
    Initiative.objects.select_for_update().get(pk=initiative.pk)
    if Case.objects.filter(initiative=initiative).exists():
        raise Refused(_("This initiative has a case already. Open it and go on writing there."))
    case = Case.objects.create(
        organisation=by.organisation,
        thing=new_thing(by.organisation, "business_case"),
        initiative=initiative,
        title=_name(title or initiative.title),
        frame={**usual_frame(by), **(frame or {})},
        begun_by=by.person,
        begun_at=at,
    )
    step = history.next_step(case)
    history.write(case, step, None, None, history.of_frame(case), by, at)
    added = [_add(case, one, step, by, at) for one in parts]
    link_because(because, case.thing, Link.Kind.LED_TO, by, at)
    with _named_by_row(added):
        content = _reads(case)
    _afterwards(case, content, step, at)
    facts = {"title": case.title, "parts": len(parts)}
    journal.append("business_case.begun", thing=case.ref, facts=facts, by=by, at=at)
    return case


def usual_frame(by: Viewer) -> dict[str, Any]:
    """What a case counts in where nobody has said otherwise."""
    country = by.organisation.country
    return {
        "currency": CURRENCIES.get(country, "EUR"),
        "country": country,
        "decided_on": by.today.isoformat(),
        "first_year": by.today.year + 1,
        "years": 5,
        "price_year": by.today.year,
    }


@transaction.atomic
def change_frame(
    *,
    case: Case,
    version: int,
    title: str,
    frame: Mapping[str, Any],
    along: bool = False,
    by: Viewer,
    at: datetime,
) -> Case:
    """Change years, prices, discounting and key figures: what everything in the case is computed by.

    `along`: where the case begins in another year, what is written for its years moves along.
    """
    PERMISSIONS.require("change_case", by, case)
    kept = _locked(case)
    before = history.of_frame(kept)
    if kept.version != version:
        raise ChangedMeanwhile(
            THEY_CHANGED_IT,
            frame_in_short(before["content"]),
            frame_in_short({"title": title, **frame}),
        )
    kept.title, kept.frame, kept.version = _name(title), dict(frame), version + 1
    kept.save(update_fields=["title", "frame", "version"])
    step = history.next_step(kept)
    history.write(kept, step, None, before, history.of_frame(kept), by, at)
    if along:
        _move_along(kept, int(frame["first_year"]) - int(before["content"]["first_year"]), step, by, at)
    _remember(kept, step, "frame_changed", {"title": title}, by, at)
    return kept


# --- its parts ---------------------------------------------------------------------------------------------


def add(
    *,
    case: Case,
    kind: str,
    content: Mapping[str, Any],
    owner: Person | None = None,
    estimator: Person | None = None,
    because: str = "",
    by: Viewer,
    at: datetime,
) -> Part:
    """Put a line, a driver or a risk into the case, behind the others. `because`: what led to it."""
    written = Written(kind, content, owner, estimator)
    return save(case=case, written=[written], because=because, by=by, at=at)[0]


def change(
    *,
    part: Part,
    version: int,
    content: Mapping[str, Any],
    owner: Person | None = None,
    estimator: Person | None = None,
    because: str = "",
    by: Viewer,
    at: datetime,
) -> Part:
    """Let a part say something else. `because`: the thing that changed it, for the thread."""
    written = Written(part.kind, content, owner, estimator, part, version)
    return save(case=part.case, written=[written], because=because, by=by, at=at)[0]


@transaction.atomic
def save(
    *,
    case: Case,
    written: Sequence[Written],
    taken_out: Sequence[tuple[Part, int]] = (),
    because: str = "",
    by: Viewer,
    at: datetime,
) -> list[Part]:
    """Save what was written in the table, all of it or nothing. `taken_out`: parts and the versions they had.

    Where somebody else was quicker with one of them, nothing is saved and both texts are shown.
    """
    PERMISSIONS.require("change_case", by, case)
    kept = _locked(case)
    if len(written) > MOST_AT_ONCE:
        raise too_many(len(written))
    _nobody_was_quicker(kept, written, taken_out)
    step = history.next_step(kept)
    parts = [
        _add(kept, one, step, by, at) if one.part is None else _change(kept, one.part, one, step, by, at)
        for one in written
    ]
    gone = [_take_out(kept, part, step, by, at) for part, _version in taken_out]
    for part in [*parts, *gone]:
        link_because(because, part.thing, Link.Kind.CHANGED, by, at)
    facts = {"title": kept.title, "written": len(parts), "taken_out": len(gone)}
    with _named_by_row(parts):
        if parts or gone:
            _remember(kept, step, "changed", facts, by, at)
    return parts


def take_out(*, part: Part, version: int, by: Viewer, at: datetime) -> None:
    """Take a part out of the case. It can be put back, and what was said about it stays."""
    PERMISSIONS.require("change_case", by, part)
    resting = [str(one) for one in parts_of(part.case) if part.ref in one.content.get("drivers", ())]
    if resting:
        raise Refused(
            _("These lines rest on it: %(lines)s. Change them first.") % {"lines": ", ".join(resting)}
        )
    save(case=part.case, written=(), taken_out=[(part, version)], by=by, at=at)


@transaction.atomic
def move(*, part: Part, before: Part | None, by: Viewer, at: datetime) -> None:
    """Let a part stand before another of its kind, or last. That changes no figure."""
    PERMISSIONS.require("change_case", by, part)
    case = _locked(part.case)
    here = [one for one in parts_of(case) if one.kind == part.kind and one.pk != part.pk]
    at_place = next((place for place, one in enumerate(here) if before and one.pk == before.pk), len(here))
    moved = case.parts.get(pk=part.pk)
    step = history.next_step(case)
    for place, one in enumerate([*here[:at_place], moved, *here[at_place:]], start=1):
        if one.place != place:
            was = history.of_part(one)
            one.place = place
            one.save(update_fields=["place"])
            history.write(case, step, one, was, history.of_part(one), by, at)
    facts = {"title": case.title, "part": str(moved)}
    journal.append("business_case.moved", thing=case.ref, facts=facts, by=by, at=at)


@transaction.atomic
def undo(*, case: Case, step: int, by: Viewer, at: datetime) -> Case:
    """Take back what was saved in one step; taking that back again does it anew.

    What others changed in other fields since stays. Where they changed the same field, nothing is undone.
    """
    PERMISSIONS.require("change_case", by, case)
    kept = _locked(case)
    edits = list(Edit.objects.filter(case=kept, step=step).select_related("part__thing").order_by("-number"))
    if not edits or any(edit.part is None and edit.before is None for edit in edits):
        raise Refused(_("There is nothing to undo there."))
    if Edit.objects.filter(undoes__in=edits).exists():
        raise Refused(_("This has been undone already."))
    new = history.next_step(kept)
    for edit in edits:
        _undo(kept, edit, new, by, at)
    _remember(kept, new, "undone", {"title": kept.title, "step": step}, by, at)
    return kept


# --- versions ----------------------------------------------------------------------------------------------


@transaction.atomic
def put_before_committee(*, case: Case, note: str = "", by: Viewer, at: datetime) -> CaseVersion:
    """Keep the case as it is put before the committee: what they talk about does not change under them."""
    PERMISSIONS.require("put_before_committee", by, case)
    kept = _locked(case)
    version = freezing.frozen(kept, CaseVersion.Stage.BEFORE_COMMITTEE, note=note, by=by, at=at)
    facts = freezing.sealed_facts(version)
    journal.append("business_case.put_before_committee", thing=version.ref, facts=facts, by=by, at=at)
    return version


def too_many(rows: int) -> Refused:
    return Refused(
        _("These are %(count)s rows; a case has at most 1,000 lines. Put those of one kind together.")
        % {"count": rows}
    )


# --- beneath -----------------------------------------------------------------------------------------------


def _locked(case: Case) -> Case:
    """The case as it stands now; nobody else writes on it until the transaction is over."""
    kept = Case.objects.select_for_update(of=["self"]).select_related("initiative").get(pk=case.pk)
    _runs(kept.initiative)
    return kept


def _name(title: str) -> str:
    if not title.strip() or len(title) > LONGEST_NAME:
        raise Refused(_("Give the case a name of at most 500 characters."), "title")
    return title.strip()


def _runs(initiative: Initiative) -> None:
    if initiative.phase in ENDED:
        raise Refused(_("This initiative has ended. Its case stays as it is."))


def _nobody_was_quicker(
    case: Case, written: Iterable[Written], taken_out: Iterable[tuple[Part, int]]
) -> None:
    others = list(case.parts.select_related("thing"))
    asked = [
        (one.part, one.version, in_short(Part(kind=one.kind, content=one.content), others))
        for one in written
        if one.part
    ]
    asked += [(part, version, str(_("to be taken out"))) for part, version in taken_out]
    now = {one.pk: one for one in others}
    theirs, yours = [], []
    for part, version, mine in asked:
        here = now.get(part.pk)
        if here is None:
            raise Refused(_("This is not in the case any more. Open the case again."))
        if here.version != version or here.taken_out_at:
            theirs.append(str(_("was taken out")) if here.taken_out_at else in_short(here, others))
            yours.append(mine)
    if theirs:
        raise ChangedMeanwhile(THEY_CHANGED_IT, "\n\n".join(theirs), "\n\n".join(yours))


def _add(case: Case, written: Written, step: int, by: Viewer, at: datetime) -> Part:
    last = case.parts.filter(kind=written.kind).aggregate(last=Max("place"))["last"] or 0
    part = Part.objects.create(
        organisation_id=case.organisation_id,
        thing=new_thing(case.organisation, "case_part"),
        case=case,
        kind=written.kind,
        place=last + 1,
        content=dict(written.content),
        owner=written.owner,
        estimator=written.estimator,
    )
    history.write(case, step, part, None, history.of_part(part), by, at)
    return part


def _change(case: Case, part: Part, written: Written, step: int, by: Viewer, at: datetime) -> Part:
    kept = case.parts.select_related("thing").get(pk=part.pk)
    before = history.of_part(kept)
    kept.content, kept.owner, kept.estimator = dict(written.content), written.owner, written.estimator
    return _kept(kept, before, step, by, at)


def _kept(
    part: Part, before: history.Snapshot, step: int, by: Viewer, at: datetime, undoes: Edit | None = None
) -> Part:
    part.version += 1
    part.save(update_fields=["content", "owner", "estimator", "place", "version"])
    history.write(part.case, step, part, before, history.of_part(part), by, at, undoes)
    return part


def _move_along(case: Case, years: int, step: int, by: Viewer, at: datetime) -> None:
    """What is written for the years of the case is written for later or earlier ones."""
    for part in parts_of(case) if years else []:
        before = history.of_part(part)
        moved = {
            "share_by_year": {
                str(int(year) + years): share for year, share in part.content.get("share_by_year", {}).items()
            },
            "year": part.content["year"] + years if part.content.get("year") else None,
        }
        said = {name: value for name, value in moved.items() if value}
        if said:
            part.content = {**part.content, **said}
            _kept(part, before, step, by, at)


def _take_out(
    case: Case, part: Part, step: int, by: Viewer, at: datetime, undoes: Edit | None = None
) -> Part:
    kept = case.parts.select_related("thing").get(pk=part.pk)
    kept.taken_out_at, kept.version = at, kept.version + 1
    kept.save(update_fields=["taken_out_at", "version"])
    history.write(case, step, kept, history.of_part(kept), None, by, at, undoes)
    return kept


def _undo(case: Case, edit: Edit, step: int, by: Viewer, at: datetime) -> None:
    if edit.part is None:
        _undo_frame(case, edit, step, by, at)
        return
    part = case.parts.select_related("thing").get(pk=edit.part.pk)
    if edit.after is None:
        _put_back(case, part, edit, step, by, at)
    elif edit.before is None:
        _still(edit, None if part.taken_out_at else history.of_part(part))
        _take_out(case, part, step, by, at, edit)
    else:
        now = history.of_part(part)
        said = None if part.taken_out_at else history.taken_back(edit, now)
        if said is None:
            raise _changed_since(edit)
        history.put(part, said)
        _kept(part, now, step, by, at, edit)


def _undo_frame(case: Case, edit: Edit, step: int, by: Viewer, at: datetime) -> None:
    now = history.of_frame(case)
    said = history.taken_back(edit, now)
    if said is None:
        raise _changed_since(edit)
    case.title, case.version = said["content"].pop("title", case.title), case.version + 1
    case.frame = said["content"]
    case.save(update_fields=["title", "frame", "version"])
    history.write(case, step, None, now, history.of_frame(case), by, at, edit)


def _put_back(case: Case, part: Part, edit: Edit, step: int, by: Viewer, at: datetime) -> None:
    if part.taken_out_at is None:
        raise _changed_since(edit)
    history.put(part, edit.before or history.NOTHING)
    part.taken_out_at, part.version = None, part.version + 1
    part.save(update_fields=["content", "owner", "estimator", "place", "taken_out_at", "version"])
    history.write(case, step, part, None, history.of_part(part), by, at, edit)


def _still(edit: Edit, now: history.Snapshot | None) -> None:
    """What was added is taken back only while it says what it said then; where it stands is no matter."""
    then = edit.after or history.NOTHING
    if now is None or {**now, "place": 0} != {**then, "place": 0}:
        raise _changed_since(edit)


def _changed_since(edit: Edit) -> Refused:
    return Refused(
        _("“%(title)s” was changed again since. Undo that first, or change it by hand.")
        % {"title": str(edit.part or edit.case)}
    )


def _reads(case: Case) -> CoreCase | None:
    """Let pass what is a case, or will be one when it has its first line."""
    parts = parts_of(case)
    wrong, content = list(_nameless(parts)), None
    try:
        content = read_format(as_format(case, parts))
    except Misread as fault:
        wrong += [one for one in fault.problems if one.key != "no_lines"]
    if wrong:
        raise Unreadable(wrong, parts)
    return content


def _nameless(parts: Sequence[Part]) -> Iterator[Problem]:
    """The format does without names; people who talk about a line do not."""
    for kind in Part.Kind.values:
        of_kind = [one for one in parts if one.kind == kind]
        for place, one in enumerate(of_kind, start=1):
            if not str(one).strip():
                yield Problem("missing", f"{kind}s[{place}].title")


@contextmanager
def _named_by_row(parts: Sequence[Part]) -> Iterator[None]:
    """What is wrong with a part is told by its place among those that were written: a new one has no other
    name yet."""
    try:
        yield
    except Unreadable as fault:
        fault.rows = {part.ref: place for place, part in enumerate(parts)}
        raise


def _afterwards(case: Case, content: CoreCase | None, step: int, at: datetime) -> None:
    computing.let_go_of_the_old(case, content)
    computing.order(case, str(step), at)
    evidence.refresh([case.initiative], at)


def _remember(case: Case, step: int, verb: str, facts: Mapping[str, Any], by: Viewer, at: datetime) -> None:
    content = _reads(case)
    _afterwards(case, content, step, at)
    journal.append(f"business_case.{verb}", thing=case.ref, facts=facts, by=by, at=at)
