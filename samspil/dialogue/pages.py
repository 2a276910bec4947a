"""What the pages of this room show: everything a template needs, gathered once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from samspil.dialogue import asks, late, queries, record, signing, waiting, words
from samspil.dialogue import proposal as proposals
from samspil.dialogue import regime as regimes
from samspil.dialogue.agenda.settling import annexes_of
from samspil.dialogue.confidential import as_seen_by, is_confidential, may_read
from samspil.dialogue.doorstep import home, trail
from samspil.dialogue.guidelines import queries as guidelines
from samspil.dialogue.heard import Facts
from samspil.dialogue.minutes.whole import left_unsigned, whole
from samspil.dialogue.models import ActionPoint, Item, ItemQuestion, Meeting, Minutes, PreparatoryAnswer
from samspil.dialogue.panel import looks, should_come_to
from samspil.dialogue.permissions import PERMISSIONS
from samspil.dialogue.regime import Regime
from samspil.dialogue.remedies import pages as remedies
from samspil.dialogue.secrecy import (
    MANAGEMENT,
    STAFF,
    answers_visible_to,
    readable_sides,
    released,
    released_at,
    side_of,
)
from samspil.initiative.models import Initiative
from samspil.initiative.queries import newest_date
from samspil.initiative.words import PHASES, STEP_KINDS
from samspil.organisation.models import Committee, Seat
from samspil.organisation.scope import scope
from samspil.organisation.viewer import Viewer
from samspil.organisation.words import QUORUM

Context = dict[str, Any]


@dataclass(frozen=True)
class AnswerOf:
    """A side's answer as a viewer may see it: the text, or that it is not released."""

    title: str
    text: str
    readable: bool


@dataclass(frozen=True)
class Asked:
    """A question with both sides' answers, and the fields of one's own side."""

    question: ItemQuestion
    answers: tuple[AnswerOf, ...]
    field: Any = None
    version: Any = None

    @property
    def in_time(self) -> str:
        """The binding step it must precede, in words."""
        return str(words.BEFORE_STEPS.get(self.question.wording.get("before", ""), ""))


def committees(viewer: Viewer, at: datetime) -> Context:
    regime = regimes.in_force(viewer.organisation, viewer.today)
    return {
        "words": regime.words,
        "levels": regime.levels,
        "regime": regime,
        "branches": [
            (one, capfirst(regime.levels.get(one.committee.level, one.committee.level)))
            for one in queries.tree(viewer.today)
        ],
        "mine": queries.my_committees(viewer),
        "waiting": list(waiting.waiting_for(viewer, at)),
        "breadcrumbs": [home(viewer), {"title": capfirst(str(regime.words["committees"]))}],
    }


def committee(found: Committee, viewer: Viewer) -> Context:
    regime = regimes.in_force(viewer.organisation, viewer.today)
    rules = regimes.procedure(found, viewer.today, regime)
    return {
        "committee": found,
        "words": regime.words,
        "regime": regime,
        "level": capfirst(regime.levels.get(found.level, found.level)),
        "sides": _sides(regime, queries.seats_of(found, viewer.today)),
        "to_come": list(queries.meetings_of(found, viewer.today)),
        "held": list(queries.meetings_held(found, viewer.today)[:10]),
        "waiting": as_seen_by(viewer, queries.waiting_for_a_meeting(found)),
        "cancelled": list(queries.meetings_cancelled(found, viewer.today)),
        "wheel": regime.words.get("annual_wheel", _("annual wheel")),
        "quorum": QUORUM[rules.quorum],
        "settles": regimes.names(regime, rules.agenda_by),
        "may_request": PERMISSIONS.allows("request_matter", viewer, found),
        "may_plan_year": PERMISSIONS.allows("plan_year", viewer, found),
        "should_come": should_come_to(found, regime, viewer),
        "below": list(found.children.order_by("name")),
        "rules": rules,
        "releases": regimes.names(regime, rules.release),
        "approves": regimes.names(regime, rules.approve),
        "kinds": words.MEETING_KINDS,
        "may_plan": PERMISSIONS.allows("plan_meeting", viewer, found),
        "remedies": remedies.of_committee(found, viewer),
        "may_raise_remedy": PERMISSIONS.allows("raise_remedy", viewer, found),
        "who_plans": PERMISSIONS["dialogue.plan_meeting"].sentence,
        "breadcrumbs": [*trail(viewer, regime.words), {"title": found.name}],
    }


