"""A file as the answer to a request: to keep, under its own name."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from samspil.kit.exports import Export


def download(export: Export) -> HttpResponse:
    disposition = content_disposition_header(as_attachment=True, filename=export.filename)
    headers = {"Content-Disposition": str(disposition)}
    return HttpResponse(export.bytes, content_type=export.content_type, headers=headers)
