"""Setting apart what looks like one hand, and letting it in again. Nothing is deleted."""

from datetime import datetime

from django.db import transaction

from samspil.core.open_answers import COMPANY, Ballot, one_hand
from samspil.kit import house
from samspil.kit.refusal import Refused
from samspil.organisation import journal
from samspil.organisation.viewer import Viewer
from samspil.participation.models import Participant, Round
from samspil.participation.permissions import PERMISSIONS
from samspil.participation.words import NOTHING_SET_APART

ONE_HAND = "one_hand"  # why somebody is set apart


@transaction.atomic
def set_apart_one_hand(*, round_: Round, by: Viewer, at: datetime) -> int:
    """Look at what came by the open link; tells how many are set apart now. Who was let in stays in."""
    PERMISSIONS.require("set_apart", by, round_)
    before = Participant.objects.filter(round=round_).exclude(quarantined="").count()
    count = look(round_)
    if count != before:
        facts = {"count": count}
        journal.append("participation.set_apart", thing=round_.ref, facts=facts, by=by, at=at)
    return count


def look(round_: Round) -> int:
    """The same as a part of closing."""
    ballots = ballots_of(round_)
    if ballots is None:
        return 0
    found = one_hand(ballots)
    unknown = Participant.objects.filter(round=round_, tier=Participant.Tier.OPEN, let_in=False)
    rows = unknown.select_for_update()
    standing = set(rows.exclude(quarantined="").values_list("pk", flat=True))
    wanted = set(rows.filter(pk__in=found).values_list("pk", flat=True))
    rows.filter(pk__in=wanted - standing).update(quarantined=ONE_HAND)
    rows.filter(pk__in=standing - wanted).update(quarantined="")
    return len(wanted)


@transaction.atomic
def let_in(*, round_: Round, because: str, by: Viewer, at: datetime) -> int:
    """Somebody has looked: these are people. They count from now on and are not set apart again."""
    PERMISSIONS.require("let_in", by, round_)
    apart = Participant.objects.filter(round=round_).exclude(quarantined="")
    count = apart.update(quarantined="", let_in=True)
    if not count:
        raise Refused(NOTHING_SET_APART)
    facts = {"count": count, "because": because}
    journal.append("participation.let_in", thing=round_.ref, facts=facts, by=by, at=at)
    return count


def ballots_of(round_: Round) -> list[Ballot] | None:
    """What participants chose, with those whom we know beside those who came by the open link."""
    kind = house.round_kinds().get(round_.kind)
    if kind is None or kind.ballots is None or not round_.by_link:
        return None
    chosen = kind.ballots(round_)
    rows = Participant.objects.filter(round=round_, pk__in=chosen).values_list("pk", "tier", "arrived_with")
    return [
        Ballot(
            pk,
            chosen[pk],
            frozenset(marks.split()) if tier == Participant.Tier.OPEN else frozenset(),
        )
        for pk, tier, marks in rows
    ]


@transaction.atomic
def forget_small_companies(round_: Round, before: object) -> None:
    """The marks of those who came with few others on an earlier day say nothing any more, and go."""
    rows = Participant.objects.filter(round=round_, joined_on__lt=before).exclude(arrived_with="")
    marked = [(pk, frozenset(marks.split())) for pk, marks in rows.values_list("pk", "arrived_with")]
    counted: dict[str, int] = {}
    for _pk, marks in marked:
        for mark in marks:
            counted[mark] = counted.get(mark, 0) + 1
    alone = [pk for pk, marks in marked if all(counted[mark] < COMPANY for mark in marks)]
    Participant.objects.filter(pk__in=alone).update(arrived_with="")
