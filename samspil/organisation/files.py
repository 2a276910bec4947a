"""Files that people bring: checked at the door, kept once by their content, small."""

import hashlib
from collections.abc import Collection
from contextlib import suppress
from datetime import datetime
from typing import Any

from django.db.models import ProtectedError

from samspil.kit import uploads
from samspil.kit.models import Blob
from samspil.organisation.models import File
from samspil.organisation.viewer import Viewer


def keep(name: str, data: bytes, by: Viewer, at: datetime, endings: Collection[str] | None = None) -> File:
    """Keep a file, or raise `UploadRefused` with a sentence that says what to do instead.

    `endings`: the kinds of file that are asked for, where not everything that can be attached will do.
    """
    accepted = uploads.check(name, data, endings)
    return keep_made(accepted.name, accepted.content_type, data, by, at)


def keep_made(name: str, content_type: str, data: bytes, by: Viewer, at: datetime) -> File:
    """Keep a file that the house itself has made."""
    blob, _new = Blob.objects.get_or_create(sha256=hashlib.sha256(data).hexdigest(), defaults={"data": data})
    return File.objects.create(
        organisation=by.organisation,
        name=name,
        content_type=content_type,
        size=len(data),
        blob=blob,
        brought_by=by.person,
        brought_at=at,
    )


def brought(chosen: Any, by: Viewer, at: datetime) -> File | None:
    """Keep what somebody chose in a form; nothing where nothing was chosen."""
    return keep(chosen.name, chosen.read(), by, at) if chosen else None


def throw_away(file: File) -> None:
    """Let a file go that was only waiting; its content goes too, unless another file has the same."""
    blob = file.blob
    file.delete()
    with suppress(ProtectedError):
        blob.delete()
