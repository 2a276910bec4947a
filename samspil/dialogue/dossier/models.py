"""Facts about dossiers that were ordered and made."""

from django.db import models

from samspil.initiative.models import Initiative
from samspil.kit.refs import RefField
from samspil.organisation.models import Person
from samspil.organisation.scope import OfOrganisation


class Dossier(OfOrganisation):
    """A dossier of an initiative. Its hash stays; the file is let go after a while, for it holds names."""

    ref = RefField()
    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="dossiers")
    language = models.CharField(max_length=5)
    ordered_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    ordered_at = models.DateTimeField()
    made_at = models.DateTimeField(null=True, blank=True)
    package_sha256 = models.CharField(max_length=64, blank=True)  # stands in the manifest
    file_sha256 = models.CharField(max_length=64, blank=True)  # of the file as it lies on a disk
    size = models.PositiveIntegerField(default=0)
    items_in_it = models.JSONField(default=list)  # the items that can be read in it, by ref
    data = models.BinaryField(null=True, blank=True)

    class Meta:
        app_label = "dialogue"
        ordering = ["-ordered_at", "-pk"]

    @property
    def filename(self) -> str:
        day = self.made_at.date().isoformat() if self.made_at else ""
        return f"dossier-{self.initiative.ref}-{day}.zip"
