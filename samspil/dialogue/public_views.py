"""Pages that need no account: the question cards. They show content and nothing else."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from samspil.dialogue import question_cards

FOR_AN_HOUR = cache_control(max_age=3600)


@require_safe
@FOR_AN_HOUR
def index(request: HttpRequest) -> HttpResponse:
    """Every card: regime by regime, phase by phase, level by level."""
    return render(request, "dialogue/cards.html", {"shelves": list(question_cards.shelves())})


@require_safe
@FOR_AN_HOUR
def card(request: HttpRequest, regime: str, phase: str, level: str) -> HttpResponse:
    """One card, the whole page in the card's language."""
    shown = _found(request, regime, phase, level)
    languages = question_cards.languages_of(regime)
    with translation.override(shown.language):
        response = render(request, "dialogue/card.html", {"card": shown, "card_languages": languages})
    response["Content-Language"] = shown.language
    return response


@require_safe
@FOR_AN_HOUR
def sheet(request: HttpRequest, regime: str, phase: str, level: str) -> HttpResponse:
    """The same card as a PDF to print."""
    export = question_cards.as_pdf(_found(request, regime, phase, level))
    response = HttpResponse(export.bytes, content_type=export.content_type)
    response["Content-Disposition"] = f'inline; filename="{regime}-{phase}-{level}.pdf"'
    return response


def _found(request: HttpRequest, regime: str, phase: str, level: str) -> question_cards.QuestionCard:
    shown = question_cards.card(regime, phase, level, request.GET.get("language", ""))
    if shown is None:
        raise Http404
    return shown
