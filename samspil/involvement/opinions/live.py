"""Live in a meeting: one statement is shown, phones answer it, the big screen shows what came of it.

What the screen shows moves on only when at least as many new answers have come as the smallest group that may
be shown, so that nobody can tell from two looks what the person in between has said. As many again, drawn by
lot, it never counts: else the result of the round less the last look would be what the latest have said.
"""

import time
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from samspil.involvement.opinions.models import LiveMeeting, LiveRelease, RoundStatement, Vote
from samspil.involvement.permissions import PERMISSIONS
from samspil.kit.refusal import Refused
from samspil.organisation import journal
from samspil.organisation.viewer import Viewer
from samspil.participation.models import Round

OPEN_IT_FIRST = _("Open the round first; then it can be held in a meeting.")
NOT_SECRET = _("A secret round can't be held live: nobody sees an answer before the urn is opened.")
MOST_ROUNDS = 200
HOW_MANY = f"""
SELECT COUNT(*) FROM {Vote._meta.db_table} vote
JOIN {RoundStatement._meta.db_table} statement ON statement.id = vote.statement_id
WHERE statement.round_id = %s AND statement.number = %s
"""  # noqa: S608  # nosec B608 - names of ours
CHOOSE_ANOTHER = _("This statement is not asked about. Choose another.")


@transaction.atomic
def show_statement(*, round_: Round, number: int | None, by: Viewer, at: datetime) -> LiveMeeting:
    """Show a statement on screen and phones; None lets everybody go on by themselves."""
    PERMISSIONS.require("lead_live_meeting", by, round_)
    round_ = (
        Round.objects.select_related("thing", "organisation")
        .select_for_update(of=("self",))
        .get(pk=round_.pk)
    )
    _may_be_live(round_)
    meeting, _new = LiveMeeting.objects.get_or_create(
        round=round_, defaults={"organisation": round_.organisation}
    )
    meeting.statement = _shown(round_, number)
    meeting.version += 1
    meeting.save(update_fields=["statement", "version"])
    if meeting.statement:
        release_if_due(meeting.statement, round_)
    _seen.pop(round_.code, None)
    facts = {"title": round_.title, "number": number or 0}
    journal.append("involvement.live_shown", thing=round_.ref, facts=facts, by=by, at=at)
    return meeting


@transaction.atomic
def end_live_meeting(*, round_: Round, by: Viewer, at: datetime) -> None:
    """The meeting is over; the round goes on until its last day."""
    PERMISSIONS.require("lead_live_meeting", by, round_)
    LiveMeeting.objects.filter(round=round_).delete()
    journal.append("involvement.live_ended", thing=round_.ref, facts={"title": round_.title}, by=by, at=at)


@dataclass(frozen=True)
class Moment:
    """What stands on the screen: the statement, and its counts when enough have answered."""

    version: int
    number: int
    text: str
    language: str
    counts: tuple[int, int, int] | None

    @property
    def mark(self) -> str:
        """The same as long as nothing has changed."""
        return f"{self.version}-{self.number}-{'-'.join(map(str, self.counts or ()))}"


def moment_of(round_: Round) -> Moment | None:
    """What is live in a round now; None when it is not held in a meeting."""
    rows = LiveMeeting.objects.filter(round=round_).select_related("statement__live_release")
    meeting = rows.first()
    if meeting is None:
        return None
    shown = meeting.statement
    if shown is None:
        return Moment(meeting.version, 0, "", "", None)
    released = getattr(shown, "live_release", None)
    counts = (released.agree, released.passed, released.disagree) if released and released.n else None
    return Moment(meeting.version, shown.number, shown.text, shown.language, counts)


MOMENT = 0.5  # seconds for which a hall of phones is answered from memory
_seen: dict[str, tuple[float, Moment | None]] = {}


def recent(round_: Round) -> Moment | None:
    """What was live a moment ago, by the code of the round."""
    until, moment = _seen.get(round_.code, (0.0, None))
    if time.monotonic() < until:
        return moment
    moment = moment_of(round_)
    if len(_seen) > MOST_ROUNDS:
        _seen.clear()
    _seen[round_.code] = (time.monotonic() + MOMENT, moment)
    return moment


def after_vote(round_: Round, number: int) -> None:
    """A vote was kept: where the screen shows this statement and enough new ones have come, it moves on."""
    moment = recent(round_)
    if moment and moment.number == number and _may_be_due(moment, round_):
        statement = RoundStatement.objects.get(round=round_, number=number)
        release_if_due(statement, round_)


def _may_be_due(moment: Moment, round_: Round) -> bool:
    """Looked at in passing after every vote of a hall, so only all votes are counted."""
    with connection.cursor() as cursor:
        cursor.execute(HOW_MANY, [round_.pk, moment.number])
        [votes] = cursor.fetchone()
    return bool(votes >= sum(moment.counts or ()) + held_back(round_) + round_.smallest_total)


def release_if_due(statement: RoundStatement, round_: Round) -> None:
    """Counted while the row is held, so that no two steps lie closer."""
    with transaction.atomic():
        LiveRelease.objects.get_or_create(
            statement=statement,
            defaults={"organisation": statement.organisation, "agree": 0, "passed": 0, "disagree": 0},
        )
        row = LiveRelease.objects.select_for_update().get(statement=statement)
        agree, passed, disagree = counted(statement, held_back(round_))
        if agree + passed + disagree >= row.n + round_.smallest_total:
            row.agree, row.passed, row.disagree = agree, passed, disagree
            row.save(update_fields=["agree", "passed", "disagree"])


def held_back(round_: Round) -> int:
    """How many answers the screen never counts; with names there is nothing to hide."""
    return 0 if round_.level == Round.Level.NAMED else round_.smallest_total


def counted(statement: RoundStatement, but: int = 0) -> tuple[int, int, int]:
    """How many agree, pass and disagree now; `but` for so many, whose keys come last. Keys are as if drawn by
    lot, and whoever is counted once stays counted when more come."""
    votes = Vote.objects.filter(statement=statement, participant__quarantined="")
    last = votes.order_by("-participant__key").values("pk")[:but]
    found = (votes.exclude(pk__in=last) if but else votes).aggregate(
        agree=Count("pk", filter=Q(value=Vote.Value.AGREE)),
        passed=Count("pk", filter=Q(value=Vote.Value.PASS)),
        disagree=Count("pk", filter=Q(value=Vote.Value.DISAGREE)),
    )
    return found["agree"], found["passed"], found["disagree"]


def _may_be_live(round_: Round) -> None:
    if round_.level == Round.Level.SECRET:
        raise Refused(NOT_SECRET)
    if round_.state != Round.State.OPEN:
        raise Refused(OPEN_IT_FIRST)


def _shown(round_: Round, number: int | None) -> RoundStatement | None:
    if number is None:
        return None
    rows = RoundStatement.objects.filter(round=round_, state=RoundStatement.State.ACCEPTED, number=number)
    found = rows.first()
    if found is None:
        raise Refused(CHOOSE_ANOTHER)
    return found
