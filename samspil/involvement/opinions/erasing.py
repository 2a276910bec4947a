"""Forgetting a person in rounds: with names always, in confidence while the key is there, in secret never."""

from datetime import datetime

from django.db.models import QuerySet

from samspil.involvement.opinions.models import RoundStatement, Vote
from samspil.organisation.models import Person
from samspil.participation.erasing import taken_part


def votes_of(person: Person) -> "QuerySet[Vote]":
    """The answers that can still be found by somebody's name."""
    return Vote.objects.filter(participant__in=taken_part(person)).order_by("pk")


def statements_by(person: Person) -> "QuerySet[RoundStatement]":
    return RoundStatement.objects.filter(author__in=taken_part(person)).order_by("pk")


def forget_the_author(person: Person, _at: datetime) -> None:
    statements_by(person).update(author=None)
