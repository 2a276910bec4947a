"""A spreadsheet that waits until it is taken over or thrown away."""

from django.db import models

from samspil.business_case.models import Case
from samspil.initiative.models import Initiative
from samspil.kit.refs import RefField
from samspil.organisation.models import File, Person
from samspil.organisation.scope import OfOrganisation


class BroughtFile(OfOrganisation):
    """`mappings` is how each sheet is read, as guessed or as settled by a person."""

    ref = RefField()
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="brought_files")
    file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="+")
    mappings = models.JSONField(default=list)
    brought_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    brought_at = models.DateTimeField()

    class Meta:
        ordering = ["-brought_at", "-pk"]

    def __str__(self) -> str:
        return self.file.name

    @property
    def initiative(self) -> Initiative:
        return self.case.initiative
