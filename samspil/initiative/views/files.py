"""A gate decision as a file: to print, to change in Word, or to hand to the records system."""

from urllib.parse import quote

from django.http import Http404, HttpResponse

from samspil.initiative import documents, queries
from samspil.initiative.models import GateDecision
from samspil.initiative.permissions import PERMISSIONS
from samspil.kit.exports import Export, write
from samspil.kit.exports.filing import pack
from samspil.organisation.door import Request, door


@door(PERMISSIONS, "see_initiative", find=queries.decision)
def decision_file(request: Request, decision: GateDecision, format: str) -> HttpResponse:
    if format == "zip":
        return _sent(pack(documents.filing(decision)))
    if format not in ("pdf", "docx"):
        raise Http404
    return _sent(write(documents.decision(decision), format))  # type: ignore[arg-type]


def _sent(export: Export) -> HttpResponse:
    response = HttpResponse(export.bytes, content_type=export.content_type)
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(export.filename)}"
    return response
