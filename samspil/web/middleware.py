"""What happens around every request: an id, the time, a log line, the language, refusals as pages."""

import logging
import secrets
from collections.abc import Callable
from time import perf_counter

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.cache import patch_vary_headers

from samspil.kit import clock
from samspil.kit.refusal import ChangedMeanwhile, NotAllowed, Refused
from samspil.web.logs import request_id

Answer = Callable[[HttpRequest], HttpResponse]
logger = logging.getLogger("samspil.request")


def request_log(answer: Answer) -> Answer:
    """Give the request an id and an instant, and log it by route: no path, no person, no address."""

    def log(request: HttpRequest) -> HttpResponse:
        token = request_id.set(secrets.token_hex(8))
        request.id = request_id.get()  # type: ignore[attr-defined]
        request.at = clock.now()  # type: ignore[attr-defined]
        start = perf_counter()
        try:
            response = answer(request)
            response["X-Request-Id"] = request_id.get()
            route = request.resolver_match.route if request.resolver_match else "-"
            milliseconds = (perf_counter() - start) * 1000
            logger.info("%s /%s %s %.0f ms", request.method, route, response.status_code, milliseconds)
            return response
        finally:
            request_id.reset(token)

    return log


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
            return render(request, "web/refused.html", {"sentence": fault.sentence}, status=422)
        return None
