"""A gate decision as a file: to print, to change in Word, or to hand to the records system."""

from django.http import Http404, HttpResponse

from samspil.initiative import documents, queries
from samspil.initiative.models import GateDecision
from samspil.initiative.permissions import PERMISSIONS
from samspil.kit.downloads import download
from samspil.kit.exports import write
from samspil.kit.exports.filing import pack
from samspil.organisation.door import Request, door


@door(PERMISSIONS, "see_initiative", find=queries.decision)
def decision_file(request: Request, decision: GateDecision, format: str) -> HttpResponse:
    if format == "zip":
        return download(pack(documents.filing(decision)))
    if format not in ("pdf", "docx"):
        raise Http404
    return download(write(documents.decision(decision), format))  # type: ignore[arg-type]
