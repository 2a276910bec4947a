"""Typing in for others. What is answered is never journalled; who typed it stands with the participant."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.formats import date_format

from samspil.kit import house
from samspil.kit.refusal import Refused
from samspil.kit.room import OnPaper
from samspil.organisation import journal
from samspil.organisation.viewer import Viewer
from samspil.participation import entering
from samspil.participation.models import HandCount, Participant, Round
from samspil.participation.permissions import PERMISSIONS
from samspil.participation.words import (
    ANSWERED_THEMSELVES,
    ENTERED_BEFORE,
    NO_PAPER_HERE,
    NOT_OPEN,
    NOTHING_ON_IT,
    TOO_FEW_HANDS,
    UNKNOWN_CODE,
)

TYPED_IN = (Participant.Channel.PAPER, Participant.Channel.PHONE)


def paper_of(round_: Round) -> OnPaper:
    """How a round is answered on paper, or why it is not."""
    kind = house.round_kinds().get(round_.kind)
    if kind is None or kind.on_paper is None or round_.level == Round.Level.SECRET:
        raise Refused(NO_PAPER_HERE)
    return kind.on_paper


@transaction.atomic
def enter_answers(
    *, round_: Round, code: str, channel: str, answers: Mapping[int, int], by: Viewer, at: datetime
) -> Participant:
    """Keep what somebody wrote on a sheet or said on the telephone; their code counts once."""
    PERMISSIONS.require("enter_for_others", by, round_)
    paper = paper_of(round_)
    if round_.state != Round.State.OPEN or by.today > round_.closes_on:
        raise Refused(NOT_OPEN)
    if not answers:
        raise Refused(NOTHING_ON_IT)
    entrance = entering.by_code(round_, code)
    if entrance is None:
        raise Refused(UNKNOWN_CODE, field="code")
    participant = _first_time(entrance, Participant.Channel(channel), by)
    for number, value in answers.items():
        paper.answer(entrance=entrance, number=number, value=value, on=by.today)
    return participant


@transaction.atomic
def count_hands(
    *, round_: Round, where: str, lines: Mapping[int, Sequence[int]], by: Viewer, at: datetime
) -> HandCount:
    """Keep the hands that were counted in a meeting, beside everything else."""
    PERMISSIONS.require("count_hands", by, round_)
    paper_of(round_)
    if round_.state != Round.State.OPEN:
        raise Refused(NOT_OPEN)
    if not lines:
        raise Refused(NOTHING_ON_IT)
    if any(sum(hands) < round_.smallest_total for hands in lines.values()):
        raise Refused(TOO_FEW_HANDS % {"smallest": round_.smallest_total})
    tally = HandCount.objects.create(
        organisation=round_.organisation,
        round=round_,
        where=where,
        on=by.today,
        lines=[[number, list(hands)] for number, hands in sorted(lines.items())],
        counted_by=by.person,
    )
    journal.append("participation.hands_counted", thing=round_.ref, facts={"where": where}, by=by, at=at)
    return tally


def _first_time(entrance: entering.Entrance, channel: str, by: Viewer) -> Participant:
    """The participant of a code, made now; two helpers with one sheet make one."""
    try:
        with transaction.atomic():
            return entering.join(entrance, by.today, channel=channel, entered_by=by.person)
    except IntegrityError:
        found = entering.participant_of(entrance)
        if found is None or found.channel not in TYPED_IN:
            raise Refused(ANSWERED_THEMSELVES, field="code") from None
        day = date_format(found.joined_on, "DATE_FORMAT")
        raise Refused(ENTERED_BEFORE % {"day": day}, field="code") from None
