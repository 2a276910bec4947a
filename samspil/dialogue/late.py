"""Which initiatives were discussed too late, or not before they were bound. Reckoned anew each time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from samspil.core.decision_clock import BindingStep, VerdictKind
from samspil.dialogue import words
from samspil.dialogue.heard import Back, Facts
from samspil.dialogue.models import Item
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


def asked_too_late(viewer: Viewer) -> list[Late]:
    """Every initiative the viewer may see whose discussion came after the binding step, or has not come."""
    initiatives = list(hall.initiatives(viewer))
    found = list(_late(initiatives, viewer.today))
    return sorted(found, key=lambda one: (one.step.on, one.initiative.title), reverse=True)


def _late(initiatives: Sequence[Initiative], today: date) -> Iterator[Late]:
    facts = Facts(initiatives)
    for initiative in initiatives:
        for phase in PHASES:
            back = facts.back(initiative, phase)
            if back and _came_late(back, today):
                yield _row(initiative, phase, back)


def _came_late(back: Back, today: date) -> bool:
    kind, step = back.verdict.kind, back.verdict.step
    if kind == VerdictKind.TOO_LATE:
        return True
    return kind == VerdictKind.NOT_DISCUSSED and step is not None and (step.taken or step.on < today)


def _row(initiative: Initiative, phase: str, back: Back) -> Late:
    verdict = back.verdict
    assert verdict.step is not None  # noqa: S101 - nothing comes late without a step
    discussion = verdict.discussion
    return Late(
        initiative=initiative,
        phase=phase,
        step=verdict.step,
        sentence=words.sentence_of(verdict),
        days=verdict.days,
        met_on=discussion.met_on if discussion else None,
        committee=discussion.committee if discussion else back.line.right.name if back.line.right else "",
        item=back.held.item if back.held else None,
    )
