"""What can be read of what people said."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Case, F, FloatField, IntegerField, OrderBy, Q, QuerySet, Value, When, Window
from django.db.models.functions import Cast, RowNumber

from samspil.core.words import fold
from samspil.initiative.models import AnsweredNeed, GateDecision, Initiative, Link
from samspil.involvement.models import Consultation, Statement
from samspil.involvement.results.models import OpinionResult

CITABLE = ("statement", "consultation", "opinion_result", "opinion_group")
ANSWERS = F("agree") + F("passed") + F("disagree")
ENOUGH = Q(answers__gte=F("consultation__smallest_group"))
MOST_HIGHLIGHTS = 3


@dataclass(frozen=True)
class Highlights:
    """A consultation in short: what most agreed with and what most disagreed with."""

    consultation: Consultation
    agreed: tuple[Statement, ...]
    disagreed: tuple[Statement, ...]


def consultation(ref: str) -> Consultation | None:
    rows = Consultation.objects.select_related("thing", "organisation", "initiative__thing", "imported_by")
    return rows.filter(thing__ref=ref).first()


def statement(ref: str) -> Statement | None:
    rows = Statement.objects.select_related("thing", "consultation__thing", "consultation__initiative__thing")
    return rows.filter(thing__ref=ref).first()


def statements(
    consultation: Consultation, moderated: str = "", words: str = "", sort: str = "number"
) -> QuerySet[Statement]:
    """The statements of a consultation. Those too few to show come last in every order but their own."""
    rows = _with_shares(consultation.statements.select_related("thing", "consultation"))
    if moderated:
        rows = rows.filter(moderated=moderated)
    if words.strip():
        rows = rows.filter(pk__in=_saying(consultation.statements.all(), words))
    return rows.order_by(*_order(sort))


def statements_to_cite(initiative: Initiative, words: str, most: int) -> list[Statement]:
    """Statements from the consultations on an initiative: those with the number or every word that was
    typed, in the order they came; without words those that most agreed with."""
    rows = _with_shares(Statement.objects.filter(consultation__initiative=initiative)).exclude(
        moderated=Statement.Moderated.REJECTED
    )
    if words.strip():
        fitting = Q(number=words.strip()) | Q(pk__in=_saying(rows, words))
        rows = rows.filter(fitting).order_by("pk")
    else:
        rows = rows.exclude(text="").order_by(*_order("agree"))
    return list(rows.select_related("thing", "consultation__initiative__thing")[:most])


def shown_votes(consultation: Consultation) -> int:
    """Votes on statements that may be shown; the rest cannot be worked out from it."""
    rows = consultation.statements.annotate(answers=ANSWERS).filter(ENOUGH)
    return sum(row.n for row in rows)


def highlights(initiative: Initiative) -> list[Highlights]:
    """The consultations of an initiative in short, in one query."""
    rows = (
        _with_shares(Statement.objects.filter(consultation__initiative=initiative))
        .annotate(agreed_place=_place("agree"), disagreed_place=_place("disagree"))
        .filter(Q(agreed_place__lte=MOST_HIGHLIGHTS) | Q(disagreed_place__lte=MOST_HIGHLIGHTS))
        .select_related("thing", "consultation__thing")
        .order_by("-consultation__imported_at", "consultation", "pk")
    )
    return [_in_short(group) for group in _by_consultation(rows)]


def consultations_on(initiatives: Sequence[Initiative]) -> dict[int, list[Consultation]]:
    """The consultations that stand on each of many initiatives, the newest first."""
    found: dict[int, list[Consultation]] = {one.pk: [] for one in initiatives}
    rows = Consultation.objects.filter(initiative__in=initiatives).order_by("-imported_at", "-pk")
    for row in rows:
        found[row.initiative_id].append(row)
    return found


def closed_rounds_on(initiatives: Sequence[Initiative]) -> dict[int, list[OpinionResult]]:
    """The newest result of each round on many initiatives, the newest round first."""
    found: dict[int, list[OpinionResult]] = {one.pk: [] for one in initiatives}
    rows = OpinionResult.objects.filter(round__initiative__in=initiatives).defer("release")
    newest: dict[int | None, OpinionResult] = {}
    for row in rows.select_related("round").order_by("-made_at", "-pk"):
        newest.setdefault(row.round_id, row)
    for row in newest.values():
        if row.round and row.round.initiative_id:
            found[row.round.initiative_id].append(row)
    return found


def citations_on(initiatives: Sequence[Initiative]) -> dict[int, list[int]]:
    """For each initiative the things people said that it, its needs or its decisions cite."""
    homes = _homes(initiatives)
    found: dict[int, list[int]] = {one.pk: [] for one in initiatives}
    links = Link.objects.filter(
        Q(from_thing__kind__in=CITABLE, to_thing__in=homes)
        | Q(to_thing__kind__in=CITABLE, from_thing__in=homes)
    )
    for cause, effect in links.order_by("pk").values_list("from_thing", "to_thing"):
        home, said = (effect, cause) if effect in homes else (cause, effect)
        for initiative in homes[home]:
            found[initiative].append(said)
    return found


def _homes(initiatives: Sequence[Initiative]) -> dict[int, set[int]]:
    """Things that belong to an initiative, by their own key: itself, its needs, its gate decisions."""
    homes = {one.thing_id: {one.pk} for one in initiatives}
    needs = AnsweredNeed.objects.filter(initiative__in=initiatives).values_list("need__thing", "initiative")
    decided = GateDecision.objects.filter(initiative__in=initiatives).values_list("thing", "initiative")
    for thing, initiative in [*needs, *decided]:
        homes.setdefault(thing, set()).add(initiative)
    return homes


def _saying(rows: QuerySet[Statement], words: str) -> list[int]:
    """The statements that hold every word looked for, or a longer word with it inside."""
    wanted = fold(words)
    texts = rows.values_list("pk", "text")
    return [pk for pk, text in texts if all(word in " ".join(fold(text)) for word in wanted)]


def _with_shares(rows: QuerySet[Statement]) -> QuerySet[Statement]:
    """Shares are compared by the database; a statement that too few answered has none."""
    return rows.annotate(answers=ANSWERS).annotate(
        shown_answers=Case(When(ENOUGH, then=F("answers")), output_field=IntegerField()),
        agree_share=_share("agree"),
        disagree_share=_share("disagree"),
        passed_share=_share("passed"),
    )


def _share(count: str) -> Case:
    return Case(When(ENOUGH, then=Cast(F(count), FloatField()) / F("answers")), output_field=FloatField())


def _order(sort: str) -> list[OrderBy]:
    column = {"n": "shown_answers"} | {name: f"{name}_share" for name in ("agree", "disagree", "passed")}
    best = [column[sort], "shown_answers"] if sort in column else []
    return [*(F(name).desc(nulls_last=True) for name in best), F("pk").asc()]


def _place(sort: str) -> Window:
    """A statement's place in its consultation; rejected ones stand behind all others."""
    rejected = Case(When(moderated=Statement.Moderated.REJECTED, then=Value(1)), default=Value(0))
    order = [rejected.asc(), *_order(sort)]
    return Window(RowNumber(), partition_by=F("consultation"), order_by=order)


def _by_consultation(rows: Iterable[Statement]) -> list[list[Statement]]:
    groups: dict[int, list[Statement]] = {}
    for row in rows:
        groups.setdefault(row.consultation_id, []).append(row)
    return list(groups.values())


def _in_short(rows: list[Statement]) -> Highlights:
    shown = [row for row in rows if row.may_be_shown and row.moderated != Statement.Moderated.REJECTED]
    agreed = sorted(shown, key=lambda row: (-row.agree / row.n, -row.n, row.pk))
    disagreed = sorted(shown, key=lambda row: (-row.disagree / row.n, -row.n, row.pk))
    return Highlights(
        rows[0].consultation, tuple(agreed[:MOST_HIGHLIGHTS]), tuple(disagreed[:MOST_HIGHLIGHTS])
    )
