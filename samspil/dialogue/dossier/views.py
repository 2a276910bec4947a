"""The doormen of dossiers."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samspil.dialogue import queries as committees
from samspil.dialogue.dossier import actions, pages, queries
from samspil.dialogue.dossier.models import Dossier
from samspil.dialogue.permissions import PERMISSIONS
from samspil.initiative import queries as hall
from samspil.initiative.models import Initiative
from samspil.kit.downloads import download
from samspil.kit.exports import Export
from samspil.kit.refusal import Refused
from samspil.organisation.door import Request, door


@door(PERMISSIONS, "see_dossiers", find=hall.initiative)
def dossiers(request: Request, found: Initiative) -> HttpResponse:
    """What a dossier holds, those that were made, and the button for a new one."""
    context = pages.dossiers(found, request.viewer, request.at)
    return render(request, "dialogue/dossier/dossiers.html", context)


@door(PERMISSIONS, "order_dossier", find=committees.initiative, methods=("POST",))
def order(request: Request, found: Initiative) -> HttpResponse:
    actions.order_dossier(initiative=found, language=get_language() or "", by=request.viewer, at=request.at)
    return redirect(reverse("dialogue:dossiers", args=[request.organisation.slug, found.ref]))


@door(PERMISSIONS, "download_dossier", find=queries.dossier)
def dossier_file(request: Request, found: Dossier) -> HttpResponse:
    """The file, byte for byte as it was made."""
    if found.data is None:
        raise Refused(
            _("This file is no longer kept. Have the dossier made anew; its fingerprint stays here.")
        )
    return download(Export(found.filename, "application/zip", bytes(found.data)))
