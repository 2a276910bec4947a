"""What somebody does with a statement of their own: add it, and appeal once when it is not taken in.

Nothing of it is journalled: who wrote what is between the author and the round, and only until it closes.
"""

from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from samspil.involvement.opinions import actions, texts
from samspil.involvement.opinions.models import Appeal, ModerationStep, RoundStatement
from samspil.involvement.opinions.texts import sha256_of
from samspil.involvement.opinions.words import NOT_OPEN_ANY_MORE, SECRET_HAS_NO_VOTES
from samspil.kit.refusal import Refused
from samspil.participation import entering
from samspil.participation.entering import Entrance
from samspil.participation.models import Participant, Round

MOST_OWN = 10
MOST_WAITING = 100  # of those who are not verified, in a round
LONGEST_GROUNDS = 1000

ENOUGH = _("You have written %(most)s statements. Others want to be read too.")
MANY_WAIT = _(
    "So many statements wait for the moderators that no more are taken by the open link just now. Keep your "
    "text and send it later."
)
NOT_REJECTED = _("Only what was not taken in can be appealed against.")
APPEALED_ONCE = _("You have appealed against this once. What is decided then stands.")
SAY_WHY = _("Say in a sentence why it should be taken in.")


@transaction.atomic
def add_own_statement(
    *, entrance: Entrance, text: str, language: str, at: datetime, on: date
) -> RoundStatement:
    """Add a statement; it waits until a moderator has looked at it."""
    found = checked(entrance, text)
    round_ = actions.held(entrance.round)
    if round_.state != Round.State.OPEN:
        raise Refused(NOT_OPEN_ANY_MORE)
    author = entering.take_part(entrance, on)
    if RoundStatement.objects.filter(author=author).count() >= MOST_OWN:
        raise Refused(ENOUGH % {"most": MOST_OWN}, field="text")
    if author.tier == Participant.Tier.OPEN and _unverified_waiting(round_) >= MOST_WAITING:
        raise Refused(MANY_WAIT, field="text")
    [row] = actions.append(
        round_,
        [found],
        language,
        seeded=False,
        author=author,
        state=RoundStatement.State.WAITING,
        waits_since=next_hour(at),
    )
    log(row, ModerationStep.Step.ADDED, on)
    return row


def checked(entrance: Entrance, text: str) -> str:
    """The text as others would read it, or a refusal: what the preview shows."""
    if entrance.round.level == Round.Level.SECRET:
        raise Refused(SECRET_HAS_NO_VOTES)
    return texts.checked(text, entrance.round)


@transaction.atomic
def appeal(*, entrance: Entrance, statement: RoundStatement, grounds: str, on: date) -> Appeal:
    """Ask once that a rejection is looked at again."""
    round_ = actions.held(entrance.round)
    if round_.state != Round.State.OPEN:
        raise Refused(NOT_OPEN_ANY_MORE)
    if statement.state != RoundStatement.State.REJECTED:
        raise Refused(NOT_REJECTED)
    said = texts.tidy(grounds)[:LONGEST_GROUNDS]
    if not said:
        raise Refused(SAY_WHY, field="grounds")
    texts.without_personal_number(said, round_.organisation.country, "grounds")
    try:
        with transaction.atomic():
            made = Appeal.objects.create(
                organisation=round_.organisation, statement=statement, grounds=said, made_on=on
            )
    except IntegrityError:
        raise Refused(APPEALED_ONCE) from None
    log(statement, ModerationStep.Step.APPEALED, on)
    return made


def log(statement: RoundStatement, step: str, on: date) -> None:
    """What participants do has a day, no name and no hour."""
    after = sha256_of(statement)
    ModerationStep.objects.create(
        organisation=statement.organisation,
        statement=statement,
        step=step,
        on=on,
        before_sha256="" if step == ModerationStep.Step.ADDED else after,
        after_sha256=after,
    )


def written_by(participant: Participant | None, ref: str) -> RoundStatement | None:
    """A statement for its author alone."""
    rows = RoundStatement.objects.filter(author=participant) if participant else RoundStatement.objects.none()
    return rows.filter(thing__ref=ref).select_related("thing", "organisation").first()


def _unverified_waiting(round_: Round) -> int:
    """One hand can come as many browsers: what it writes does not fill the round for everybody else."""
    waiting = RoundStatement.objects.filter(round=round_, state=RoundStatement.State.WAITING)
    return waiting.filter(author__tier=Participant.Tier.OPEN).count()


def next_hour(at: datetime) -> datetime:
    """From when a statement counts as waiting; the minute in which it was written is not kept."""
    return at.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
