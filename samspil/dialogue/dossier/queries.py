"""What can be read about dossiers. The file itself is fetched by nobody but the download."""

from django.db.models import QuerySet

from samspil.dialogue.dossier.models import Dossier
from samspil.initiative.models import Initiative


def dossier(ref: str) -> Dossier | None:
    """A dossier that was made, with its file as long as it is kept."""
    rows = Dossier.objects.select_related("initiative__thing", "initiative__organisation", "organisation")
    return rows.filter(ref=ref, made_at__isnull=False).first()


def dossiers_of(initiative: Initiative) -> QuerySet[Dossier]:
    """The newest first, without their files."""
    return Dossier.objects.filter(initiative=initiative).select_related("ordered_by").defer("data")


def with_file(found: QuerySet[Dossier]) -> set[int]:
    """The keys of those whose file is still kept."""
    return set(found.exclude(data=None).values_list("pk", flat=True))
