"""What is forgotten about a person in rounds: with names always, in confidence while the key is there."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Q, QuerySet

from samspil.organisation.models import Person
from samspil.participation import entering, pseudonyms
from samspil.participation.models import Elector, Participant, Round


def taken_part(person: Person) -> "QuerySet[Participant]":
    """The participants who can be found to be this person: by name, or by the key of a round that is open."""
    found = Q(person=person)
    for round_, key in _keys(person):
        found |= Q(round=round_, key=key)
    return Participant.objects.filter(found).order_by("pk")


def forget_in_rounds(person: Person, _at: datetime) -> None:
    """Whoever took part goes with their answers; what they typed in for others stays without a name."""
    taken_part(person).delete()
    Participant.objects.filter(entered_by=person).update(entered_by=None)


def _keys(person: Person) -> Iterator[tuple[Round, str]]:
    """Under which keys somebody stands in confidential rounds that are open, if they have taken part."""
    rounds = Round.objects.filter(level=Round.Level.CONFIDENTIAL, state=Round.State.OPEN)
    electors = Elector.objects.filter(round__in=rounds, person=person).select_related("round")
    for elector in electors:
        yield elector.round, pseudonyms.participant_key(elector.round, entering.as_elector(elector.ref))
    for round_ in rounds.filter(by_link=True):
        yield round_, pseudonyms.participant_key(round_, entering.as_person(person.ref))
