"""What results tell the boards: their cards, and what the journal committed to."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from samspil.core.words import fold
from samspil.initiative.models import Initiative
from samspil.involvement.permissions import PERMISSIONS
from samspil.involvement.results.actions import sealed_facts
from samspil.involvement.results.models import OpinionGroup, OpinionResult
from samspil.involvement.results.reading import people
from samspil.involvement.results.words import CERTAINTY, graded
from samspil.kit.room import Card
from samspil.organisation.viewer import Viewer


def _results(refs: Iterable[str]) -> "QuerySet[Any]":
    rows = OpinionResult.objects.filter(thing__ref__in=list(refs)).defer("release")
    rows = rows.annotate(halves=F("release__split_half_ari"))
    return rows.select_related("thing", *_SOURCES)


_SOURCES = (
    "consultation__thing", "consultation__initiative__thing", "round__thing", "round__initiative__thing"
)  # fmt: skip


def result_cards(refs: Iterable[str], viewer: Viewer) -> dict[str, Card]:
    return {
        row.ref: Card(
            row.ref,
            "opinion_result",
            _("Result of “%(title)s”") % {"title": row.source},
            f"{_url(row, viewer)}?version={row.number}",
            str(CERTAINTY[graded(row.certainty, row.halves)]),
        )
        for row in _results(refs)
        if PERMISSIONS.allows("see_result", viewer, row)
    }


def group_cards(refs: Iterable[str], viewer: Viewer) -> dict[str, Card]:
    rows = OpinionGroup.objects.filter(thing__ref__in=list(refs))
    rows = rows.select_related("thing", "result", *(f"result__{one}" for one in _SOURCES)).defer(
        "result__release"
    )
    return {
        row.ref: Card(
            row.ref,
            "opinion_group",
            _("Group %(letter)s in “%(title)s”") % {"letter": row.letter, "title": row.result.source},
            f"{_url(row.result, viewer)}?version={row.result.number}#group-{row.letter}",
            people(row.people),
        )
        for row in rows
        if PERMISSIONS.allows("see_result", viewer, row)
    }


def to_cite(initiative: Initiative, words: str, viewer: Viewer) -> list[Card]:
    """The newest results that stand on an initiative and their groups: those that have the words typed."""
    of_it = Q(consultation__initiative=initiative) | Q(round__initiative=initiative)
    rows = (
        OpinionResult.objects.filter(of_it)
        .order_by("consultation", "round", "-number")
        .defer("release")
        .select_related("thing")
    )
    newest = {(row.consultation_id, row.round_id): row for row in reversed(rows)}
    groups = OpinionGroup.objects.filter(result__in=newest.values()).select_related("thing")
    cards = [
        *result_cards([row.ref for row in newest.values()], viewer).values(),
        *(group_cards([group.ref for group in groups], viewer).values() if words.strip() else ()),
    ]
    wanted = fold(words)
    return [card for card in cards if all(word in " ".join(fold(card.title)) for word in wanted)]


def _url(result: OpinionResult, viewer: Viewer) -> str:
    return reverse("involvement:result", args=[viewer.organisation.slug, result.source.ref])


def sealed_results(refs: Sequence[str]) -> Mapping[str, Mapping[str, object]]:
    """The facts of the versions that stand, to be compared with what the journal committed to."""
    rows = OpinionResult.objects.filter(thing__ref__in=refs).select_related("thing", "consultation", "round")
    return {row.ref: sealed_facts(row) for row in rows}
