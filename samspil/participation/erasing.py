"""What is forgotten about a person in rounds."""

from datetime import datetime

from samspil.organisation.models import Person
from samspil.participation.models import Participant


def forget_in_rounds(person: Person, _at: datetime) -> None:
    """Who took part by name goes with their answers; what they typed in for others stays without a name."""
    Participant.objects.filter(person=person).delete()
    Participant.objects.filter(entered_by=person).update(entered_by=None)
