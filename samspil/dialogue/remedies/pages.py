"""What the pages about requests and negotiations show: everything a template needs, gathered once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from samspil.dialogue import regime as regimes
from samspil.dialogue.doorstep import Crumb, trail
from samspil.dialogue.models import Item
from samspil.dialogue.permissions import PERMISSIONS
from samspil.dialogue.remedies import queries, tables, words
from samspil.dialogue.remedies.closed import is_closed_to, may_read_answer, title_for
from samspil.dialogue.remedies.models import RemedyCase, RemedyStep
from samspil.dialogue.words import day
from samspil.initiative.things import chain_of
from samspil.kit.refusal import Refused
from samspil.organisation.models import Committee, Seat
from samspil.organisation.viewer import Viewer

Context = dict[str, Any]


@dataclass(frozen=True)
class StepRow:
    """A step in the table: taken, present or to come."""

    step: tables.Step
    taken: RemedyStep | None
    who: str
    where: str
    term: str
    own_source: str
    state: str
    note: str
    late: bool


@dataclass(frozen=True)
class CaseRow:
    """A case in a list, with where it stands."""

    case: RemedyCase
    title: str
    kind: str
    stand: str
    due: date | None


def case(found: RemedyCase, viewer: Viewer) -> Context:
    remedies = tables.as_read(found.table, found.organisation)
    kind = remedies.kind(found.kind)
    rows = step_rows(found, kind, viewer.today)
    present = queries.present_step(found)
    closing = remedies.closing(found.closing)
    waits = present.is_owed and present.due is not None and present.due >= viewer.today
    return {
        **_of_case(found, viewer),
        "kind": kind,
        "remedies": remedies,
        "rows": rows,
        "drawn": [{"name": one.step.title, "state": one.state, "note": one.note} for one in rows],
        "present": present,
        "answers": [
            row
            for row in rows
            if row.taken and row.taken.answer and may_read_answer(viewer, found, row.taken)
        ],
        "present_row": next(one for one in rows if one.step.key == present.key),
        "closing": closing,
        "chain": chain_of(found.thing, viewer),
        "may_answer": present.is_owed and PERMISSIONS.allows("answer_remedy", viewer, found),
        "may_refer": not waits
        and kind.after(present.key) is not None
        and PERMISSIONS.allows("refer_remedy", viewer, found),
        "may_close": PERMISSIONS.allows("close_remedy", viewer, found),
        "days_left": (present.due - viewer.today).days if present.due else None,
    }


def step_rows(found: RemedyCase, kind: tables.Kind, today: date) -> list[StepRow]:
    """Every step of the kind, those taken with their days."""
    taken = {one.key: one for one in queries.steps_of(found)}
    own = tables.Own()
    return [_row(step, taken.get(step.key), found, own, today) for step in kind.steps]


def _row(
    step: tables.Step, taken: RemedyStep | None, found: RemedyCase, own: tables.Own, today: date
) -> StepRow:
    clock = own.of(step.clock, taken.opened_on if taken else today) if step.clock else None
    place = taken.committee if taken else queries.place_of(step, found)
    return StepRow(
        step=step,
        taken=taken,
        who=str(words.OWED_BY[step.owed_by]),
        where=place.name if place else "",
        term=words.term(clock) if clock else "",
        own_source=clock.source if clock and clock.own else "",
        state=_state(taken, found),
        note=_note(taken),
        late=bool(taken and taken.due and (taken.answered_on or taken.left_on or today) > taken.due),
    )


def _state(taken: RemedyStep | None, found: RemedyCase) -> str:
    if taken is None:
        return "stopped" if found.closed_on else "coming"
    if found.closed_on or taken.left_on or taken.pk != queries.present_step(found).pk:
        return "done"
    return "current"


def _note(taken: RemedyStep | None) -> str:
    if taken is None:
        return ""
    if taken.answered_on:
        return _("answered %(day)s") % {"day": day(taken.answered_on)}
    if taken.left_on:
        return _("no answer by %(day)s") % {"day": day(taken.left_on)}
    return _("by %(day)s") % {"day": day(taken.due)} if taken.due else _("no deadline is known")


def of_committee(committee: Committee, viewer: Viewer) -> list[CaseRow]:
    """The cases of a committee that the viewer may see."""
    return _seen(queries.cases_in(committee), viewer)


def of_item(item: Item, viewer: Viewer) -> Context:
    """What an item's page shows of requests, and of who still waits after a disagreement."""
    waits = queries.waits_of(item, viewer.today) if item.outcomes.exists() else []
    known = tables.table_in_force(item.organisation, viewer.today) is not None
    return {
        "remedies": _seen(queries.cases_about(item), viewer),
        "waits": [(one.union, words.wait(one)) for one in waits],
        "may_raise_remedy": known and PERMISSIONS.allows("raise_remedy", viewer, item.committee),
        "may_call": any(one.wait.stand in ("awaiting_signature", "may_be_called") for one in waits)
        and PERMISSIONS.allows("call_central", viewer, item),
    }


