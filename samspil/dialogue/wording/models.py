"""Facts about an organisation's own wording of question models: what is in work, and what was published."""

from django.db import models
from django.db.models import Q

from samspil.kit.refs import RefField
from samspil.organisation.models import Content, Person
from samspil.organisation.scope import OfOrganisation


class Wording(OfOrganisation):
    """A question model in work: put to nobody before it is published. `key` is `regime.phase`."""

    ref = RefField()
    key = models.CharField(max_length=80)
    house_native = models.ForeignKey(Content, on_delete=models.PROTECT, related_name="+")
    house_reading = models.ForeignKey(Content, on_delete=models.PROTECT, related_name="+")
    begun_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    begun_at = models.DateTimeField()
    version = models.PositiveIntegerField(
        default=1
    )  # raised by every change: one publishes what one has read

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "key"], name="one_wording_in_work"),
        ]


class WordedQuestion(OfOrganisation):
    """A question as it stands in the wording in work."""

    ref = RefField()
    wording = models.ForeignKey(Wording, on_delete=models.CASCADE, related_name="questions")
    place = models.CharField(
        max_length=120
    )  # which of the house's questions it stands for, or one of its own
    key = models.CharField(max_length=80)
    position = models.PositiveIntegerField()
    native = models.JSONField(default=dict)  # ask, explanation, why, good_answer
    reading = models.JSONField(default=dict)
    levels = models.JSONField(default=list)
    before = models.CharField(max_length=16)
    core = models.BooleanField(default=False)
    left_out_because = models.CharField(max_length=300, blank=True)
    changed_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    changed_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["wording", "place"], name="a_place_is_worded_once"),
        ]


class WordingVersion(OfOrganisation):
    """A wording that was published: its two texts, the house's that it builds on, what changed and why."""

    ref = RefField()
    key = models.CharField(max_length=80)
    number = models.PositiveIntegerField()
    native = models.ForeignKey(Content, on_delete=models.PROTECT, related_name="+")
    reading = models.ForeignKey(Content, on_delete=models.PROTECT, related_name="+")
    house_native = models.ForeignKey(Content, on_delete=models.PROTECT, related_name="+")
    house_reading = models.ForeignKey(Content, on_delete=models.PROTECT, related_name="+")
    note = models.TextField()
    published_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    published_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)  # the house's text holds again
    ended_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    ended_because = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["key", "number"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "key", "number"], name="wordings_are_numbered"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | ~Q(ended_because=""), name="a_wording_ends_with_a_reason"
            ),
        ]
