"""Facts about agendas: the places of items, who settled them, what was sent, and annexes."""

from django.db import models

from samspil.initiative.models import Initiative
from samspil.kit.refs import RefField
from samspil.organisation.models import File, Person, Seat
from samspil.organisation.scope import OfOrganisation


class AgendaEntry(OfOrganisation):
    """The place of an item on the agenda of one meeting, and how it is to be treated there."""

    meeting = models.ForeignKey("dialogue.Meeting", on_delete=models.CASCADE, related_name="entries")
    item = models.ForeignKey("dialogue.Item", on_delete=models.CASCADE, related_name="entries")
    position = models.PositiveIntegerField()
    minutes = models.PositiveIntegerField(null=True, blank=True)  # how long it may take
    presenter = models.CharField(max_length=120, blank=True)
    late = models.BooleanField(default=False)  # asked for after the last day for it
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "item"], name="an_item_has_one_place_a_meeting")
        ]


class AgendaConsent(OfOrganisation):
    """One of those whom the rules name says yes to exactly this agenda."""

    meeting = models.ForeignKey("dialogue.Meeting", on_delete=models.CASCADE, related_name="consents")
    as_kind = models.CharField(max_length=12)  # the kind of seat it was said for
    seat = models.ForeignKey(Seat, null=True, on_delete=models.SET_NULL, related_name="+")
    person = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    said_at = models.DateTimeField()
    sha256 = models.CharField(max_length=64)  # of the agenda as it stood

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "as_kind", "sha256"], name="one_yes_a_seat_and_agenda")
        ]


class SentAgenda(OfOrganisation):
    """The agenda as it was sent. What comes onto it later is an addendum."""

    meeting = models.OneToOneField("dialogue.Meeting", on_delete=models.CASCADE, related_name="sent_agenda")
    sent_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    sent_at = models.DateTimeField()
    items = models.JSONField(default=list)  # refs, in their order
    sha256 = models.CharField(max_length=64)


class Annex(OfOrganisation):
    """A file that belongs to an item. It may be read by those who may read the item."""

    ref = RefField()
    item = models.ForeignKey("dialogue.Item", on_delete=models.CASCADE, related_name="annexes")
    name = models.CharField(max_length=200)
    file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="+")
    added_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["added_at", "pk"]

    @property
    def initiative(self) -> "Initiative | None":
        """The initiative that the item is about; whoever may follow it may read its annexes."""
        return self.item.initiative