def _seen(found: Iterable[RemedyCase], viewer: Viewer) -> list[CaseRow]:
    read = tables.AsRead()
    seen = [one for one in found if PERMISSIONS.allows("see_remedy", viewer, one)]
    return [_case_row(one, read.of(one.table, one.organisation), viewer) for one in seen]


def _case_row(found: RemedyCase, remedies: tables.Remedies, viewer: Viewer) -> CaseRow:
    kind = remedies.kind(found.kind)
    present = queries.present_step(found)
    closing = remedies.closing(found.closing)
    stand = closing.title if closing else kind.step(present.key).title
    due = present.due if present.is_owed and not found.closed_on else None
    return CaseRow(found, title_for(viewer, found), kind.title, stand, due)


def raising(committee: Committee, item: Item | None, viewer: Viewer) -> Context:
    """The kinds of request that the agreement knows, in the reader's language."""
    remedies = queries.of_organisation(viewer.organisation, viewer.today)
    if remedies is None:
        raise Refused(
            _("No requests are known for the agreement that holds here. Ask an administrator to enter it.")
        )
    return {
        "committee": committee,
        "item": item,
        "remedies": remedies,
        "raisers": {kind.key: _raisers(kind, viewer) for kind in remedies.kinds},
        "breadcrumbs": [*_trail(viewer, committee), {"title": remedies.title}],
    }


def form_page(found: RemedyCase, viewer: Viewer) -> Context:
    return _of_case(found, viewer)


def theirs(found: RemedyCase, viewer: Viewer, text: str) -> str:
    """What somebody who was quicker wrote, unless it is closed to the reader."""
    return title_for(viewer, found) if is_closed_to(viewer, found) else text


def terms(viewer: Viewer) -> Context:
    """Every deadline of the agreement in force, with its source, and the organisation's own."""
    remedies = queries.of_organisation(viewer.organisation, viewer.today)
    own = tables.Own()
    clocks = list(remedies.clocks()) if remedies else []
    rows = [(title, words.term(now), now) for title, clock in clocks for now in [own.of(clock, viewer.today)]]
    return {
        "remedies": remedies,
        "clocks": clocks,
        "rows": rows,
        "may_set": PERMISSIONS.allows("set_own_term", viewer),
        "sentence": PERMISSIONS["dialogue.set_own_term"].sentence,
        "breadcrumbs": [*_trail(viewer), {"title": _("Deadlines by your agreement")}],
    }


def calling(item: Item, viewer: Viewer) -> Context:
    return {
        "item": item,
        "waits": [(one.union, words.wait(one)) for one in queries.waits_of(item, viewer.today)],
        "breadcrumbs": [
            *_trail(viewer, item.committee),
            {"title": item.title, "url": reverse("dialogue:item", args=[viewer.organisation.slug, item.ref])},
            {"title": _("Central negotiation is called for")},
        ],
    }


def unions_that_can_call(item: Item, viewer: Viewer) -> list[Any]:
    """The unions with a seat in the committee, each once."""
    seats: list[Seat] = queries.unions_in(item.committee, viewer.today)
    return list({seat.union_id: seat.union for seat in seats}.values())


def _raisers(kind: tables.Kind, viewer: Viewer) -> str:
    regime = regimes.in_force(viewer.organisation, viewer.today)
    return regimes.names(regime, kind.raised_by)


def _of_case(found: RemedyCase, viewer: Viewer) -> Context:
    slug = viewer.organisation.slug
    url = reverse("dialogue:remedy", args=[slug, found.ref])
    return {
        "case": found,
        "case_title": (title := title_for(viewer, found)),
        "is_closed": is_closed_to(viewer, found),
        "tell": _let_in(found, viewer),
        "breadcrumbs": [*_trail(viewer, found.committee), {"title": title, "url": url}],
    }


def _let_in(found: RemedyCase, viewer: Viewer) -> str:
    """Who can tell a reader to whom the item is closed what the request is about: those who raised it."""
    if not is_closed_to(viewer, found):
        return ""
    speakers = {seat.person_id: seat.person for seat in queries.speakers(found.committee, viewer.today)}
    return ", ".join(str(person) for person in speakers.values())


def _trail(viewer: Viewer, committee: Committee | None = None) -> list[Crumb]:
    word = regimes.committees_word(viewer.organisation, viewer.today)
    return trail(viewer, {"committees": word}, committee)
