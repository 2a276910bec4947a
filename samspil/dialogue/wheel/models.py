"""Facts about the annual wheel: the standing topics of a committee, and the items they became."""

from django.db import models

from samspil.kit.refs import RefField
from samspil.organisation.models import Committee
from samspil.organisation.scope import OfOrganisation


class StandingTopic(OfOrganisation):
    """What a committee takes up every year in some months."""

    ref = RefField()
    committee = models.ForeignKey(Committee, on_delete=models.CASCADE, related_name="topics")
    key = models.CharField(max_length=40, blank=True)  # which of the usual topics it was taken from
    title = models.CharField(max_length=300)
    about = models.TextField(blank=True)  # what the item says when it comes up
    purpose = models.CharField(max_length=20, blank=True)
    months = models.JSONField(default=list)  # 1–12
    ended_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["title", "pk"]

    def __str__(self) -> str:
        return self.title


class TopicItem(OfOrganisation):
    """The item that a standing topic became at a meeting."""

    topic = models.ForeignKey(StandingTopic, on_delete=models.CASCADE, related_name="items")
    meeting = models.ForeignKey("dialogue.Meeting", on_delete=models.CASCADE, related_name="topics")
    item = models.ForeignKey("dialogue.Item", on_delete=models.CASCADE, related_name="topics")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["topic", "meeting"], name="a_topic_comes_up_once_a_meeting")
        ]
