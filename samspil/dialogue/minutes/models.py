"""What somebody who is named left unsigned."""

from django.db import models
from django.db.models.functions import Coalesce

from samspil.organisation.models import Person, Union
from samspil.organisation.scope import OfOrganisation


class Reservation(OfOrganisation):
    """A seat that the rules name does not sign a version of the minutes, and why."""

    minutes = models.ForeignKey("dialogue.Minutes", on_delete=models.CASCADE, related_name="reservations")
    act = models.CharField(max_length=8)
    as_kind = models.CharField(max_length=12)
    union = models.ForeignKey(Union, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    because = models.CharField(max_length=300)
    noted_on = models.DateField()

    class Meta:
        ordering = ["noted_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                "minutes",
                "act",
                "as_kind",
                Coalesce("union", 0, output_field=models.BigIntegerField()),
                name="one_reservation_a_place",
            ),
        ]
