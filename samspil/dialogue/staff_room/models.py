"""Facts of the staff side's room. What stands here is read through `words.py` alone."""

from django.db import models
from django.db.models import Q

from samspil.dialogue.models import Item, Meeting
from samspil.kit.refs import RefField
from samspil.organisation.models import Committee, Person
from samspil.organisation.scope import OfOrganisation


class StaffNote(OfOrganisation):
    """A note of a committee's staff side. Its words stand in `StaffText`, version by version."""

    ref = RefField()
    committee = models.ForeignKey(Committee, on_delete=models.PROTECT, related_name="+")
    item = models.ForeignKey(Item, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    version = models.PositiveIntegerField(default=1)
    released_at = models.DateTimeField(null=True)
    released_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")


class StaffText(OfOrganisation):
    """A version of a note, as one person wrote it; never changed."""

    note = models.ForeignKey(StaffNote, on_delete=models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    text = models.TextField()
    salt = models.CharField(max_length=32)  # opens the commitment that the journal holds to it
    written_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["note", "number"], name="staff_texts_are_numbered")]


class StaffComment(OfOrganisation):
    """A short remark of a colleague on a note. It is never released."""

    note = models.ForeignKey(StaffNote, on_delete=models.CASCADE, related_name="+")
    text = models.CharField(max_length=500)
    salt = models.CharField(max_length=32)
    written_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["written_at", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="a_staff_comment_says_something")]


class PreMeeting(OfOrganisation):
    """When and where the staff side meets before a meeting of its committee."""

    meeting = models.OneToOneField(Meeting, on_delete=models.CASCADE, related_name="+")
    on = models.DateField()
    starts = models.TimeField(null=True, blank=True)
    place = models.CharField(max_length=200, blank=True)
    salt = models.CharField(max_length=32)
    set_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    set_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)
