"""Facts about the urn of a secret round.

No row here has a private key, and none says when anybody answered.
"""

from django.db import models
from django.db.models import Q

from samspil.initiative.models import Initiative
from samspil.kit.models import Blob
from samspil.organisation.models import Committee, Person
from samspil.organisation.scope import OfOrganisation
from samspil.participation.models import Elector, Round


class Urn(OfOrganisation):
    """How far a secret round is on the way from choosing holders to having nothing left but numbers."""

    class State(models.TextChoices):
        PREPARING = "preparing"
        OPEN = "open"
        CLOSED = "closed"  # nothing comes in any more
        STRIPPED = "stripped"  # nothing says whose an envelope was
        EXPORTED = "exported"  # the urn has a hash that cannot change, and waits for two holders
        OPENED = "opened"  # counted; holders may recount
        DESTROYED = "destroyed"  # envelopes and wraps are gone

    round = models.OneToOneField(Round, on_delete=models.CASCADE, related_name="urn")
    committee = models.ForeignKey(Committee, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.PREPARING)
    attributes = models.JSONField(default=list, blank=True)  # by what results may be broken down
    longest_text = models.PositiveIntegerField(default=0)
    recount_days = models.PositiveSmallIntegerField(default=14)
    form = models.JSONField(default=dict, blank=True)  # all that a ballot holds, fixed when the round opens

    drill = models.BinaryField(default=b"", blank=True)  # a test ballot, sealed to the three
    drill_sha256 = models.CharField(max_length=64, blank=True)  # of what is in it
    drilled_at = models.DateTimeField(null=True, blank=True)

    begun_by = models.PositiveSmallIntegerField(null=True, blank=True)  # which place opened the outer boxes
    left = models.BinaryField(default=b"", blank=True)  # of the drill: what that holder left for the others

    to_rewrite = models.BooleanField(default=False)  # rows are gone, their bytes may still be on the disk
    cast = models.PositiveIntegerField(default=0)
    urn_sha256 = models.CharField(max_length=64, blank=True)
    receipts = models.ForeignKey(Blob, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    result_sha256 = models.CharField(max_length=64, blank=True)
    result = models.ForeignKey(Blob, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    recount_until = models.DateField(null=True, blank=True)
    emptied_at = models.DateTimeField(null=True, blank=True)  # a restored backup has no envelopes

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(recount_days__gte=1) & Q(recount_days__lte=14),
                name="an_urn_is_recounted_for_two_weeks_at_most",
            ),
        ]

    def __str__(self) -> str:
        return str(self.round)

    @property
    def initiative(self) -> Initiative | None:
        """Whose guests may read it."""
        return self.round.initiative


class Holder(OfOrganisation):
    """Somebody who keeps one of the three keys. Here is the half of it that everybody may know."""

    urn = models.ForeignKey(Urn, on_delete=models.CASCADE, related_name="holders")
    place = models.PositiveSmallIntegerField()  # 0, 1: the staff side; 2: the committee's secretary
    person = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    deputy = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    public_key = models.CharField(max_length=64, blank=True)
    drilled = models.BooleanField(default=False)  # has opened a test ballot with this key
    recounted_at = models.DateTimeField(null=True, blank=True)
    key_destroyed_at = models.DateTimeField(null=True, blank=True)  # as its holder has signed

    class Meta:
        ordering = ["urn", "place"]
        constraints = [
            models.UniqueConstraint(fields=["urn", "place"], name="one_holder_a_place"),
            models.UniqueConstraint(
                fields=["public_key"], condition=~Q(public_key=""), name="a_key_is_of_one_round"
            ),
            models.CheckConstraint(condition=Q(place__lt=3), name="three_holders"),
        ]


class Envelope(OfOrganisation):
    """The sealed ballot of somebody who was asked, until the round closes. A later one takes its place.

    Its key is the elector's, so the rows stand in the order of the roster and not in that of arrival.
    """

    elector = models.OneToOneField(
        Elector, primary_key=True, on_delete=models.PROTECT, related_name="envelope"
    )
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="envelopes")
    sealed = models.BinaryField()
    sha256 = models.CharField(max_length=64)


class SealedBallot(OfOrganisation):
    """An envelope of a closed round without whose it was. Two equal ones are two copies of one hash."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="sealed_ballots")
    sha256 = models.CharField(max_length=64)
    copy = models.PositiveIntegerField()
    sealed = models.BinaryField()
    left = models.BinaryField(default=b"", blank=True)  # what the holder who began has left for the others

    class Meta:
        ordering = ["round", "sha256", "copy"]
        constraints = [
            models.UniqueConstraint(fields=["round", "sha256", "copy"], name="a_sealed_ballot_lies_once"),
        ]


class OpenedText(OfOrganisation):
    """What somebody wrote on an opened ballot, apart from their answers and from everything else on it."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="opened_texts")
    text = models.TextField()
    follow_sha256 = models.CharField(max_length=64, blank=True)  # of the code its author keeps

    class Meta:
        ordering = ["round", "pk"]