def plan_meeting(found: Committee, viewer: Viewer) -> Context:
    regime = regimes.in_force(viewer.organisation, viewer.today)
    return {
        "committee": found,
        "words": regime.words,
        "rules": regimes.procedure(found, viewer.today, regime),
        "breadcrumbs": [*trail(viewer, regime.words, found), {"title": _("Plan a meeting")}],
    }


def correct_meeting_date(found: Meeting, viewer: Viewer) -> Context:
    url = reverse("dialogue:meeting", args=[viewer.organisation.slug, found.ref])
    regime = regimes.in_force(viewer.organisation, found.on)
    return {
        "meeting": found,
        "corrections": queries.corrections_of(found),
        "breadcrumbs": [
            *trail(viewer, regime.words, found.committee),
            {"title": words.day(found.on), "url": url},
            {"title": _("Correct the date")},
        ],
    }


def outcomes_here(item: Item, meeting: Meeting) -> list[str]:
    """What came of an item at one meeting."""
    regime = regimes.read(item.regime)
    here = [one for one in item.outcomes.all() if one.meeting_id == meeting.pk]
    return [_outcome(regime, one.key, one.union) for one in here]


def request_item(found: Initiative, proposal: proposals.Proposal, viewer: Viewer) -> Context:
    regime = regimes.in_force(viewer.organisation, viewer.today)
    return {
        "initiative": found,
        "words": regime.words,
        "proposal": proposal,
        "already": _readable(queries.open_item_about(found), viewer),
        "looks": looks(found, Facts([found]), regime, viewer),
        "phase": PHASES[found.phase],
        "core": len([one for one in proposal.questions if one.core]),
        "breadcrumbs": [*_initiative_crumbs(viewer, found), {"title": _("Put it before the committee")}],
    }


def _readable(found: Item | None, viewer: Viewer) -> Item | None:
    return found if found and may_read(viewer, found) else None


def committees_to_choose(proposal: proposals.Proposal) -> list[Committee]:
    return with_those_above([proposal.committee, *proposal.committees])


def with_those_above(rights: Iterable[Committee]) -> list[Committee]:
    """The right committees first, then every other one: the one in charge may be another."""
    first = {one.pk: one for one in rights}
    others = {one.pk: one for one in Committee.objects.order_by("name") if one.pk not in first}
    return [*first.values(), *others.values()]


# --- the item --------------------------------------------------------------------------------------------


