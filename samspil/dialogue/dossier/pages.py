"""What the pages about dossiers show."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from samspil.dialogue import confidential
from samspil.dialogue.dossier import actions, queries
from samspil.dialogue.dossier.keeping import FILE_KEPT
from samspil.dialogue.dossier.models import Dossier
from samspil.dialogue.models import Item
from samspil.dialogue.permissions import PERMISSIONS
from samspil.initiative.models import Initiative
from samspil.organisation.viewer import Viewer


@dataclass(frozen=True)
class Shown:
    """A dossier in the list: whether it is being made, and whether this viewer may fetch its file."""

    dossier: Dossier
    state: str  # making · given_up · file · gone · closed

    @property
    def size_in_mb(self) -> float:
        return self.dossier.size / 1_000_000


def panel(initiative: Initiative, viewer: Viewer, _at: datetime) -> Mapping[str, Any]:
    """On the initiative's page: the newest that was made, and the way to the rest."""
    made = queries.dossiers_of(initiative).filter(made_at__isnull=False)
    return {
        "initiative": initiative,
        "newest": made.first(),
        "may_see": PERMISSIONS.allows("see_dossiers", viewer, initiative),
    }


def dossiers(initiative: Initiative, viewer: Viewer, at: datetime) -> dict[str, Any]:
    found = queries.dossiers_of(initiative)
    kept = queries.with_file(found)
    rows = [_shown(one, kept, viewer, initiative, at) for one in found]
    closed = Item.objects.filter(initiative=initiative, confidential_until__gt=viewer.today)
    readable = closed.filter(confidential.readable(viewer)).count()
    return {
        "initiative": initiative,
        "rows": rows,
        "making": any(one.state == "making" for one in rows),
        "let_in": readable,
        "not_let_in": closed.count() - readable,
        "days_kept": FILE_KEPT.days,
        "breadcrumbs": [
            {"title": _("Start"), "url": reverse("home", args=[viewer.organisation.slug])},
            {
                "title": _("Initiatives"),
                "url": reverse("initiative:initiatives", args=[viewer.organisation.slug]),
            },
            {
                "title": initiative.title,
                "url": reverse("initiative:initiative", args=[viewer.organisation.slug, initiative.ref]),
            },
            {"title": _("Dossier")},
        ],
    }


def _shown(one: Dossier, kept: set[int], viewer: Viewer, initiative: Initiative, at: datetime) -> Shown:
    one.initiative = initiative
    if one.made_at is None:
        waits = one.ordered_at > at - actions.GIVEN_UP
        return Shown(one, "making" if waits else "given_up")
    if one.pk not in kept:
        return Shown(one, "gone")
    return Shown(one, "file" if PERMISSIONS.allows("download_dossier", viewer, one) else "closed")
