"""Facts about items that were sent down, the committees that were asked, and what they replied."""

from django.db import models

from samspil.dialogue.models import Item
from samspil.initiative.models import Citable
from samspil.kit.refs import RefField
from samspil.organisation.models import Committee, Person
from samspil.organisation.scope import OfOrganisation


class Sending(Citable):
    """Questions of an item, put to committees below the one whose item it is, to be answered by a day."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="sendings")
    why = models.CharField(max_length=600, blank=True)
    due = models.DateField()
    remind_on = models.DateField(null=True)  # None: sent so late that there is no day in between
    sent_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    sent_at = models.DateTimeField()
    closed_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    closed_at = models.DateTimeField(null=True)
    reminded_before_at = models.DateTimeField(null=True)
    reminded_after_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["sent_at", "pk"]

    @property
    def committee_id(self) -> int:
        """The committee that asks."""
        return self.item.committee_id


class SentQuestion(OfOrganisation):
    """A question that was sent down, in the wording it had then."""

    sending = models.ForeignKey(Sending, on_delete=models.CASCADE, related_name="questions")
    ref = RefField()
    key = models.CharField(max_length=80)
    position = models.PositiveIntegerField()
    wording = models.JSONField()  # as in ItemQuestion

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["sending", "key"], name="sent_down_once")]


class Asked(OfOrganisation):
    """A committee that is asked. `item` is that on its own agenda, if it took the matter up as one."""

    ref = RefField()
    sending = models.ForeignKey(Sending, on_delete=models.CASCADE, related_name="asked")
    committee = models.ForeignKey(Committee, on_delete=models.PROTECT, related_name="asked")
    item = models.ForeignKey(Item, null=True, on_delete=models.SET_NULL, related_name="asked_as")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sending", "committee"], name="asked_once")]

    @property
    def code(self) -> str:
        """What stands on the sheet to write on, short enough to be typed."""
        return str(self.ref[:6]).upper()


class Reply(Citable):
    """What a committee replied. A change after the deadline is a reply of its own; both are kept."""

    class Way(models.TextChoices):
        MEETING = "meeting"
        MAIL = "mail"  # a round of mail
        PAPER = "paper"

    asked = models.ForeignKey(Asked, on_delete=models.CASCADE, related_name="replies")
    number = models.PositiveIntegerField()
    way = models.CharField(max_length=8, choices=Way)
    held_on = models.DateField()
    took_part = models.PositiveIntegerField(null=True)
    because = models.CharField(max_length=600, blank=True)  # why there is no answer
    entered = models.BooleanField(default=False)  # from paper, by somebody outside the committee
    replied_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    replied_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["asked", "number"], name="replies_are_numbered")]


class ReplyAnswer(OfOrganisation):
    """A committee's answer to one question, and whose position it is."""

    class Position(models.TextChoices):
        SHARED = "shared"
        MANAGEMENT = "management"
        STAFF = "staff"
        DISAGREEMENT = "disagreement"

    reply = models.ForeignKey(Reply, on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(SentQuestion, on_delete=models.CASCADE, related_name="answers")
    position = models.CharField(max_length=12, choices=Position)
    text = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["reply", "question"], name="one_answer_a_reply")]