def item(found: Item, viewer: Viewer, form: Any = None) -> Context:
    """The item's page. `form` holds the fields of the viewer's own side while it can still answer."""
    regime = regimes.as_read(found.regime, found.organisation)
    newest = queries.newest_minutes(found)
    side = side_of(viewer, found.committee_id)
    points = list(queries.action_points_of(found))
    outcomes = _outcomes(found, regime)
    still_open = found.status in queries.OPEN
    return {
        **form_page(found, viewer),
        **_text(found, newest, viewer),
        **remedies.of_item(found, viewer),
        "regime": regime,
        "purpose": regime.purposes.get(found.purpose, ""),
        "annexes": annexes_of([found]).get(found.pk, ()),
        "may_annex": still_open and PERMISSIONS.allows("add_annex", viewer, found),
        "mine_to_move": {one.pk for one in points if PERMISSIONS.allows("move_action_point", viewer, one)},
        "status": words.STATUSES[found.status],
        "closed": is_confidential(found, viewer.today),
        "side": side,
        "side_title": regime.sides.get(side or "", ""),
        "own_released": released_at(found, side) if side else None,
        "answers_form": form,
        "asked": asked(found, viewer, regime, form),
        "outcomes": outcomes,
        "positions": [
            (capfirst(regime.sides[one.side]), one.union, one.text)
            for one in queries.positions_of(found, found.meeting)
        ],
        "points": points,
        "mine_to_finish": _may_finish(points, viewer),
        "step": _step(found, viewer),
        "may": _may(found, viewer),
        "sentences": {key.split(".")[1]: one.sentence for key, one in PERMISSIONS.items()},
        "held": found.meeting is not None and found.meeting.on <= viewer.today,
        "may_correct": bool(found.meeting)
        and PERMISSIONS.allows("correct_meeting_date", viewer, found.meeting),
        "corrections": queries.corrections_of(found.meeting) if found.meeting and still_open else [],
        "changed": _changed_by_correction(
            found, [meeting for _title, _why, meeting, _order, _told in outcomes], viewer.today
        ),
        "open": still_open,
    }


def asked(found: Item, viewer: Viewer, regime: Regime, form: Any = None) -> list[Asked]:
    """The questions with what the viewer may read of the answers; beside a form, only the other side's."""
    answers = answers_visible_to(viewer, found)
    readable = readable_sides(viewer, found)
    own = side_of(viewer, found.committee_id) if form else None
    return [
        Asked(
            question,
            tuple(
                AnswerOf(capfirst(regime.sides[side]), _said(answers.of(question.pk, side)), side in readable)
                for side in (MANAGEMENT, STAFF)
                if side != own
            ),
            form[f"text_{question.ref}"] if form else None,
            form[f"version_{question.ref}"] if form else None,
        )
        for question in queries.questions_of(found)
    ]


def _said(answer: PreparatoryAnswer | None) -> str:
    return answer.text if answer else ""


def may_answer(found: Item, side: str) -> bool:
    return found.status in queries.OPEN and not released(found, side)


def release(found: Item, viewer: Viewer) -> Context:
    """Exactly what becomes readable when the side releases its answers."""
    side = side_of(viewer, found.committee_id) or ""
    regime = regimes.as_read(found.regime, found.organisation)
    answers = answers_visible_to(viewer, found)
    rows = [(one, _said(answers.of(one.pk, side))) for one in queries.questions_of(found)]
    return {
        **form_page(found, viewer),
        "side_title": regime.sides.get(side, ""),
        "rows": rows,
        "written": any(text for _one, text in rows),
        "already": bool(side) and released(found, side),
    }


def form_page(found: Item, viewer: Viewer) -> Context:
    """What every page about an item shows; its name only to those who are let in."""
    regime = regimes.as_read(found.regime, found.organisation)
    (shown,) = as_seen_by(viewer, [found])
    return {
        "item": found,
        "words": regime.words,
        "model_language": found.model.language if found.model else found.organisation.language,
        "phase": PHASES.get(found.phase, ""),
        "breadcrumbs": [
            *trail(viewer, regime.words, found.committee),
            {"title": shown.title, "url": _item_url(viewer, found)},
        ],
    }


def outcome_so_far(found: Item, today: date) -> Context:
    """What has been recorded at this meeting, for the form; and the guideline that can only be meant."""
    here = [one for one in queries.outcomes_of(found) if one.meeting_id == found.meeting_id]
    meant = guidelines.meant_by([found], today)
    so_far: Context = {asks.field_of("guideline", None): title for title in meant.values()}
    so_far |= {f"outcome_{one.union.ref}" if one.union else "outcome": one.key for one in here}
    so_far |= {asks.field_of(key, one.union): value for one in here for key, value in one.told.items()}
    so_far["version"] = queries.recorded_version(found)
    so_far["order"] = next((one.order for one in here), "")
    for position in queries.positions_of(found, found.meeting):
        so_far[asks.position_field(position.side, position.union)] = position.text
    return so_far


