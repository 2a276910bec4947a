"""What can be read of the statements of a round and the votes on them."""

import base64
import binascii
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection
from django.db.models import QuerySet
from django.utils.crypto import salted_hmac
from nacl.exceptions import CryptoError
from nacl.secret import SecretBox

from samspil.core import routing
from samspil.involvement.opinions import tallies
from samspil.involvement.opinions.models import Appeal, ModerationStep, RoundStatement, Vote
from samspil.involvement.opinions.tallies import Said
from samspil.participation.entering import Entrance, participant_of
from samspil.participation.models import Participant, Round

# By hand, for whoever votes asks each time; in the order in which the statements stand.
ANSWERS = f"""
SELECT statement.number, vote.value FROM {Vote._meta.db_table} vote
JOIN {RoundStatement._meta.db_table} statement ON statement.id = vote.statement_id
WHERE vote.participant_id = %s ORDER BY statement.place, statement.number
"""  # noqa: S608  # nosec B608 - names of ours
ABOUT = ("thing", "round__thing", "round__organisation", "round__initiative__thing")


def statement(ref: str) -> RoundStatement | None:
    return RoundStatement.objects.filter(thing__ref=ref).select_related(*ABOUT).first()


def statements_of(round_: Round) -> "QuerySet[RoundStatement]":
    """All of them, whatever became of them, in the order of those who ask."""
    return RoundStatement.objects.filter(round=round_).select_related("thing").order_by("place", "number")


def is_asked(round_: Round, number: int) -> bool:
    rows = RoundStatement.objects.filter(round=round_, state=RoundStatement.State.ACCEPTED)
    return rows.filter(number=number).exists()


def waiting_in(round_: Round) -> "QuerySet[RoundStatement]":
    """What the moderators have to look at, the oldest first."""
    return statements_of(round_).filter(state=RoundStatement.State.WAITING).order_by("waits_since", "number")


def appeals_in(round_: Round) -> "QuerySet[Appeal]":
    """Appeals that nobody has decided yet."""
    rows = Appeal.objects.filter(statement__round=round_, upheld=None)
    return rows.select_related("statement__thing", "statement__round__initiative__thing").order_by("pk")


def log_of(round_: Round) -> "QuerySet[ModerationStep]":
    rows = ModerationStep.objects.filter(statement__round=round_)
    return rows.select_related("statement", "by").order_by("pk")


def votes_of(round_: Round) -> Iterator[tuple[int, int, int]]:
    """Every current vote on what others were asked about, as (person, statement number, value).

    Persons are numbers from 1 in the order of their keys, so that a row says nothing of when somebody came.
    Those set apart are left out.
    """
    ordinal = _ordinals(round_)
    votes = _votes_that_count(round_).order_by("participant__key", "statement__number")
    for person, number, value in votes.values_list("participant", "statement__number", "value").iterator():
        yield ordinal[person], number, value


def tiers_of(round_: Round) -> dict[int, str]:
    """How sure each who voted is one person who was asked, under the same numbers."""
    ordinal = _ordinals(round_)
    rows = _votes_that_count(round_).order_by().values_list("participant", "participant__tier").distinct()
    return {ordinal[person]: tier for person, tier in rows}


def _ordinals(round_: Round) -> dict[int, int]:
    people = _who_count(round_).order_by("key").values_list("pk", flat=True)
    return {person: place for place, person in enumerate(people, 1)}


def _who_count(round_: Round) -> "QuerySet[Participant]":
    return Participant.objects.filter(round=round_, quarantined="")


def _votes_that_count(round_: Round) -> "QuerySet[Vote]":
    accepted = RoundStatement.State.ACCEPTED
    return Vote.objects.filter(participant__in=_who_count(round_), statement__state=accepted)


def answers_of(participant: Participant | None) -> dict[int, int]:
    """What a participant thinks of what they have answered, by the number of the statement."""
    if participant is None:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(ANSWERS, [participant.pk])
        return dict(cursor.fetchall())


def ballots(round_: Round) -> dict[int, dict[int, int]]:
    """For each participant's id what they answered, by number."""
    found: dict[int, dict[int, int]] = {}
    votes = Vote.objects.filter(participant__round=round_).order_by()
    for person, number, value in votes.values_list("participant", "statement__number", "value"):
        found.setdefault(person, {})[number] = value
    return found


def lines(round_: Round) -> list[tuple[int, str]]:
    """What is asked, as it stands on paper."""
    return list(
        statements_of(round_).filter(state=RoundStatement.State.ACCEPTED).values_list("number", "text")
    )


def own_statements(participant: Participant | None) -> "QuerySet[RoundStatement]":
    """What somebody wrote, while the round is open."""
    rows = RoundStatement.objects.filter(author=participant) if participant else RoundStatement.objects.none()
    return rows.select_related("thing", "appeal").order_by("number")


@dataclass(frozen=True)
class Next:
    """What somebody is asked next, how far they are, and how probable it was (sealed)."""

    said: Said | None
    drawn: str
    answered: int
    of: int


def next_for(entrance: Entrance, answers: dict[int, int], participant: Participant | None) -> Next:
    """The draw is the same each time until an answer is given or the board has changed."""
    round_ = entrance.round
    board = tallies.of(round_)
    given = sum(number in board.said for number in answers)
    seed = participant.key if participant else f"{round_.code} {entrance.who}"
    group = entrance.asked.pk if entrance.asked else None
    found = routing.draw(board.board, group, answers.keys(), routing.chance_of(seed, given))
    if found is None:
        return Next(None, "", given, len(board.said))
    drawn = _sealed(round_, f"{found.number} {found.probability:.6f}")
    return Next(board.said[found.number], drawn, given, len(board.said))


def drawn_with(round_: Round, number: int, drawn: str) -> float | None:
    """With which probability a statement was put before somebody; None when it was not drawn."""
    try:
        opened = _box(round_).decrypt(base64.urlsafe_b64decode(drawn)).decode()
    except (CryptoError, binascii.Error, ValueError, TypeError):
        return None
    said, _space, probability = opened.partition(" ")
    return float(probability) if said == str(number) else None


def as_they_came(
    entrance: Entrance, known: Participant | None = None
) -> tuple[Participant | None, dict[int, int]]:
    """Who stands at the door, if they have taken part before, and what they have answered."""
    participant = known or participant_of(entrance)
    return participant, answers_of(participant)


def _sealed(round_: Round, drawn: str) -> str:
    """For the page, which sends it back: the probability follows from how others have answered until now, so
    whoever reads the page may not read it."""
    return base64.urlsafe_b64encode(_box(round_).encrypt(drawn.encode())).decode()


def _box(round_: Round) -> SecretBox:
    return SecretBox(salted_hmac("samspil.involvement.drawn", round_.code, algorithm="sha256").digest())
