"""The secret addresses at which people's calendars are fetched."""

from django.db import models

from samspil.organisation.models import Person
from samspil.organisation.scope import OfOrganisation


class FeedAddress(OfOrganisation):
    """A person's one address. Only the hash of its secret is kept; whoever has the secret reads the feed."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="feed_address")
    token_sha256 = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    read_on = models.DateField(null=True)
