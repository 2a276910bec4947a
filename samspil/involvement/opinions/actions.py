"""What those who ask do with the statements of a round before and while people answer."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from samspil.initiative.models import Thing
from samspil.involvement.opinions import core_set, texts
from samspil.involvement.opinions.models import RoundStatement
from samspil.involvement.permissions import PERMISSIONS
from samspil.kit.refusal import ChangedMeanwhile, Refused
from samspil.organisation import journal
from samspil.organisation.viewer import Viewer
from samspil.participation.models import Round

MOST_AT_ONCE, MOST = 100, 1000

NOT_PLANNED = _("The round has opened and people have read this. Leave it out as a moderator, with a reason.")
SETTLED = _(
    "The round is open, and every secret ballot holds the same statements. They can't change any more."
)
OVER = _("The round has closed. Nothing can be added.")
ALREADY_THERE = _("This statement stands here already: “%(text)s”")
TOO_MANY = _("That is more than %(most)s statements. Nobody answers that many: choose among them.")
THEY_CHANGED_IT = _("Somebody else has changed the statement. Look at their text and save again.")


@transaction.atomic
def add_statements(
    *, round_: Round, written: Sequence[str], language: str, by: Viewer, at: datetime
) -> list[RoundStatement]:
    """Add statements of those who ask, in their order. While the round is planned or open; all or none."""
    PERMISSIONS.require("prepare_statements", by, round_)
    round_ = held(round_)
    _may_grow(round_)
    found = [texts.checked(text, round_) for text in written]
    if len(found) > MOST_AT_ONCE:
        raise Refused(TOO_MANY % {"most": MOST_AT_ONCE}, field="written")
    rows = append(round_, found, language)
    facts = {"title": round_.title, "statements": len(rows)}
    journal.append("involvement.statements_added", thing=round_.ref, facts=facts, by=by, at=at)
    return rows


@transaction.atomic
def change_statement(
    *, statement: RoundStatement, text: str, language: str, version: int, by: Viewer, at: datetime
) -> RoundStatement:
    """Say it better, as long as nobody has been asked about it."""
    PERMISSIONS.require("prepare_statements", by, statement)
    round_ = held(statement.round)
    if round_.state != Round.State.PLANNED:
        raise Refused(NOT_PLANNED)
    statement.refresh_from_db()
    if statement.version != version:
        raise ChangedMeanwhile(THEY_CHANGED_IT, theirs=statement.text, yours=text)
    found = texts.checked(text, round_)
    _no_twins(round_, [found], but=statement)
    statement.text, statement.language, statement.version = found, language, version + 1
    statement.save(update_fields=["text", "language", "version"])
    facts = {"number": statement.number}
    journal.append("involvement.statement_changed", thing=statement.ref, facts=facts, by=by, at=at)
    return statement


@transaction.atomic
def remove_statement(*, statement: RoundStatement, by: Viewer, at: datetime) -> None:
    """Take a statement out again before anybody was asked about it."""
    PERMISSIONS.require("prepare_statements", by, statement)
    round_ = held(statement.round)
    if round_.state != Round.State.PLANNED:
        raise Refused(NOT_PLANNED)
    facts, thing = {"number": statement.number, "title": round_.title}, statement.thing
    statement.delete()
    thing.delete()
    journal.append("involvement.statement_removed", thing=round_.ref, facts=facts, by=by, at=at)


@transaction.atomic
def choose_core(*, round_: Round, numbers: Sequence[int], by: Viewer, at: datetime) -> None:
    """Choose the statements that every group is asked about first; as many as the smallest can cover."""
    PERMISSIONS.require("prepare_statements", by, round_)
    round_ = held(round_)
    if round_.state != Round.State.PLANNED:
        raise Refused(NOT_PLANNED)
    core_set.check(round_, len(set(numbers)), by.today)
    statements = RoundStatement.objects.filter(round=round_)
    statements.update(core=False)
    chosen = statements.filter(number__in=numbers).update(core=True)
    facts = {"title": round_.title, "statements": chosen}
    journal.append("involvement.core_chosen", thing=round_.ref, facts=facts, by=by, at=at)


def held(round_: Round) -> Round:
    """The round as it stands, held until the transaction ends, so that numbers and states come in order."""
    return (
        Round.objects.select_related("organisation", "thing")
        .select_for_update(of=("self",))
        .get(pk=round_.pk)
    )


def append(round_: Round, found: Sequence[str], language: str, **facts: object) -> list[RoundStatement]:
    """Keep statements behind those that are there; the round is held."""
    _no_twins(round_, found)
    last = RoundStatement.objects.filter(round=round_).aggregate(n=Max("number"), p=Max("place"))
    standing = RoundStatement.objects.filter(round=round_).exclude(state=RoundStatement.State.REJECTED)
    if standing.count() + len(found) > MOST:
        raise Refused(TOO_MANY % {"most": MOST}, field="written")
    where = round_.organisation
    things = Thing.objects.bulk_create([Thing(organisation=where, kind="round_statement") for _one in found])
    rows = [
        RoundStatement(
            organisation=where,
            thing=thing,
            round=round_,
            number=(last["n"] or 0) + nth,
            place=(last["p"] or 0) + nth,
            text=text,
            language=language,
            **facts,
        )
        for nth, (thing, text) in enumerate(zip(things, found, strict=True), 1)
    ]
    return RoundStatement.objects.bulk_create(rows)


def _may_grow(round_: Round) -> None:
    if round_.state == Round.State.CLOSED:
        raise Refused(OVER)
    if round_.state == Round.State.OPEN and round_.level == Round.Level.SECRET:
        raise Refused(SETTLED)


def _no_twins(round_: Round, found: Sequence[str], but: RoundStatement | None = None) -> None:
    here = RoundStatement.objects.filter(round=round_).exclude(pk=but.pk if but else 0)
    seen = {text.casefold() for text in here.values_list("text", flat=True)}
    for text in found:
        if text.casefold() in seen:
            raise Refused(ALREADY_THERE % {"text": text}, field="text")
        seen.add(text.casefold())
