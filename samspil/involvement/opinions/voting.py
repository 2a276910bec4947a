"""What somebody who takes part does with a statement: agree, disagree, pass, take it back.

The way of a vote is short, for a hall may vote at once: what can be looked up is looked up first, then one
transaction keeps the vote and looks whether the round is still open. Nothing of it is journalled.
"""

from datetime import date

from django.db import IntegrityError, connection, transaction

from samspil.involvement.opinions import tallies
from samspil.involvement.opinions.models import RoundStatement, Vote
from samspil.involvement.opinions.words import NOT_HERE, NOT_OPEN_ANY_MORE, SECRET_HAS_NO_VOTES
from samspil.kit.refusal import Refused
from samspil.participation import entering
from samspil.participation.entering import Entrance
from samspil.participation.models import Participant, PseudonymKey, Round

# As it is written by hand, a vote costs half. The probability stays that of the first time.
KEEP = f"""
INSERT INTO {Vote._meta.db_table} (organisation_id, participant_id, statement_id, value, day, drawn_with)
VALUES (%s, %s, %s, %s, %s, %s)
ON CONFLICT (participant_id, statement_id) DO UPDATE SET value = excluded.value, day = excluded.day
"""  # noqa: S608  # nosec B608 - names of ours
STATE = f"SELECT state FROM {Round._meta.db_table} WHERE id = %s"  # noqa: S608  # nosec B608 - a name of ours


def cast_vote(
    *, entrance: Entrance, number: int, value: int, on: date, drawn_with: float | None = None
) -> Participant:
    """Keep what whoever stands at the door thinks of a statement, in place of what they said before.

    Sending the same vote twice leaves one. A vote that was kept before the round closed counts, a later one
    is refused.
    """
    round_ = entrance.round
    statement, said = _asked_about(round_, number), Vote.Value(value)
    before = _participant(entrance)
    with transaction.atomic():
        participant = before or entering.take_part(entrance, on)
        with connection.cursor() as cursor:
            cursor.execute(
                KEEP, (round_.organisation_id, participant.pk, statement, said.value, on, drawn_with)
            )
        _still_open(round_)
    return participant


def take_back_vote(*, entrance: Entrance, number: int) -> None:
    """As if the statement had not been answered. Taking back what is not there changes nothing."""
    statement = _asked_about(entrance.round, number)
    participant = _participant(entrance)
    with transaction.atomic():
        Vote.objects.filter(participant=participant, statement=statement).delete()
        _still_open(entrance.round)


def _asked_about(round_: Round, number: int) -> int:
    """The id of a statement, if others are asked about it.

    One more vote does no harm to what was left out a moment ago: it does not count. What was taken in a
    moment ago is looked up.
    """
    if round_.level == Round.Level.SECRET:
        raise Refused(SECRET_HAS_NO_VOTES)
    if number in (known := tallies.of(round_).said):
        return known[number].key
    accepted = RoundStatement.objects.filter(round=round_, state=RoundStatement.State.ACCEPTED)
    found = accepted.filter(number=number).first()
    if found is None:
        raise Refused(NOT_HERE)
    return found.pk


def _participant(entrance: Entrance) -> Participant | None:
    try:
        return entering.participant_of(entrance)
    except PseudonymKey.DoesNotExist:
        raise Refused(NOT_OPEN_ANY_MORE) from None


def _still_open(round_: Round) -> None:
    """Closing waits for the votes that are on their way, and those after it find the round closed.

    Whoever closes holds the statements (`closing.py`); a vote that refers to one of them waits until then.
    PostgreSQL would look at what a vote refers to when it is kept, which is too late.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            try:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            except IntegrityError:  # the participant has been written anew
                raise Refused(NOT_OPEN_ANY_MORE) from None
        cursor.execute(STATE, [round_.pk])
        [state] = cursor.fetchone()
    if state != Round.State.OPEN:
        raise Refused(NOT_OPEN_ANY_MORE)
