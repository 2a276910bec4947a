"""Facts about finished consultations."""

import secrets

from django.db import models
from django.db.models import Q

from samspil.initiative.models import Citable, Initiative
from samspil.organisation.models import Person

SMALLEST_GROUP = 5  # fewer answers than this are never shown as figures; may be raised, never lowered


def new_salt() -> str:
    """Without it, counts too small to show could be guessed from their hash."""
    return secrets.token_hex(16)


class Consultation(Citable):
    """A finished consultation about an initiative, counted again from its votes."""

    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="consultations")
    title = models.CharField(max_length=300)
    language = models.CharField(max_length=5, blank=True)
    source = models.CharField(max_length=300)
    input_sha256 = models.CharField(max_length=64)
    held_until = models.DateField(null=True, blank=True)
    participants = models.PositiveIntegerField()
    votes = models.PositiveIntegerField()
    smallest_group = models.PositiveIntegerField(default=SMALLEST_GROUP)
    counts_salt = models.CharField(max_length=32, default=new_salt, editable=False)
    notes = models.JSONField(default=list)  # differences between its files: [kind, figures by name]
    imported_at = models.DateTimeField()
    imported_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["initiative", "input_sha256"], name="a_consultation_comes_once"),
            models.CheckConstraint(
                condition=Q(smallest_group__gte=SMALLEST_GROUP), name="small_groups_stay_unreadable"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def shown_participants(self) -> int | None:
        """How many took part; None when they are too few to show."""
        return self.participants if self.participants >= self.smallest_group else None


class Statement(Citable):
    """Something somebody said, and how many persons agreed, passed or disagreed."""

    class Moderated(models.TextChoices):
        ACCEPTED = "accepted"
        UNMODERATED = "unmoderated"
        REJECTED = "rejected"

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="statements")
    number = models.CharField(max_length=40)
    text = models.TextField(blank=True)
    moderated = models.CharField(max_length=12, choices=Moderated)
    agree = models.PositiveIntegerField()
    disagree = models.PositiveIntegerField()
    passed = models.PositiveIntegerField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["consultation", "number"], name="a_statement_comes_once")
        ]

    def __str__(self) -> str:
        return self.text or self.number

    @property
    def initiative(self) -> Initiative:
        return self.consultation.initiative

    @property
    def n(self) -> int:
        return self.agree + self.passed + self.disagree

    @property
    def may_be_shown(self) -> bool:
        """Whether enough persons answered. Nobody and too few look the same."""
        return self.n >= self.consultation.smallest_group

    @property
    def counts(self) -> tuple[int, int, int] | None:
        """Agree, pass and disagree; None when they are too few to show."""
        return (self.agree, self.passed, self.disagree) if self.may_be_shown else None


# What stands in sub-packages of this room; imported whole, since they build on the models above.
import samspil.involvement.opinions.models  # noqa: E402, F401
