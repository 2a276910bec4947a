"""What somebody who takes part does with a statement: agree, disagree, pass, take it back.

The way of a vote is short, for a hall may vote at once: what can be looked up is looked up first, then one
transaction keeps the vote and looks whether the round is still open. Nothing of it is journalled.
"""

from datetime import date

from django.db import transaction

from samspil.involvement.opinions.models import RoundStatement, Vote
from samspil.involvement.opinions.words import NOT_HERE, NOT_OPEN_ANY_MORE, SECRET_HAS_NO_VOTES
from samspil.kit.refusal import Refused
from samspil.participation import entering
from samspil.participation.entering import Entrance
from samspil.participation.models import Participant, PseudonymKey, Round

VOTE_FIELDS = ["value", "day"]  # the probability stays that of the first time


def cast_vote(
    *, entrance: Entrance, number: int, value: int, on: date, drawn_with: float | None = None
) -> Participant:
    """Keep what whoever stands at the door thinks of a statement, in place of what they said before.

    Sending the same vote twice leaves one. A vote that was kept before the round closed counts, a later one
    is refused.
    """
    statement = _asked_about(entrance.round, number)
    before = _participant(entrance)
    vote = Vote(
        organisation=entrance.round.organisation,
        statement=statement,
        value=Vote.Value(value),
        day=on,
        drawn_with=drawn_with,
    )
    with transaction.atomic():
        vote.participant = before or entering.take_part(entrance, on)
        Vote.objects.bulk_create(
            [vote],
            update_conflicts=True,
            update_fields=VOTE_FIELDS,
            unique_fields=["participant", "statement"],
        )
        _still_open(entrance.round)
    return vote.participant


def take_back_vote(*, entrance: Entrance, number: int) -> None:
    """As if the statement had not been answered. Taking back what is not there changes nothing."""
    _asked_about(entrance.round, number)
    participant = _participant(entrance)
    with transaction.atomic():
        Vote.objects.filter(participant=participant, statement__number=number).delete()
        _still_open(entrance.round)


def _asked_about(round_: Round, number: int) -> RoundStatement:
    if round_.level == Round.Level.SECRET:
        raise Refused(SECRET_HAS_NO_VOTES)
    accepted = RoundStatement.objects.filter(round=round_, state=RoundStatement.State.ACCEPTED)
    found = accepted.filter(number=number).first()
    if found is None:
        raise Refused(NOT_HERE)
    return found


def _participant(entrance: Entrance) -> Participant | None:
    try:
        return entering.participant_of(entrance)
    except PseudonymKey.DoesNotExist:
        raise Refused(NOT_OPEN_ANY_MORE) from None


def _still_open(round_: Round) -> None:
    """Closing waits for the votes that are on their way, and those after it find the round closed.

    Whoever closes holds the statements (`closing.py`); a vote that refers to one of them waits until then.
    """
    if not Round.objects.filter(pk=round_.pk, state=Round.State.OPEN).exists():
        raise Refused(NOT_OPEN_ANY_MORE)