def write_minutes(found: Item, newest: Minutes | None, viewer: Viewer) -> Context:
    regime = regimes.as_read(found.regime, found.organisation)
    return {
        **form_page(found, viewer),
        "newest": newest,
        "signed": bool(newest and queries.signatures_of(newest)),
        "outcomes": _outcomes(found, regime),
    }


def sign(found: Item, newest: Minutes, act: str, viewer: Viewer) -> Context:
    """Exactly the text that is signed, its hash, and the place for the signature."""
    sheets = signing.sheets(found, newest, viewer.today)
    kept = record.thaw(newest.record, newest.sha256)
    return {
        **form_page(found, viewer),
        "minutes": newest,
        "record": kept,
        "act": act,
        "releasing": act == signing.RELEASE,
        "ready": act == signing.RELEASE or sheets[signing.RELEASE].complete,
        "sheet": sheets[act],
        "place": sheets[act].place_for(viewer),
        "signed": any(one.signature and one.signature.person == viewer.person for one in sheets[act].signers),
        "other_day": _other_day(kept, newest),
        "order_words": words.ORDERS.get(kept.order, ""),
        "more": len(whole(newest.meeting, viewer).mine(act, viewer)) - 1,
    }


def _changed_by_correction(found: Item, treated: Iterable[Meeting], today: date) -> list[late.Changed]:
    """What the dates said before a meeting of this item was corrected, where they say something else now."""
    if found.initiative is None or not any(meeting.corrections.all() for meeting in treated):
        return []
    known = late.changed_by_correction(Facts([found.initiative]), today)
    return [one for one in known if one.phase == found.phase and one.item == found]


def may_read_text(found: Item, newest: Minutes, viewer: Viewer) -> bool:
    """A text is for the committee, and for who wrote or brought it, until it has been released."""
    mine = viewer.person is not None and newest.written_by_id == viewer.person.pk
    return newest.released_on is not None or mine or bool(viewer.seats_in(found.committee_id))


def _text(found: Item, newest: Minutes | None, viewer: Viewer) -> Context:
    if newest is None:
        return {"minutes": None}
    sheets = signing.sheets(found, newest, viewer.today)
    readable = may_read_text(found, newest, viewer)
    kept = record.thaw(newest.record, newest.sha256) if readable else None
    return {
        "minutes": newest,
        "record": kept,
        "other_day": _other_day(kept, newest) if kept else "",
        "release_sheet": sheets[signing.RELEASE],
        "approve_sheet": sheets[signing.APPROVE],
        "my_release": sheets[signing.RELEASE].place_for(viewer),
        "my_approval": sheets[signing.APPROVE].place_for(viewer)
        if sheets[signing.RELEASE].complete
        else None,
        "earlier": queries.earlier_minutes(found, newest) if readable else [],
        "left_unsigned": left_unsigned(newest, sheets),
    }


def _other_day(kept: record.Record, newest: Minutes) -> str:
    return words.signed_with(date.fromisoformat(kept.met_on), newest.meeting.on)


def _outcomes(found: Item, regime: Regime) -> list[tuple[str, str, Any, str, Any]]:
    """Title, explanation, the meeting it came of, the recorded order, and what the outcome asked for."""
    rows = []
    for one in queries.outcomes_of(found):
        known = regime.outcome(one.key)
        order = str(words.ORDERS[one.order]) if one.order else ""
        told = asks.in_words(regime, one.key, one.told, one.meeting.on)
        title = _outcome(regime, one.key, one.union)
        rows.append((title, known.explanation if known else "", one.meeting, order, told))
    return rows


def _outcome(regime: Regime, key: str, union: Any) -> str:
    known = regime.outcome(key)
    title = known.title if known else key
    return f"{union}: {title}" if union else title


