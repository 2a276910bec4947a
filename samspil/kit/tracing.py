"""Seeing inside: the random id of the request that is being answered, or in whose wake a job is done.

It stands on the error page, in the log, beside the journal and on jobs, so that one leads to the other.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_request: ContextVar[str] = ContextVar("request", default="")


def request_id() -> str:
    """The id, or nothing where nobody has asked for anything."""
    return _request.get()


@contextmanager
def in_the_wake_of(request: str) -> Iterator[None]:
    """All that happens inside belongs to this request."""
    token = _request.set(request)
    try:
        yield
    finally:
        _request.reset(token)
