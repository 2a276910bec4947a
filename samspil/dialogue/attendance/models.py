"""Facts about who came."""

from django.db import models

from samspil.organisation.models import Person, Seat
from samspil.organisation.scope import OfOrganisation


class AttendanceSheet(OfOrganisation):
    """Who came to a meeting, and the sentence about the quorum as it is to stand in the minutes."""

    meeting = models.OneToOneField("dialogue.Meeting", on_delete=models.CASCADE, related_name="attendance")
    note = models.CharField(max_length=600, blank=True)
    noted_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    noted_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)


class Attendance(OfOrganisation):
    """Whether the place of a member was filled, and by whom."""

    class Presence(models.TextChoices):
        PRESENT = "present"
        SUBSTITUTE = "substitute"  # somebody stood in
        EXCUSED = "excused"
        ABSENT = "absent"

    sheet = models.ForeignKey(AttendanceSheet, on_delete=models.CASCADE, related_name="rows")
    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="+")
    presence = models.CharField(max_length=12, choices=Presence)
    stood_in = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sheet", "seat"], name="a_place_is_filled_once_a_meeting")
        ]