def _step(found: Item, viewer: Viewer) -> Context | None:
    """The binding step it has to precede, and how long until it."""
    step = found.before_step
    dated = newest_date(step) if step else None
    if step is None or dated is None:
        return None
    return {
        "kind": STEP_KINDS[step.kind],
        "on": dated.on,
        "days": (dated.on - viewer.today).days,
        "taken": dated.taken,
    }


def _may(found: Item, viewer: Viewer) -> dict[str, bool]:
    """Which of the item's actions the viewer may do."""
    names = (
        "place_item",
        "choose_questions",
        "write_case",
        "answer_question",
        "record_outcome",
        "write_minutes",
        "add_action_point",
        "give_case_number",
        "withdraw_item",
        "close_item",
    )
    return {name: PERMISSIONS.allows(name, viewer, found) for name in names}


def _may_finish(points: Iterable[ActionPoint], viewer: Viewer) -> set[int]:
    return {
        point.pk
        for point in points
        if point.done_on is None and PERMISSIONS.allows("finish_action_point", viewer, point)
    }


# --- other pages -----------------------------------------------------------------------------------------


def held_elsewhere(found: Initiative, viewer: Viewer) -> Context:
    regime = regimes.in_force(viewer.organisation, viewer.today)
    return {
        "initiative": found,
        "words": regime.words,
        "existing": _readable(queries.open_item_about(found), viewer),
        "breadcrumbs": [*_initiative_crumbs(viewer, found), {"title": _("Held elsewhere")}],
    }


def asked_too_late(viewer: Viewer) -> Context:
    report = late.report(viewer)
    return {
        "rows": [(row, PHASES[row.phase], STEP_KINDS[row.step.kind]) for row in report.late],
        "changed": [(one, PHASES[one.phase]) for one in report.changed],
        "breadcrumbs": [
            *trail(viewer, {"committees": committees_word(viewer)}),
            {"title": _("Discussed after the binding step")},
        ],
    }


def _sides(regime: Regime, seats: Sequence[Seat]) -> list[tuple[str, list[tuple[Seat, str]]]]:
    return [
        (capfirst(title), [(seat, _seat(regime, seat)) for seat in seats if seat.side == side])
        for side, title in regime.sides.items()
    ]


def _seat(regime: Regime, seat: Seat) -> str:
    """A seat in the regime's words: “næstformand, Forbund A”."""
    parts = [str(regime.words.get(seat.kind, seat.kind)) if seat.kind != Seat.Kind.MEMBER else ""]
    parts += [str(regime.words["substitute"])] if seat.substitute_for_id else []
    parts += [str(regime.words["steward"])] if seat.steward else []
    parts += [str(regime.words["safety_rep"])] if seat.safety_rep else []
    parts += [seat.union.name] if seat.union else []
    return capfirst(", ".join(part for part in parts if part))


def committees_word(viewer: Viewer) -> str:
    """What this room is called in the organisation's regime; the menu asks on pages of refusal too."""
    with scope(viewer.organisation):
        return regimes.committees_word(viewer.organisation, viewer.today)


def meeting_crumbs(
    viewer: Viewer, named: Mapping[str, Any], found: Meeting, title: str
) -> list[dict[str, str]]:
    """The way to a page about a meeting."""
    url = reverse("dialogue:meeting", args=[viewer.organisation.slug, found.ref])
    return [
        *trail(viewer, named, found.committee),
        {"title": words.day(found.on), "url": url},
        {"title": title},
    ]


def _initiative_crumbs(viewer: Viewer, found: Initiative) -> list[dict[str, str]]:
    slug = viewer.organisation.slug
    return [
        home(viewer),
        {"title": found.title, "url": reverse("initiative:initiative", args=[slug, found.ref])},
    ]


def _item_url(viewer: Viewer, found: Item) -> str:
    return reverse("dialogue:item", args=[viewer.organisation.slug, found.ref])
