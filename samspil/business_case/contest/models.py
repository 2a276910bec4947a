"""Facts about what those affected said of a case, and what they were answered."""

from django.db import models
from django.db.models import Q

from samspil.business_case.models import Case, Edit, Part
from samspil.initiative.models import Citable, Initiative
from samspil.organisation.models import Person


class Assumption(Citable):
    """A figure of a part in plain words: “this saving assumes 4 minutes a visit”. One that nobody has put
    into words can be contested as well."""

    part = models.ForeignKey(Part, on_delete=models.PROTECT, related_name="assumptions")
    figure = models.CharField(max_length=20)  # the field of the part's content
    text = models.CharField(max_length=300)
    stood = models.JSONField()  # the figure that was put into words; once it is another, the words are old
    worded_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    worded_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["part", "figure"], name="an_assumption_has_one_wording"),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def case(self) -> Case:
        return self.part.case

    @property
    def initiative(self) -> Initiative:
        return self.part.case.initiative


class Answer(Citable):
    """One reasoned answer to one remark or to several. `edit` is the change it brought about."""

    class Outcome(models.TextChoices):
        ACCEPTED = "accepted"
        PARTLY = "partly"
        NOT_ACCEPTED = "not_accepted"
        NOTED = "noted"

    part = models.ForeignKey(Part, on_delete=models.PROTECT, related_name="answers")
    outcome = models.CharField(max_length=12, choices=Outcome)
    text = models.TextField()
    edit = models.ForeignKey(Edit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    answered_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    answered_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.text

    @property
    def case(self) -> Case:
        return self.part.case

    @property
    def initiative(self) -> Initiative:
        return self.part.case.initiative

    @property
    def changed_the_case(self) -> bool:
        return self.outcome in (self.Outcome.ACCEPTED, self.Outcome.PARTLY)


class Remark(Citable):
    """What somebody said of a part, under their name. Without `figure` it is about the part as a whole.

    `stood` is the figure as it was when they spoke, `own` the one they gave, both as the format writes them.
    Whoever agrees is owed no answer, so there is no day.
    """

    class Stance(models.TextChoices):
        COMMENT = "comment"
        AGREES = "agrees"
        DISAGREES = "disagrees"
        OWN_FIGURE = "own_figure"

    part = models.ForeignKey(Part, on_delete=models.PROTECT, related_name="remarks")
    figure = models.CharField(max_length=20, blank=True)
    stance = models.CharField(max_length=12, choices=Stance)
    text = models.TextField(blank=True)
    stood = models.JSONField(null=True, blank=True)
    own = models.JSONField(null=True, blank=True)
    said_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    said_at = models.DateTimeField()
    owed_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    due = models.DateField(null=True)
    remind_on = models.DateField(null=True)  # None: so late that there is no day in between
    reminded_before_at = models.DateTimeField(null=True)
    reminded_after_at = models.DateTimeField(null=True)
    answer = models.ForeignKey(Answer, null=True, on_delete=models.PROTECT, related_name="remarks")

    class Meta:
        ordering = ["said_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(stance="own_figure") | Q(own__isnull=False), name="an_own_figure_is_there"
            ),
            models.CheckConstraint(
                condition=Q(stance="agrees") | Q(due__isnull=False), name="who_speaks_is_owed_an_answer"
            ),
            models.CheckConstraint(
                condition=Q(stance="comment") | ~Q(figure=""), name="a_stance_is_about_a_figure"
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def case(self) -> Case:
        return self.part.case

    @property
    def initiative(self) -> Initiative:
        return self.part.case.initiative

    @property
    def is_owed(self) -> bool:
        return self.due is not None and self.answer_id is None
