"""Facts about meetings, items, answers, outcomes and minutes."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce

from samspil.initiative.models import BindingStep, Citable, Initiative
from samspil.kit.refs import RefField
from samspil.organisation.models import Committee, Content, File, Person, Seat, Union
from samspil.organisation.scope import OfOrganisation


class Meeting(OfOrganisation):
    """A meeting of a committee. `request_by` is the last day to ask for an item."""

    class Kind(models.TextChoices):
        ORDINARY = "ordinary"
        EXTRAORDINARY = "extraordinary"
        WRITTEN = "written"
        ELSEWHERE = "elsewhere"  # held before or beside Samspil; only its result is recorded

    ref = RefField()
    committee = models.ForeignKey(Committee, on_delete=models.PROTECT, related_name="meetings")
    kind = models.CharField(max_length=14, choices=Kind, default=Kind.ORDINARY)
    on = models.DateField()
    starts = models.TimeField(null=True, blank=True)
    ends = models.TimeField(null=True, blank=True)
    place = models.CharField(max_length=200, blank=True)
    request_by = models.DateField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_because = models.CharField(max_length=300, blank=True)
    revision = models.PositiveIntegerField(default=0)  # how often its day, time or place was changed

    class Meta:
        ordering = ["on", "pk"]
        indexes = [models.Index(fields=["organisation", "on"], name="meeting_by_day")]


class DateCorrection(OfOrganisation):
    """A date that a meeting had by mistake, and why. The right one stands on the meeting."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="corrections")
    before = models.DateField()
    after = models.DateField()
    reason = models.CharField(max_length=300)
    corrected_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    corrected_at = models.DateTimeField()

    class Meta:
        ordering = ["corrected_at", "pk"]


class Item(Citable):
    """An item for a committee: about an initiative in a phase, or about anything."""

    class Status(models.TextChoices):
        REQUESTED = "requested"  # asked for, no meeting yet
        ON_AGENDA = "on_agenda"
        DISCUSSED = "discussed"  # outcome recorded
        RELEASED = "released"  # minutes released by those the rules name
        APPROVED = "approved"  # minutes approved by those the rules name
        WITHDRAWN = "withdrawn"

    committee = models.ForeignKey(Committee, on_delete=models.PROTECT, related_name="items")
    meeting = models.ForeignKey(
        Meeting, null=True, blank=True, on_delete=models.PROTECT, related_name="items"
    )
    initiative = models.ForeignKey(
        Initiative, null=True, blank=True, on_delete=models.PROTECT, related_name="items"
    )
    phase = models.CharField(max_length=16, blank=True)
    before_step = models.ForeignKey(
        BindingStep, null=True, blank=True, on_delete=models.SET_NULL, related_name="items"
    )
    title = models.CharField(max_length=300)
    proposal = models.TextField(blank=True)  # what is proposed to come of it; empty: that it is discussed
    purpose = models.CharField(max_length=20, blank=True)  # what is wanted, from the regime's table
    case = models.TextField(blank=True)  # what the committee needs to know
    model = models.ForeignKey(Content, null=True, on_delete=models.PROTECT, related_name="+")
    regime = models.ForeignKey(
        Content, on_delete=models.PROTECT, related_name="+"
    )  # outcomes and words as they were
    status = models.CharField(max_length=12, choices=Status, default=Status.REQUESTED)
    requested_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    requested_at = models.DateTimeField()
    case_number = models.CharField(max_length=60, blank=True)  # empty: the initiative's
    confidential_until = models.DateField(null=True, blank=True)  # the day on which it opens by itself
    confidential_because = models.CharField(max_length=300, blank=True)
    staff_released_at = models.DateTimeField(null=True)
    management_released_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [models.Index(fields=["organisation", "status"], name="item_by_status")]

    def __str__(self) -> str:
        return self.title

    @property
    def filed_under(self) -> str:
        """Its own case number, or that of the initiative it is about."""
        return self.case_number or (self.initiative.case_number if self.initiative else "")


