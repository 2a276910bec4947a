"""Pages of the gate: deciding on the board as it stands, and reading what was decided on."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from samspil.core import gates as rules
from samspil.initiative import actions, choosing, page, process, queries, things
from samspil.initiative.forms import DecideForm, MeetConditionForm
from samspil.initiative.models import Condition, GateDecision, Initiative
from samspil.initiative.page import Board
from samspil.initiative.permissions import PERMISSIONS
from samspil.initiative.views.ways import initial, initiative_crumbs, sent, to
from samspil.kit.forms import answer
from samspil.kit.refusal import Refused
from samspil.organisation import drafts
from samspil.organisation.door import Request, door
from samspil.organisation.models import Person


@door(PERMISSIONS, "decide_gate", find=queries.initiative, methods=("GET", "POST"))
def decide(request: Request, initiative: Initiative) -> HttpResponse:
    """The decision, with the answers it will rest on before one's eyes."""
    board = page.board_of(initiative, request.viewer)
    if board is None:
        raise Refused(
            _("This initiative has ended, so there is no gate ahead. Open it to read what was decided.")
        )
    seen = rules.freeze(one.line for one in board.lines).sha256
    form = _decide_form(request, initiative, board, seen, sent(request))
    if "find" in request.POST:
        form.look()
    elif request.method == "POST":
        decision = answer(form, lambda: _decide(request, initiative, board, form))
        if decision:
            drafts.sent(request)
            messages.success(request, _("Decided. The answers are frozen with the decision."))
            return to(request, "decision", decision.ref)
        form.data = _seen_again(request, seen)
    context = {
        "initiative": initiative,
        "board": board,
        "form": form,
        "breadcrumbs": initiative_crumbs(request, initiative, (board.gate.title, "")),
    }
    return render(request, "initiative/decide.html", context)


@door(PERMISSIONS, "see_initiative", find=queries.decision)
def decision(request: Request, decision: GateDecision) -> HttpResponse:
    """What was decided, by whom, on which frozen answers, and which conditions are open."""
    initiative = decision.initiative
    context = {
        "decision": decision,
        "initiative": initiative,
        "gate": next((one for one in process.gates(initiative) if one.key == decision.gate), None),
        "lines": _thawed(decision),
        "conditions": [
            (one, page.may_meet(one, decision, initiative, request.viewer))
            for one in decision.conditions.select_related("owner").order_by("pk")
        ],
        "rests_on": things.thread_of(decision.thing, request.viewer).forward,
        "breadcrumbs": initiative_crumbs(request, initiative, (_("Gate decision"), "")),
    }
    return render(request, "initiative/decision.html", context)


@door(PERMISSIONS, "meet_condition", find=queries.condition, methods=("GET", "POST"))
def meet_condition(request: Request, condition: Condition) -> HttpResponse:
    """Say that what a decision asked for has been done."""
    decision = condition.decision
    form = MeetConditionForm(sent(request), initial=initial(request, met_on=request.viewer.today))
    if request.method == "POST":
        done = answer(
            form,
            lambda: actions.meet_condition(
                condition=condition, **form.cleaned_data, by=request.viewer, at=request.at
            ),
        )
        if done:
            messages.success(request, _("The condition is met."))
            return to(request, "decision", decision.ref)
    context = {
        "condition": condition,
        "form": form,
        "decision": decision,
        "breadcrumbs": initiative_crumbs(request, decision.initiative, (_("Condition"), "")),
    }
    return render(request, "initiative/meet_condition.html", context)


def _decide_form(request: Request, initiative: Initiative, board: Board, seen: str, data: Any) -> DecideForm:
    named = request.GET.getlist("because")
    usual = {"decided_on": request.viewer.today, "seen": seen, "rests_on": named}
    words, ticked = request.POST.get("rests_on_text", ""), request.POST.getlist("rests_on")
    make = partial(
        DecideForm,
        data,
        people=_at_hand(initiative, request),
        citable=things.citable(initiative, request.viewer, words, [*named, *ticked]),
        something_open=bool(board.open_lines),
    )
    return drafts.begin(request, make, **usual)


def _seen_again(request: Request, seen: str) -> Any:
    """What was typed, beside the board as it stands now."""
    data = request.POST.copy()
    data["seen"] = seen
    return data


def _at_hand(initiative: Initiative, request: Request) -> list[Person]:
    """Who can be asked to see to a condition: owner, lead, and the managers of those affected."""
    managers = choosing.managers_of(initiative.units.select_related(queries.LINE), request.viewer.today)
    return list({one.pk: one for one in (initiative.owner, initiative.lead, *managers)}.values())


def _decide(request: Request, initiative: Initiative, board: Board, form: DecideForm) -> GateDecision:
    facts = form.cleaned_data
    return actions.decide_gate(
        initiative=initiative,
        gate=board.gate.key,
        outcome=facts["outcome"],
        decided_on=facts["decided_on"],
        reason=facts["reason"],
        override_reason=facts.get("override_reason", ""),
        conditions=form.conditions,
        rests_on=facts.get("rests_on", []),
        seen=facts["seen"],
        by=request.viewer,
        at=request.at,
    )


def _thawed(decision: GateDecision) -> tuple[rules.Line, ...] | None:
    """The frozen answers; None when the stored text no longer fits its hash."""
    try:
        return rules.thaw(rules.Frozen(decision.board, decision.board_sha256))
    except ValueError:
        return None
