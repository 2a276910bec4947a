"""Facts about results: the versions that were released, the groups in them, and votes that came in."""

from django.db import models
from django.db.models import Q

from samspil.initiative.models import Citable, Initiative
from samspil.involvement.models import Consultation
from samspil.organisation.models import File
from samspil.organisation.scope import OfOrganisation
from samspil.participation.models import Round


class KeptVotes(OfOrganisation):
    """The votes of a consultation that was brought in, so that its result can be computed again.

    One line a vote, under the numbers that the export gave people; nothing leads from them to a person.
    """

    consultation = models.OneToOneField(Consultation, on_delete=models.CASCADE, related_name="kept_votes")
    file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="+")

    class Meta:
        app_label = "involvement"


class OpinionResult(Citable):
    """One version of a result. Rows are added, never changed: `release` holds all that may be told."""

    consultation = models.ForeignKey(
        Consultation, null=True, blank=True, on_delete=models.CASCADE, related_name="results"
    )
    round = models.ForeignKey(Round, null=True, blank=True, on_delete=models.CASCADE, related_name="results")
    number = models.PositiveIntegerField()
    made_at = models.DateTimeField()
    algorithm_version = models.CharField(max_length=60)
    parameters = models.JSONField()
    seed = models.PositiveBigIntegerField()
    input_sha256 = models.CharField(max_length=64)
    result_sha256 = models.CharField(max_length=64)
    release_sha256 = models.CharField(max_length=64)
    participants = models.PositiveIntegerField(null=True)  # None: too few to be told
    certainty = models.CharField(max_length=20)
    release = models.JSONField()

    class Meta:
        app_label = "involvement"
        ordering = ["-number", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "number"],
                condition=Q(consultation__isnull=False),
                name="a_consultation_has_its_versions",
            ),
            models.UniqueConstraint(
                fields=["round", "number"], condition=Q(round__isnull=False), name="a_round_has_its_versions"
            ),
            models.CheckConstraint(
                condition=Q(consultation__isnull=True) ^ Q(round__isnull=True),
                name="a_result_is_of_one_source",
            ),
        ]

    def __str__(self) -> str:
        return str(self.source)

    @property
    def source(self) -> "Consultation | Round":
        """What was asked: a consultation held elsewhere, or a round."""
        found = self.consultation or self.round
        assert found is not None  # noqa: S101 - the database holds it to one of them
        return found

    @property
    def initiative(self) -> Initiative | None:
        return self.source.initiative


class OpinionGroup(Citable):
    """A group that sees things alike in one version of a result, so that it can be cited."""

    result = models.ForeignKey(OpinionResult, on_delete=models.CASCADE, related_name="groups")
    number = models.PositiveSmallIntegerField()
    people = models.PositiveIntegerField()

    class Meta:
        app_label = "involvement"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["result", "number"], name="a_group_has_its_number"),
        ]

    @property
    def initiative(self) -> Initiative | None:
        return self.result.initiative

    @property
    def letter(self) -> str:
        return letter_of(self.number)


def letter_of(number: int) -> str:
    """A, B, C for the first, second and third group."""
    return chr(ord("A") + number - 1)
