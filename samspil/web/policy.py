"""The Content-Security-Policy: everything from here, nothing inline, nobody else."""

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

from csp.constants import NONE, SELF


def policy(providers: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Forms may lead here and, for signing in, to the identity providers the organisation has chosen."""
    origins = sorted({_origin(one["settings"]["server_url"]) for one in providers})
    return {
        "DIRECTIVES": {
            "default-src": [NONE],
            "script-src": [SELF],
            "style-src": [SELF],
            "img-src": [SELF, "data:"],
            "font-src": [SELF],
            "connect-src": [SELF],
            "manifest-src": [SELF],
            "form-action": [SELF, *origins],
            "base-uri": [NONE],
            "frame-ancestors": [NONE],
            "object-src": [NONE],
        }
    }


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"
