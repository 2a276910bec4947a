"""What happens around every request: an id, the time, a log line, the language, refusals as pages."""

import logging
import secrets
from collections.abc import Callable
from time import perf_counter

from django.conf import settings
from django.db import IntegrityError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.cache import add_never_cache_headers, patch_vary_headers

from samspil.kit import clock
from samspil.kit.refusal import ChangedMeanwhile, NotAllowed, Refused, TooOften
from samspil.kit.tracing import in_the_wake_of
from samspil.organisation.door import NEVER_KEPT

Answer = Callable[[HttpRequest], HttpResponse]
PASSING = (OperationalError, InterfaceError, IntegrityError)  # what another try may mend
logger = logging.getLogger("samspil.request")


def request_log(answer: Answer) -> Answer:
    """Give the request an id and an instant, and log it by route: no path, no person, no address."""

    def log(request: HttpRequest) -> HttpResponse:
        request.id = secrets.token_hex(8)  # type: ignore[attr-defined]
        request.at = clock.now()  # type: ignore[attr-defined]
        start = perf_counter()
        with in_the_wake_of(request.id):  # type: ignore[attr-defined]
            response = answer(request)
            response["X-Request-Id"] = request.id  # type: ignore[attr-defined]
            route = request.resolver_match.route if request.resolver_match else "-"
            milliseconds = (perf_counter() - start) * 1000
            if not _leaves_no_line(request):
                logger.info("%s /%s %s %.0f ms", request.method, route, response.status_code, milliseconds)
            return response

    return log


def _leaves_no_line(request: HttpRequest) -> bool:
    """A secret ballot leaves no line that says when it came."""
    return bool(request.resolver_match and getattr(request.resolver_match.func, "leaves_no_line", False))


def language(answer: Answer) -> Answer:
    """The language somebody chose, else the browser's; inside an organisation the door knows better."""

    def speak(request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        code = (
            chosen if chosen in dict(settings.LANGUAGES) else translation.get_language_from_request(request)
        )
        translation.activate(code)
        request.LANGUAGE_CODE = code
        response = answer(request)
        response.headers.setdefault("Content-Language", translation.get_language() or code)
        patch_vary_headers(response, ("Accept-Language", "Cookie"))
        return response

    return speak


def refusals(answer: Answer) -> Answer:
    """The one place where refusals become pages."""
    return _Refusals(answer)


class _Refusals:
    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.answer(request)

    def process_exception(self, request: HttpRequest, fault: Exception) -> HttpResponse | None:
        if isinstance(fault, NotAllowed):
            return render(request, "web/not_allowed.html", {"sentence": fault.sentence}, status=403)
        if isinstance(fault, ChangedMeanwhile):
            return render(request, "web/changed_meanwhile.html", {"fault": fault}, status=409)
        if isinstance(fault, Refused):
            status = 429 if isinstance(fault, TooOften) else 422
            return render(request, "web/refused.html", {"sentence": fault.sentence}, status=status)
        if isinstance(fault, PASSING):
            logger.error("the database did not answer", exc_info=fault)
            return _try_again(request)
        return None


def _try_again(request: HttpRequest) -> HttpResponse:
    """A page that asks the database nothing, with all that was typed: to copy, or to send once more."""
    typed = _typed(request)
    context = {
        "request": request,
        "organisation": getattr(request, "organisation", None),
        "address": request.get_full_path(),
        "typed": typed,
        "texts": [value for _name, value in typed if " " in value.strip() or "\n" in value.strip()],
        "files": bool(request.FILES),
        "csrf_token": get_token(request),
    }
    response = HttpResponse(render_to_string("web/try_again.html", context), status=503)
    response["Retry-After"] = "10"
    add_never_cache_headers(response)
    return response


def _typed(request: HttpRequest) -> list[tuple[str, str]]:
    """What somebody filled in on a page of an organisation; never what signs them in."""
    inside = request.resolver_match and "organisation" in request.resolver_match.kwargs
    if not inside:
        return []
    return [
        (name, value)
        for name, values in request.POST.lists()
        if name not in NEVER_KEPT
        for value in values
        if isinstance(value, str)
    ]
