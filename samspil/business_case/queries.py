"""What can be read of cases."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from samspil.business_case.models import Case, CaseVersion, Computed, Edit, Part
from samspil.initiative.models import Initiative
from samspil.organisation.models import Person

CASES = ("thing", "organisation", "initiative__thing", "initiative__owner", "initiative__lead")


def case(ref: str) -> Case | None:
    return Case.objects.filter(thing__ref=ref).select_related(*CASES).first()


def part(ref: str) -> Part | None:
    """A part, also one that was taken out: what was said about it stays."""
    beside = ("thing", "owner__unit", "estimator__unit")
    rows = Part.objects.select_related(*beside, *(f"case__{one}" for one in CASES))
    return rows.filter(thing__ref=ref).first()


def version(ref: str) -> CaseVersion | None:
    rows = CaseVersion.objects.filter(thing__ref=ref)
    return rows.select_related(
        "thing", "decision__thing", "frozen_by", *(f"case__{one}" for one in CASES)
    ).first()


def case_of(initiative: Initiative) -> Case | None:
    return Case.objects.filter(initiative=initiative).select_related(*CASES).first()


def versions_of(case: Case) -> list[CaseVersion]:
    """The newest first; what they say and come to stays in the database."""
    rows = case.versions.select_related("thing", "frozen_by").order_by("-number")
    return list(rows.defer("content", "result"))


@dataclass(frozen=True)
class Step:
    """What somebody saved at one time."""

    number: int
    edits: Sequence[Edit]
    undone: bool

    @property
    def first(self) -> Edit:
        return self.edits[0]

    @property
    def undoes(self) -> bool:
        return self.first.undoes_id is not None

    @property
    def begins(self) -> bool:
        return self.first.part_id is None and self.first.before is None


def step_numbers(case: Case) -> list[int]:
    """The numbers of what was saved, the newest first."""
    return list(Edit.objects.filter(case=case).order_by("-step").values_list("step", flat=True).distinct())


def steps_of(case: Case, numbers: Sequence[int]) -> list[Step]:
    """What was saved under these numbers, the newest first."""
    edits = Edit.objects.filter(case=case)
    undone = set(edits.filter(undoes__step__in=numbers).values_list("undoes__step", flat=True))
    rows = edits.filter(step__in=numbers).select_related("part__thing", "by").order_by("-step", "number")
    by_step: dict[int, list[Edit]] = {}
    for row in rows:
        by_step.setdefault(row.step, []).append(row)
    return [Step(number, edits, number in undone) for number, edits in by_step.items()]


def last_own_step(case: Case, person: Person | None) -> int | None:
    """What “undo” takes back: the newest step of this person that is neither undone nor itself an undoing."""
    own = Edit.objects.filter(case=case, by=person, undoes=None).exclude(part=None, before=None)
    undone = Edit.objects.filter(case=case).exclude(undoes=None).values("undoes__step")
    begun = Edit.objects.filter(case=case, part=None, before=None).values("step")
    newest = own.exclude(step__in=undone).exclude(step__in=begun).order_by("-step").first()
    return newest.step if newest else None


def computed_of(initiatives: Iterable[Initiative]) -> dict[int, tuple[Case, Computed | None, list[Part]]]:
    """For many initiatives at once: the case, what it came to, and its parts."""
    rows = Case.objects.filter(initiative__in=list(initiatives)).select_related("thing", "computed")
    found: dict[int, tuple[Case, Computed | None, list[Part]]] = {}
    for one in rows.prefetch_related("parts"):
        parts = [part for part in one.parts.all() if part.taken_out_at is None]
        found[one.initiative_id] = (one, getattr(one, "computed", None), parts)
    return found


def shown_result(version: CaseVersion) -> dict[str, Any] | None:
    """What a frozen case comes to, also while the worker has yet to put it beside it."""
    if version.result is not None:
        return dict(version.result)
    living = Computed.objects.filter(case=version.case, input_sha256=version.input_sha256).first()
    return dict(living.result) if living else None
