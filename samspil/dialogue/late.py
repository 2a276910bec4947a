"""Which initiatives were discussed too late, or not before they were bound. Reckoned anew each time."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from samspil.core.decision_clock import BindingStep
from samspil.dialogue import meeting_dates, words
from samspil.dialogue.heard import Back, Facts
from samspil.dialogue.models import DateCorrection, Item, Outcome
from samspil.dialogue.questions import PHASES
from samspil.initiative import queries as hall
from samspil.initiative.models import Initiative
from samspil.organisation.viewer import Viewer


@dataclass(frozen=True)
class Late:
    """An initiative that was asked too late in a phase."""

    initiative: Initiative
    phase: str
    step: BindingStep
    sentence: str
    days: int | None
    met_on: date | None
    committee: str
    item: Item | None
    corrections: tuple[DateCorrection, ...] = ()


@dataclass(frozen=True)
class Changed:
    """What the dates say of a phase is another thing since a meeting's date was corrected."""

    initiative: Initiative
    phase: str
    before: str  # as the dates were first entered
    now: str
    corrections: tuple[DateCorrection, ...]
    item: Item | None


Row = TypeVar("Row", Late, Changed)


@dataclass(frozen=True)
class Report:
    """`late`: the initiatives whose discussion came after the binding step, or has not come."""

    late: list[Late]
    changed: list[Changed]


def report(viewer: Viewer) -> Report:
    """What the clock says of every initiative the viewer may see."""
    facts = Facts(list(hall.initiatives(viewer)))
    return Report(_asked_too_late(facts, viewer.today), changed_by_correction(facts, viewer.today))


def changed_by_correction(now: Facts, today: date) -> list[Changed]:
    """Where a corrected date of a meeting makes the dates say something else."""
    dates = meeting_dates.as_first_entered(one.pk for one in now.initiatives)
    if not dates:
        return []
    before = Facts(now.initiatives, dates)
    return _with_corrections(
        one for initiative in now.initiatives for one in _changed(initiative, before, now, today)
    )


def _asked_too_late(facts: Facts, today: date) -> list[Late]:
    found = _with_corrections(_late(facts, today))
    return sorted(found, key=lambda one: (one.step.on, one.initiative.title), reverse=True)


def _with_corrections(rows: Iterable[Row]) -> list[Row]:
    """Each row with the corrected dates of the meetings that treated its item."""
    found = list(rows)
    known = _corrections([one.item for one in found if one.item])
    return [replace(one, corrections=known.get(one.item.pk, ())) if one.item else one for one in found]


def _changed(initiative: Initiative, before: Facts, now: Facts, today: date) -> Iterator[Changed]:
    for phase in PHASES:
        then, back = before.back(initiative, phase), now.back(initiative, phase)
        if then is None or back is None:
            continue
        said, says = _sentence(before, then, today), _sentence(now, back, today)
        if said != says:
            held = back.held or then.held
            yield Changed(initiative, phase, said, says, (), held.item if held else None)


def _sentence(facts: Facts, back: Back, today: date) -> str:
    return words.sentence_of(back.verdict, today, facts.waits_for(back.held.item) if back.held else "")


def _corrections(items: Iterable[Item]) -> dict[int, tuple[DateCorrection, ...]]:
    """The corrected dates of the meetings that treated some items."""
    treated = Outcome.objects.filter(item__in=list(items)).values_list("item_id", "meeting_id").distinct()
    rows: dict[int, list[DateCorrection]] = {}
    for row in _corrections_with_names({meeting for _item, meeting in treated}):
        rows.setdefault(row.meeting_id, []).append(row)
    found: dict[int, tuple[DateCorrection, ...]] = {}
    for item, meeting in treated:
        found[item] = (*found.get(item, ()), *rows.get(meeting, ()))
    return found


def _corrections_with_names(meetings: Iterable[int]) -> Iterable[DateCorrection]:
    return DateCorrection.objects.filter(meeting__in=list(meetings)).select_related("corrected_by")


def _late(facts: Facts, today: date) -> Iterator[Late]:
    for initiative in facts.initiatives:
        for phase in PHASES:
            back = facts.back(initiative, phase)
            if back and back.line.right and _came_late(back, today):
                yield _row(initiative, phase, back, today)


def _came_late(back: Back, today: date) -> bool:
    """By the same names as the list of initiatives, so that both tell of the same."""
    return words.found_of(back.verdict, None, "", today).because.startswith(hall.CAME_TOO_LATE)


def _row(initiative: Initiative, phase: str, back: Back, today: date) -> Late:
    verdict = back.verdict
    assert verdict.step is not None  # noqa: S101 - nothing comes late without a step
    discussion = verdict.discussion
    return Late(
        initiative=initiative,
        phase=phase,
        step=verdict.step,
        sentence=words.sentence_of(verdict, today),
        days=verdict.days,
        met_on=discussion.met_on if discussion else None,
        committee=discussion.committee if discussion else back.line.right.name if back.line.right else "",
        item=back.held.item if back.held else None,
    )
