"""Facts about finished consultations."""

from django.db import models

from samspil.initiative.models import Citable, Initiative
from samspil.organisation.models import Person


class Consultation(Citable):
    """A finished consultation about an initiative, with counts as its own files give them."""

    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="consultations")
    title = models.CharField(max_length=300)
    language = models.CharField(max_length=5, blank=True)
    source = models.CharField(max_length=300)
    input_sha256 = models.CharField(max_length=64)
    held_until = models.DateField(null=True, blank=True)
    participants = models.PositiveIntegerField()
    votes = models.PositiveIntegerField()
    notes = models.JSONField(default=list)  # differences between its files, explained
    imported_at = models.DateTimeField()
    imported_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["initiative", "input_sha256"], name="a_consultation_comes_once"),
        ]


class Statement(Citable):
    """Something somebody said, and how many agreed, disagreed or passed."""

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="statements")
    number = models.CharField(max_length=40)
    text = models.TextField(blank=True)
    moderated = models.CharField(max_length=12)
    agree = models.PositiveIntegerField()
    disagree = models.PositiveIntegerField()
    passed = models.PositiveIntegerField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["consultation", "number"], name="a_statement_comes_once")
        ]
