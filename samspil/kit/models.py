"""What the tool cupboard stores: the demo clock, file contents, jobs and outgoing mail."""

from django.db import models


class ClockShift(models.Model):
    """How far the clock is moved in demo and tests."""

    seconds = models.FloatField()


class Blob(models.Model):
    """The content of a file, addressed by its hash, so that one backup holds all."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    data = models.BinaryField()


class Job(models.Model):
    """Work for the worker. Inserted in the action's transaction under a natural key."""

    key = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=60)
    payload = models.JSONField(default=dict)
    not_before = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    fault = models.TextField(blank=True)
    request = models.CharField(max_length=16, blank=True)  # in whose wake it was added

    class Meta:
        indexes = [models.Index(fields=["done_at", "not_before"], name="job_ready")]


class Mail(models.Model):
    """An outgoing mail. Sent at least once; the words are dropped when they have been sent."""

    key = models.CharField(max_length=200, unique=True)
    to = models.CharField(max_length=320)
    subject = models.CharField(max_length=300)
    body = models.TextField()
    written_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)


class Heartbeat(models.Model):
    """When something last showed that it lives: the worker, the backup, the check of the chain."""

    name = models.CharField(max_length=60, primary_key=True)
    at = models.DateTimeField()
    fine = models.BooleanField(default=True)
    word = models.CharField(max_length=300, blank=True)
