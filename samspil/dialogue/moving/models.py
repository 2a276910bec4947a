"""Facts about meetings that were moved."""

from django.db import models

from samspil.organisation.models import Person
from samspil.organisation.scope import OfOrganisation


class MeetingMove(OfOrganisation):
    """When and where a meeting was to be before it was moved, and why. The meeting says where it is now."""

    meeting = models.ForeignKey("dialogue.Meeting", on_delete=models.CASCADE, related_name="moves")
    on = models.DateField()
    starts = models.TimeField(null=True, blank=True)
    place = models.CharField(max_length=200, blank=True)
    reason = models.CharField(max_length=300)
    moved_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    moved_at = models.DateTimeField()

    class Meta:
        ordering = ["moved_at", "pk"]
