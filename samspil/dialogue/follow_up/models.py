"""Facts about what stays open."""

from django.db import models

from samspil.organisation.models import Person
from samspil.organisation.scope import OfOrganisation


class DueChange(OfOrganisation):
    """A day by which something was promised before, and why it is another one now."""

    point = models.ForeignKey("dialogue.ActionPoint", on_delete=models.CASCADE, related_name="moves")
    before = models.DateField()
    after = models.DateField()
    reason = models.CharField(max_length=300)
    moved_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    moved_at = models.DateTimeField()

    class Meta:
        ordering = ["moved_at", "pk"]
