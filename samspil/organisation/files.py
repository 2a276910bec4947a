"""Files that people bring: checked at the door, kept once by their content, small."""

import hashlib
from datetime import datetime

from samspil.kit import uploads
from samspil.kit.models import Blob
from samspil.organisation.models import File
from samspil.organisation.viewer import Viewer


def keep(name: str, data: bytes, by: Viewer, at: datetime) -> File:
    """Keep a file, or raise `UploadRefused` with a sentence that says what to do instead."""
    accepted = uploads.check(name, data)
    blob, _new = Blob.objects.get_or_create(sha256=hashlib.sha256(data).hexdigest(), defaults={"data": data})
    return File.objects.create(
        organisation=by.organisation,
        name=accepted.name,
        content_type=accepted.content_type,
        size=len(data),
        blob=blob,
        brought_by=by.person,
        brought_at=at,
    )
