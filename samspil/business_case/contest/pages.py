"""What the pages of contesting show."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from samspil.business_case.budget.queries import budget_of, cuts_of, held
from samspil.business_case.contest import queries
from samspil.business_case.contest.figures import (
    figures_of,
    in_words,
    meaning_of,
    own_figure,
    source_of,
    with_figure,
)
from samspil.business_case.contest.models import Answer, Remark
from samspil.business_case.contest.queries import Contestable
from samspil.business_case.contest.words import OUTCOMES, STANCES
from samspil.business_case.format import parts_of, read
from samspil.business_case.models import Case, Part
from samspil.business_case.permissions import PERMISSIONS
from samspil.core.business_case.case import Case as CoreCase
from samspil.core.business_case.contesting import effect
from samspil.core.business_case.exact import to_the_ore
from samspil.core.business_case.problems import Misread
from samspil.organisation.viewer import Viewer


@dataclass(frozen=True)
class Voice:
    """A remark as it is read."""

    remark: Remark
    stance: str
    own: str
    own_means: str
    stood: str
    owes: str
    outcome: str
    late: bool
    may_answer: bool


@dataclass(frozen=True)
class Figure:
    """A figure on its page: the sentence, where it comes from, and what was said of it."""

    of: Contestable
    now: str
    source: str
    means: str
    voices: tuple[Voice, ...]


@dataclass(frozen=True)
class Block:
    """A part in the list of what a case assumes."""

    part: Part
    figures: tuple[Contestable, ...]
    said: int
    waiting: int


@dataclass(frozen=True)
class Change:
    """What a figure that somebody gave would do to the whole, to the øre."""

    figure: str
    before: Decimal
    after: Decimal

    @property
    def difference(self) -> Decimal:
        return self.after - self.before


# --- the list of a case -------------------------------------------------------------------------------------


def assumptions(case: Case, viewer: Viewer) -> dict[str, Any]:
    """Every part with what it assumes, in the order of the case, and how far the answers are."""
    parts = parts_of(case)
    for part in parts:
        part.case = case
    found: dict[int, list[Contestable]] = {}
    for one in queries.contestable(parts):
        found.setdefault(one.part.pk, []).append(one)
    said: dict[int, list[Remark]] = {}
    for remark in queries.remarks_of(parts):
        said.setdefault(remark.part_id, []).append(remark)
    blocks = [_block(part, found.get(part.pk, []), said.get(part.pk, [])) for part in parts]
    owed = [one for remarks in said.values() for one in remarks if one.is_owed]
    return {
        "case": case,
        "lines": [one for one in blocks if one.part.kind == Part.Kind.LINE],
        "drivers": [one for one in blocks if one.part.kind == Part.Kind.DRIVER],
        "risks": [one for one in blocks if one.part.kind == Part.Kind.RISK],
        "waiting": len(owed),
        "late": sum(queries.is_late(one, viewer.today) for one in owed),
        "answered": sum(one.answer_id is not None for remarks in said.values() for one in remarks),
        "budget": budget_of(case),
        **contesting(case, viewer),
    }


def still_open(case: Case, read: CoreCase | None, today: date) -> dict[str, Any]:
    """What whoever decides has to see beside the result: who waits for an answer, and what is not covered."""
    owed = list(queries.owed([case.initiative]))
    return {
        "owed": len(owed),
        "late": sum(queries.is_late(one, today) for one in owed),
        "uncovered": held(read, cuts_of(case)).uncovered if read else (),
    }


def contesting(thing: Case | Part, viewer: Viewer) -> dict[str, Any]:
    """Whether a viewer may speak; whoever may not reads whom to ask."""
    return {
        "may_contest": PERMISSIONS.allows("contest_case", viewer, thing),
        "contest_sentence": PERMISSIONS["business_case.contest_case"].sentence,
    }


def _block(part: Part, figures: Iterable[Contestable], remarks: Sequence[Remark]) -> Block:
    return Block(part, tuple(figures), len(remarks), sum(one.is_owed for one in remarks))


# --- the page of a part -------------------------------------------------------------------------------------


def said(part: Part, viewer: Viewer) -> dict[str, Any]:
    """What a part's page shows beside the part itself: its figures in words, and everything that was said."""
    remarks = queries.remarks_of([part])
    comments = [one for one in remarks if not one.figure]
    figures = [_figure(one, viewer) for one in queries.contestable([part])]
    here = {one.of.figure for one in figures}
    gone = [one for one in remarks if one.figure and one.figure not in here]
    return {
        "figures": figures,
        "comments": [voice(one, viewer) for one in comments],
        "gone": [voice(one, viewer) for one in gone],
        "may_word": PERMISSIONS.allows("word_assumption", viewer, part) and not part.taken_out_at,
        **contesting(part, viewer),
    }


