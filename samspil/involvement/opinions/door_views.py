"""The doormen of those who take part: one statement at a time, and what one has said so far.

Every page works without a script. With one (`vote.js`) an answer is sent in the background and the next
statement comes as a part of the page; the part is the same template.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseNotModified
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samspil.involvement.opinions import forms, live, own_statements, queries, tallies, voting
from samspil.involvement.opinions.models import Vote
from samspil.involvement.opinions.texts import tidy
from samspil.involvement.opinions.words import RULES, VALUES
from samspil.kit.forms import answer
from samspil.organisation.viewer import day_in
from samspil.participation.codes import hashed
from samspil.participation.doorway import ParticipantRequest, participants
from samspil.participation.models import Participant, Round
from samspil.participation.receipts import giving as receipts

BOTH = ("GET", "POST")
CHOICES = {"agree": Vote.Value.AGREE, "disagree": Vote.Value.DISAGREE, "pass": Vote.Value.PASS}
KEYS = {"agree": "a", "disagree": "d", "pass": "p"}
View = Callable[..., HttpResponse]


def inside(view: View) -> View:
    """Whoever has not come in yet is shown the way; ballots of a secret round are not given here."""

    @wraps(view)
    def guarded(request: ParticipantRequest, **address: Any) -> HttpResponse:
        if request.round.level == Round.Level.SECRET:
            raise Http404
        if request.entrance is None:
            return redirect("p:welcome", request.round.code)
        return view(request, **address)

    return guarded


@participants()
@inside
def statements(request: ParticipantRequest) -> HttpResponse:
    """The next statement: the one that is shown in the meeting, or the one that is drawn."""
    return _asked(request, _next(request))


@participants(methods=BOTH, often=True)
@inside
def vote(request: ParticipantRequest, number: int) -> HttpResponse:
    """Answer a statement, now or anew."""
    if request.method == "GET":
        return _asked(request, _again(request, number))
    value = CHOICES.get(request.POST.get("value", ""))
    if value is None:
        return redirect("opinions:vote", request.round.code, number)
    round_ = request.round
    participant = voting.cast_vote(
        entrance=request.entrance,  # type: ignore[arg-type] # `inside` has looked
        number=number,
        value=value,
        on=day_in(round_.organisation, request.at),
        drawn_with=queries.drawn_with(round_, number, request.POST.get("drawn", "")),
    )
    live.after_vote(round_, number)
    if _in_part(request):
        response = _asked(request, _next(request, participant) | {"last": number})
    else:
        response = redirect("opinions:statements", round_.code)
    receipts.hand_over(response, request, participant)
    return response


@participants(methods=("POST",))
@inside
def take_back(request: ParticipantRequest, number: int) -> HttpResponse:
    """Undo an answer and be asked again."""
    voting.take_back_vote(entrance=request.entrance, number=number)  # type: ignore[arg-type]
    if _in_part(request):
        return _asked(request, _again(request, number))
    return redirect("opinions:vote", request.round.code, number)


@participants(often=True)
@inside
def now(request: ParticipantRequest) -> HttpResponse:
    """What the facilitator shows now; nothing as long as it is what the phone shows already."""
    moment = live.recent(request.round)
    mark = f'"{moment.version if moment else 0}"'
    if request.headers.get("If-None-Match") == mark:
        return HttpResponseNotModified(headers={"ETag": mark})
    response = _asked(request, _next(request))
    response["ETag"] = mark
    return response


@participants()
@inside
def answers(request: ParticipantRequest) -> HttpResponse:
    """What one has said so far, as a table, and what became of one's own statements."""
    participant, given = queries.as_they_came(request.entrance)  # type: ignore[arg-type]
    said = tallies.of(request.round).said
    own = list(queries.own_statements(participant))
    context = {
        "answers": [
            (said[number], VALUES[Vote.Value(value)]) for number, value in given.items() if number in said
        ],
        "left": len(said) - sum(number in said for number in given),
        "own": [(one, RULES.get(one.rule, ""), getattr(one, "appeal", None)) for one in own],
        "appeal_form": forms.AppealForm(),
    }
    return render(request, "involvement/opinions/answers.html", context)


