"""What can be read of what those affected said."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from samspil.business_case.contest.figures import figures_of, sentence_of
from samspil.business_case.contest.models import Answer, Assumption, Remark
from samspil.business_case.models import Part
from samspil.business_case.queries import CASES
from samspil.initiative.models import Initiative
from samspil.organisation.models import Person

WHOLE_PART = ("thing", "owner__unit", "estimator__unit", *(f"case__{one}" for one in CASES))
WHOLE_REMARK = (
    "thing",
    "organisation",
    "said_by",
    "owed_by",
    "answer__thing",
    "answer__answered_by",
    *(f"part__{name}" for name in WHOLE_PART),
)


@dataclass(frozen=True)
class Contestable:
    """A figure that can be contested: in words, who said what of it, and what still waits for an answer.

    Only what was said of the figure as it stands now is counted, and of each person what they said last;
    whoever is no longer known counts by themselves.
    """

    part: Part
    figure: str
    sentence: str
    wording: Assumption | None
    remarks: tuple[Remark, ...]

    @property
    def outdated(self) -> bool:
        """Whether the figure is another one than was put into words."""
        return self.wording is not None and self.wording.stood != self.part.content[self.figure]

    @property
    def agree(self) -> int:
        return sum(one.stance == Remark.Stance.AGREES for one in self._newest())

    @property
    def disagree(self) -> int:
        against = (Remark.Stance.DISAGREES, Remark.Stance.OWN_FIGURE)
        return sum(one.stance in against for one in self._newest())

    @property
    def waiting(self) -> tuple[Remark, ...]:
        return tuple(one for one in self.remarks if one.is_owed)

    def _newest(self) -> list[Remark]:
        by_person, now = {}, self.part.content[self.figure]
        for one in self.remarks:
            if one.stance != Remark.Stance.COMMENT and one.stood == now:
                by_person[one.said_by_id or f"nobody {one.pk}"] = one
        return list(by_person.values())


def remark(ref: str) -> Remark | None:
    return remarks().filter(thing__ref=ref).first()


def remarks() -> QuerySet[Remark]:
    return Remark.objects.select_related(*WHOLE_REMARK)


def remarks_of(parts: Iterable[Part]) -> list[Remark]:
    return list(remarks().filter(part__in=list(parts)))


def owed(initiatives: Sequence[Initiative]) -> QuerySet[Remark]:
    """What still waits for an answer in the cases of these initiatives."""
    return remarks().filter(part__case__initiative__in=initiatives, due__isnull=False, answer=None)


def wording_of(part: Part, figure: str) -> Assumption | None:
    return Assumption.objects.select_related("thing").filter(part=part, figure=figure).first()


def answer(ref: str) -> Answer | None:
    rows = Answer.objects.select_related("thing", "answered_by", *(f"part__{one}" for one in WHOLE_PART))
    return rows.filter(thing__ref=ref).first()


def contestable(parts: Sequence[Part]) -> list[Contestable]:
    """Every figure of these parts, in three questions however many there are."""
    worded = {
        (one.part_id, one.figure): one
        for one in Assumption.objects.filter(part__in=parts).select_related("thing", "worded_by")
    }
    said: dict[tuple[int, str], list[Remark]] = {}
    for one in remarks_of(parts):
        said.setdefault((one.part_id, one.figure), []).append(one)
    return [
        Contestable(
            part,
            figure,
            sentence_of(part, figure, wording),
            wording,
            tuple(said.get((part.pk, figure), ())),
        )
        for part in parts
        for figure in figures_of(part)
        for wording in [worded.get((part.pk, figure))]
    ]


def who_owes(remark: Remark) -> Person:
    """Who answers: whoever was named, while they are here; then the project lead."""
    named = remark.owed_by
    return named if named and named.left_on is None else remark.initiative.lead


def named_to_answer(part: Part, speaker: Person | None) -> Person:
    """Who is to answer what is said of a part: its owner, or the project lead; nobody answers themselves."""
    initiative = part.case.initiative
    asked = [part.owner, initiative.lead, initiative.owner]
    here = [one for one in asked if one and one.left_on is None]
    others = [one for one in here if speaker is None or one.pk != speaker.pk]
    return (others or here or [initiative.lead])[0]


def is_late(remark: Remark, today: date) -> bool:
    return remark.is_owed and remark.due is not None and remark.due < today