class ItemQuestion(OfOrganisation):
    """A question put to the committee, in the wording it had then."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="questions")
    ref = RefField()
    key = models.CharField(max_length=80)
    position = models.PositiveIntegerField()
    wording = models.JSONField()  # ask, explanation, why, good_answer, before: as in the question model

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["item", "key"], name="a_question_is_put_once")]


class PreparatoryAnswer(OfOrganisation):
    """One side's answer to a question before the meeting. The staff side's is its own until released."""

    question = models.ForeignKey(ItemQuestion, on_delete=models.CASCADE, related_name="answers")
    side = models.CharField(max_length=12, choices=Seat.Side)
    text = models.TextField()
    salt = models.CharField(max_length=32)  # opens the commitment that the journal holds to this text
    written_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    written_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["question", "side"], name="one_answer_a_side")]


class Outcome(OfOrganisation):
    """What came of the item at a meeting, from the regime's list; per union where the regime says so."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="outcomes")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="outcomes")
    key = models.CharField(max_length=60)
    told = models.JSONField(default=dict, blank=True)  # what the outcome asks for, by the table's keys
    union = models.ForeignKey(Union, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    order = models.CharField(max_length=6, blank=True)  # before · after a step on the same day
    recorded_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)  # how often it was recorded at this meeting

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "item",
                "meeting",
                Coalesce("union", 0, output_field=models.BigIntegerField()),
                name="one_outcome_a_union",
            ),
        ]


class Position(OfOrganisation):
    """What a side or a union stood for, as it is to stand in the minutes."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="positions")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="positions")
    side = models.CharField(max_length=12, choices=Seat.Side)
    union = models.ForeignKey(Union, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()


class ActionPoint(OfOrganisation):
    """Somebody does something by a date."""

    ref = RefField()
    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="action_points")
    text = models.CharField(max_length=300)
    owner = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    due = models.DateField()
    done_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)


class Minutes(OfOrganisation):
    """A version of what the minutes say of an item at a meeting. Releasing and approving sign its record."""

    ref = RefField()
    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="minutes")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="minutes")
    number = models.PositiveIntegerField()
    text = models.TextField(blank=True)
    record = models.TextField()  # canonical JSON: outcomes, positions, text and the file's hash
    sha256 = models.CharField(max_length=64)  # of the record
    released_on = models.DateField(null=True)  # when the last of those the rules name had signed
    approved_on = models.DateField(null=True)
    written_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    written_at = models.DateTimeField()
    file = models.ForeignKey(File, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["item", "number"], name="minutes_are_numbered")]


class Signature(OfOrganisation):
    """A seat released or approved a version of the minutes."""

    class Act(models.TextChoices):
        RELEASE = "release"
        APPROVE = "approve"

    minutes = models.ForeignKey(Minutes, on_delete=models.CASCADE, related_name="signatures")
    act = models.CharField(max_length=8, choices=Act)
    seat = models.ForeignKey(Seat, null=True, on_delete=models.SET_NULL, related_name="+")
    as_kind = models.CharField(max_length=12)  # the seat's kind, or "elsewhere"
    elsewhere_by = models.CharField(max_length=200, blank=True)  # who signed, when it was done elsewhere
    union = models.ForeignKey(Union, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    signed_on = models.DateField()
    at_meeting = models.ForeignKey(
        Meeting, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )  # where it was approved, when at a meeting
    signed_at = models.DateTimeField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "minutes",
                "act",
                "as_kind",
                Coalesce("union", 0, output_field=models.BigIntegerField()),
                name="signed_once",
            ),
            models.CheckConstraint(condition=~Q(sha256=""), name="a_signature_names_its_text"),
        ]


# What stands in sub-packages of this room; imported whole, since they build on the models above.
import samspil.dialogue.agenda.models  # noqa: E402
import samspil.dialogue.attendance.models  # noqa: E402
import samspil.dialogue.dossier.models  # noqa: E402
import samspil.dialogue.feed.models  # noqa: E402
import samspil.dialogue.follow_up.models  # noqa: E402
import samspil.dialogue.guidelines.models  # noqa: E402
import samspil.dialogue.minutes.models  # noqa: E402
import samspil.dialogue.moving.models  # noqa: E402
import samspil.dialogue.remedies.models  # noqa: E402
import samspil.dialogue.replies.models  # noqa: E402
import samspil.dialogue.staff_room.models  # noqa: E402
import samspil.dialogue.strategy.models  # noqa: E402
import samspil.dialogue.wheel.models  # noqa: E402
import samspil.dialogue.wording.models  # noqa: E402, F401