def voice(remark: Remark, viewer: Viewer) -> Voice:
    return Voice(
        remark=remark,
        stance=str(STANCES[Remark.Stance(remark.stance)]),
        own=in_words(remark.own, remark.part, remark.figure) if remark.own else "",
        own_means=meaning_of(remark.own),
        stood=in_words(remark.stood, remark.part, remark.figure) if remark.stood is not None else "",
        owes=str(queries.who_owes(remark)) if remark.is_owed else "",
        outcome=str(OUTCOMES[Answer.Outcome(remark.answer.outcome)]) if remark.answer else "",
        late=queries.is_late(remark, viewer.today),
        may_answer=remark.is_owed and PERMISSIONS.allows("answer_remark", viewer, remark),
    )


def _figure(one: Contestable, viewer: Viewer) -> Figure:
    data, case = one.part.content[one.figure], one.part.case
    return Figure(
        one,
        in_words(data, one.part, one.figure),
        source_of(data, case),
        meaning_of(data),
        tuple(voice(remark, viewer) for remark in one.remarks),
    )


# --- the forms ----------------------------------------------------------------------------------------------


def contest(part: Part, figure: str, viewer: Viewer) -> dict[str, Any]:
    found = next(one for one in queries.contestable([part]) if one.figure == figure)
    return {"part": part, "case": part.case, "figure": _figure(found, viewer)}


def answering(remark: Remark, viewer: Viewer) -> dict[str, Any]:
    """What waits about the same figure, what stands there, and what each figure they gave would do."""
    part = remark.part
    waiting = _waiting_with(remark, viewer)
    now = figures_of(part).get(remark.figure)
    return {
        "part": part,
        "case": part.case,
        "remark": remark,
        "voices": [voice(one, viewer) for one in waiting],
        "now": in_words(now, part, remark.figure) if now is not None else "",
        "changes": [found for one in _given(waiting) if (found := change_by(part, remark.figure, one))],
        "outcomes": outcomes(waiting, viewer, now is not None),
        "waiting": [(one.ref, _named(one, viewer)) for one in waiting],
    }


def outcomes(waiting: Sequence[Remark], viewer: Viewer, stands: bool) -> list[str]:
    """What an answer can bring about: a figure is changed by those who may change the case."""
    part, about_figure = waiting[0].part, bool(waiting[0].figure)
    may_change = stands and PERMISSIONS.allows("change_case", viewer, part) and not part.taken_out_at
    if not about_figure:
        return [Answer.Outcome.NOTED]
    offered: list[str] = []
    if may_change and any(one.own for one in waiting):
        offered.append(Answer.Outcome.ACCEPTED)
    if may_change:
        offered.append(Answer.Outcome.PARTLY)
    return [*offered, Answer.Outcome.NOT_ACCEPTED, Answer.Outcome.NOTED]


def change_by(part: Part, figure: str, own: Mapping[str, Any]) -> Change | None:
    try:
        found = effect(read(part.case), with_figure(part, figure, own_figure(own)))
    except Misread:
        return None
    return Change(in_words(own, part, figure), to_the_ore(found.before), to_the_ore(found.after))


def _waiting_with(remark: Remark, viewer: Viewer) -> list[Remark]:
    rows = queries.remarks_of([remark.part])
    same = [one for one in rows if one.figure == remark.figure and one.is_owed]
    return [one for one in same if PERMISSIONS.allows("answer_remark", viewer, one)]


def _given(remarks: Iterable[Remark]) -> list[dict[str, Any]]:
    """Each figure that was given, once."""
    found: dict[str, dict[str, Any]] = {}
    for one in remarks:
        if one.own:
            found.setdefault(str({**one.own, "source": ""}), one.own)
    return list(found.values())


def _named(remark: Remark, viewer: Viewer) -> str:
    who = str(remark.said_by or _("somebody who is no longer known"))
    what = voice(remark, viewer).own or remark.text or str(STANCES[Remark.Stance(remark.stance)])
    return f"{who}: {what[:120]}"