@participants(methods=BOTH)
@inside
def own(request: ParticipantRequest) -> HttpResponse:
    """Write a statement, see it as others will, send it."""
    form = forms.OwnStatement(request.POST or None, initial={"language": get_language()})
    shown = ""
    if request.method == "POST":
        entrance = request.entrance
        if "send" in request.POST:
            sent = answer(
                form,
                lambda: own_statements.add_own_statement(
                    entrance=entrance,  # type: ignore[arg-type]
                    at=request.at,
                    on=day_in(request.round.organisation, request.at),
                    **form.cleaned_data,
                ),
            )
            if sent:
                messages.success(
                    request, _("It is sent. A moderator looks at it; you see here what comes of it.")
                )
                return redirect("opinions:answers", request.round.code)
        elif "back" not in request.POST:
            shown = answer(form, lambda: own_statements.checked(entrance, form.cleaned_data["text"])) or ""  # type: ignore[arg-type]
    context = {"form": form, "shown": shown, "rules": RULES.values(), "language": form["language"].value()}
    return render(request, "involvement/opinions/own.html", context)


@participants(methods=BOTH)
@inside
def appeal(request: ParticipantRequest, ref: str) -> HttpResponse:
    """Ask once that a rejection is looked at again."""
    participant, _given = queries.as_they_came(request.entrance)  # type: ignore[arg-type]
    found = own_statements.written_by(participant, ref)
    if found is None:
        raise Http404
    form = forms.AppealForm(request.POST or None)
    if request.method == "POST":
        made = answer(
            form,
            lambda: own_statements.appeal(
                entrance=request.entrance,  # type: ignore[arg-type]
                statement=found,
                grounds=tidy(form.cleaned_data["grounds"]),
                on=day_in(request.round.organisation, request.at),
            ),
        )
        if made:
            messages.success(
                request, _("Your appeal is sent. Somebody else looks at it where there is anybody else.")
            )
            return redirect("opinions:answers", request.round.code)
    context = {"form": form, "statement": found, "rule": RULES.get(found.rule, "")}
    return render(request, "involvement/opinions/appeal.html", context)


def _next(request: Any, known: Participant | None = None) -> dict[str, Any]:
    """What is asked now: in a meeting what is shown there, else what is drawn."""
    moment = live.recent(request.round)
    if moment and moment.number:
        return _again(request, moment.number, known) | {"moment": moment}
    participant, given = queries.as_they_came(request.entrance, known)
    found = queries.next_for(request.entrance, given, participant)
    return {
        "said": found.said,
        "drawn": found.drawn,
        "answered": found.answered,
        "of": found.of,
        "moment": moment,
    }


def _again(request: Any, number: int, known: Participant | None = None) -> dict[str, Any]:
    """A statement by its number, with what one said of it."""
    said = tallies.of(request.round).said
    if number not in said and queries.is_asked(request.round, number):  # it was taken in a moment ago
        tallies.forget(request.round)
        said = tallies.of(request.round).said
    if number not in said:
        raise Http404
    _participant, given = queries.as_they_came(request.entrance, known)
    answered = sum(one in said for one in given)
    return {"said": said[number], "answered": answered, "of": len(said), "before": given.get(number)}


def _asked(request: Any, context: dict[str, Any]) -> HttpResponse:
    template = "_ask.html" if _in_part(request) else "ask.html"
    before = context.get("before")
    context["choices"] = [
        (key, VALUES[value], KEYS[key], before is not None and before == value)
        for key, value in CHOICES.items()
    ]
    context["who"] = hashed(f"{request.round.code} {request.entrance.who}")[:16]
    context["was"] = VALUES[Vote.Value(before)] if before is not None else ""
    return render(request, f"involvement/opinions/{template}", context)


def _in_part(request: Any) -> bool:
    """The script asks for the part of the page that changes."""
    return bool(request.headers.get("X-Part") == "ask")
