"""What a round of opinions is to the room that holds all rounds."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samspil.core.urn.form import Question
from samspil.involvement.opinions import closing, queries, voting
from samspil.involvement.opinions.models import RoundStatement
from samspil.involvement.opinions.words import VALUES
from samspil.kit.room import OnPaper, RoundKind
from samspil.participation.models import Round

FEWEST_STATEMENTS = 3

TOO_FEW_STATEMENTS = _(
    "Write the statements first: at least three. Ten are enough for most rounds, and a template has them "
    "ready."
)


def unready(round_: Round) -> "str | Promise":
    """What is missing before people can be asked."""
    written = RoundStatement.objects.filter(round=round_, state=RoundStatement.State.ACCEPTED).count()
    return TOO_FEW_STATEMENTS if written < FEWEST_STATEMENTS else ""


def asks(round_: Round) -> list[Question]:
    """The statements of a secret round; each keeps its number, whatever order it has on a ballot."""
    accepted = RoundStatement.objects.filter(round=round_, state=RoundStatement.State.ACCEPTED)
    return [
        Question(f"s{one.number}", one.text, one.language) for one in accepted.order_by("place", "number")
    ]


OPINIONS = RoundKind(
    title=_("Opinions on statements"),
    begin="opinions:statements",
    prepare="involvement:prepare_statements",
    results="involvement:result",
    shown="results:for_participants",
    unready=unready,
    on_paper=OnPaper(lines=queries.lines, boxes=tuple(VALUES.items()), answer=voting.cast_vote),
    ballots=queries.ballots,
    closes=closing.close,
    asks=asks,
)
