"""The committees' part of an initiative's page: was it heard, can it still be, and what was asked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from samspil.core.decision_clock import AheadKind, Severity
from samspil.dialogue import queries, words
from samspil.dialogue import regime as regimes
from samspil.dialogue.confidential import as_seen_by
from samspil.dialogue.heard import Ahead, Facts, coming_meetings
from samspil.dialogue.models import Item
from samspil.dialogue.permissions import PERMISSIONS
from samspil.dialogue.questions import PHASES
from samspil.dialogue.regime import Regime
from samspil.initiative import queries as hall
from samspil.initiative.models import Initiative
from samspil.initiative.words import PHASES as PHASE_WORDS
from samspil.kit.refusal import Refused
from samspil.organisation.models import Committee
from samspil.organisation.viewer import Viewer


@dataclass(frozen=True)
class Look:
    """What the clock says ahead to one line of those affected."""

    committee: Committee | None
    sentence: str
    step: str
    tone: str
    placed: Item | None


def looks(initiative: Initiative, facts: Facts, regime: Regime, viewer: Viewer) -> list[Look]:
    """What can still be done, line by line, the most urgent first."""
    rights = [line.right for line in facts.lines[initiative.pk] if line.right]
    rules = regimes.procedures(rights, viewer.today, regime, facts.rules)
    extraordinary = any(one.extraordinary for one in rules.values()) or not rules
    meetings = coming_meetings(viewer.today)
    return [_look(one) for one in facts.ahead(initiative, meetings, viewer.today, extraordinary)]


def should_come_to(found: Committee, regime: Regime, viewer: Viewer) -> list[tuple[Initiative, Look]]:
    """The running initiatives that this committee is the right one for and that have to come soon."""
    running = list(hall.initiatives(viewer).filter(phase__in=PHASES))
    facts, meetings = Facts(running), coming_meetings(viewer.today)
    rules = regimes.procedures([found], viewer.today, regime, facts.rules)[found.pk]
    return [
        (initiative, _look(one))
        for initiative in running
        for one in facts.ahead(initiative, meetings, viewer.today, rules.extraordinary)
        if one.line.right == found and one.placed is None and one.ahead.severity != Severity.CALM
    ]


def context(initiative: Initiative, viewer: Viewer, _at: datetime) -> Mapping[str, Any]:
    """What the panel shows."""
    try:
        regime = regimes.in_force(viewer.organisation, viewer.today)
    except Refused as refusal:
        return {"sentence": refusal.sentence, "items": []}
    facts = Facts([initiative])
    items = facts.asked[initiative.pk][::-1]
    seen = as_seen_by(viewer, items)
    running = initiative.phase in PHASES
    return {
        "initiative": initiative,
        "words": regime.words,
        "items": [
            (one, shown, words.STATUSES[one.status], _outcomes(one, facts.tables[one.regime_id]))
            for one, shown in zip(items, seen, strict=True)
        ],
        "looks": looks(initiative, facts, regime, viewer) if running else [],
        "backs": _backs(initiative, facts, viewer.today),
        "may_request": running and PERMISSIONS.allows("request_item", viewer, initiative),
        "may_record": running and PERMISSIONS.allows("record_meeting_elsewhere", viewer, initiative),
        "raise_in": _raise_in(facts, initiative, viewer),
        "who_requests": PERMISSIONS["dialogue.request_item"].sentence,
        "asked": any(one.phase == initiative.phase and one.status in queries.OPEN for one in items),
    }


def _raise_in(facts: Facts, initiative: Initiative, viewer: Viewer) -> Committee | None:
    """The right committee in which the viewer may raise a request for the staff side, if any."""
    rights = [line.right for line in facts.lines[initiative.pk] if line.right]
    return next((one for one in rights if PERMISSIONS.allows("raise_remedy", viewer, one)), None)


def _look(one: Ahead) -> Look:
    ahead = one.ahead
    if one.placed and one.placed.meeting and ahead.kind != AheadKind.DISCUSSED:
        return Look(one.placed.committee, "", words.step_sentence(ahead), "info", one.placed)
    return Look(
        committee=one.meeting.committee if one.meeting else one.line.right,
        sentence=words.ahead_sentence(ahead, one.verdict),
        step=words.step_sentence(ahead),
        tone=words.TONES[ahead.severity],
        placed=None,
    )


def _backs(initiative: Initiative, facts: Facts, today: date) -> list[tuple[str, str]]:
    """Per phase that was discussed: the phase and what the clock says of it."""
    found = []
    for phase in PHASES:
        back = facts.back(initiative, phase)
        if back and back.line.right and back.held:
            waits = facts.waits_for(back.held.item)
            found.append((str(PHASE_WORDS[phase]), words.sentence_of(back.verdict, today, waits)))
    return found


def _outcomes(item: Item, regime: Regime) -> list[str]:
    found = []
    for one in item.outcomes.all():
        known = regime.outcome(one.key)
        union = f" ({one.union})" if one.union else ""
        found.append(f"{known.title if known else one.key}{union}")
    return found
