"""What this room tells the boards: who was heard, and the cards of what they said."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from samspil.initiative.models import Initiative, Thing
from samspil.involvement import queries
from samspil.involvement.models import Consultation, Statement
from samspil.involvement.permissions import PERMISSIONS
from samspil.involvement.results import boards as result_boards
from samspil.involvement.results.models import OpinionResult
from samspil.involvement.sealing import sealed_facts
from samspil.involvement.words import TOO_FEW
from samspil.kit.room import Card, EvidenceSource, Found
from samspil.organisation.viewer import Viewer

FIRST_OFFERED, MOST_FOUND = 5, 20


def voices_heard(initiatives: Sequence[Initiative], _at: datetime) -> Mapping[int, Found]:
    """A consultation stands on the initiative, or what people said elsewhere is cited by it."""
    standing = queries.consultations_on(initiatives)
    closed = queries.closed_rounds_on(initiatives)
    cited = queries.citations_on(initiatives)
    return {one.pk: _heard(one, standing[one.pk], closed[one.pk], cited[one.pk]) for one in initiatives}


def _heard(
    initiative: Initiative,
    standing: Sequence[Consultation],
    closed: Sequence[OpinionResult],
    cited: Sequence[int],
) -> Found:
    shown = [one for one in standing if one.shown_participants]
    answered = [one for one in closed if one.participants]
    if answered:
        people = sum(one.participants for one in shown) + sum(one.participants or 0 for one in answered)
        facts = {"participants": people, "rounds": len(shown) + len(answered)}
        sentence = "answered_once" if facts["rounds"] == 1 else "answered_more_than_once"
        return Found("met", sentence, facts, answered[0].thing_id)
    if shown:
        facts = {"participants": sum(one.participants for one in shown), "consultations": len(shown)}
        sentence = "heard_once" if len(shown) == 1 else "heard_more_than_once"
        return Found("met", sentence, facts, shown[0].thing_id)
    if cited:
        return Found("met", "voices_cited", {"cited": len(set(cited))}, cited[-1])
    if standing or closed:
        return Found("missing", "too_few_heard", source_id=[*standing, *closed][0].thing_id)
    if initiative.phase == Initiative.Phase.IDEA:
        return Found("unknown", "not_heard_yet")
    return Found("missing", "nobody_heard")


EVIDENCE = {
    "involvement.voices_heard": EvidenceSource(
        voices_heard,
        {
            "heard_once": _("%(participants)s people took part in a consultation that stands here."),
            "heard_more_than_once": _(
                "%(participants)s people took part in %(consultations)s consultations that stand here; "
                "whoever took part in two is counted twice."
            ),
            "answered_once": _("%(participants)s people answered in a round that has closed."),
            "answered_more_than_once": _(
                "%(participants)s people answered in %(rounds)s rounds and consultations; whoever took part "
                "in two is counted twice."
            ),
            "voices_cited": _("Statements that people made elsewhere are cited here: %(cited)s."),
            "too_few_heard": _("People were asked, but too few took part for it to be shown."),
            "not_heard_yet": _("Nothing people have said stands here yet."),
            "nobody_heard": _("No consultation stands here, and nothing people have said is cited."),
        },
    )
}


def consultation_cards(refs: Iterable[str], viewer: Viewer) -> dict[str, Card]:
    rows = Consultation.objects.filter(thing__ref__in=list(refs)).select_related("thing", "initiative__thing")
    return {
        row.ref: Card(
            row.ref, "consultation", row.title, _url("consultation", viewer, row.ref), _took_part(row)
        )
        for row in rows
        if PERMISSIONS.allows("see_consultation", viewer, row)
    }


def statement_cards(refs: Iterable[str], viewer: Viewer) -> dict[str, Card]:
    rows = Statement.objects.filter(thing__ref__in=list(refs)).select_related(
        "thing", "consultation__initiative__thing"
    )
    return {row.ref: _statement_card(row, viewer) for row in _readable(rows, viewer)}


def statements_to_cite(initiative: Initiative, words: str, viewer: Viewer) -> list[Card]:
    """What people said about an initiative, for an answer or a decision to rest on."""
    rows = queries.statements_to_cite(initiative, words, MOST_FOUND if words.strip() else FIRST_OFFERED)
    return [_statement_card(row, viewer) for row in _readable(rows, viewer)]


def to_cite(initiative: Initiative, words: str, viewer: Viewer) -> list[Card]:
    """What people said, and what came of it."""
    return [*result_boards.to_cite(initiative, words, viewer), *statements_to_cite(initiative, words, viewer)]


def _readable(rows: Iterable[Statement], viewer: Viewer) -> list[Statement]:
    return [row for row in rows if PERMISSIONS.allows("see_statement", viewer, row)]


def _statement_card(row: Statement, viewer: Viewer) -> Card:
    return Card(row.ref, "statement", str(row), _url("statement", viewer, row.ref), in_figures(row))


def in_figures(statement: Statement) -> str:
    """How many agreed, passed and disagreed, on one line."""
    if statement.counts is None:
        return str(TOO_FEW)
    agree, passed, disagree = statement.counts
    facts = {"agree": agree, "passed": passed, "disagree": disagree, "n": statement.n}
    return str(_("%(agree)s agree · %(passed)s pass · %(disagree)s disagree · n = %(n)s")) % facts


def _took_part(consultation: Consultation) -> str:
    count = consultation.shown_participants
    if count is None:
        return str(TOO_FEW)
    return ngettext("%(count)s person took part", "%(count)s people took part", count) % {"count": count}


def _url(page: str, viewer: Viewer, ref: str) -> str:
    return reverse(f"involvement:{page}", args=[viewer.organisation.slug, ref])


def consultation_texts(things: Sequence[Thing]) -> Iterable[tuple[str, str, str]]:
    """The consultations and every statement in them that was not rejected."""
    rows = Consultation.objects.filter(thing__in=things).select_related("thing", "initiative")
    for row in rows:
        yield row.ref, row.title, f"{row.title} {row.initiative.title} {row.source}"
    said = Statement.objects.filter(consultation__in=rows).select_related("thing")
    for one in said.exclude(moderated=Statement.Moderated.REJECTED).exclude(text=""):
        yield one.ref, one.text[:300], one.text


def statement_texts(things: Sequence[Thing]) -> Iterable[tuple[str, str, str]]:
    rows = Statement.objects.filter(thing__in=things).select_related("thing")
    for row in rows.exclude(moderated=Statement.Moderated.REJECTED).exclude(text=""):
        yield row.ref, row.text[:300], row.text


def sealed_consultations(refs: Sequence[str]) -> Mapping[str, Mapping[str, object]]:
    """The facts of live consultations, to be compared with what the journal committed to."""
    rows = Consultation.objects.filter(thing__ref__in=refs).select_related("thing")
    return {row.ref: sealed_facts(row, row.statements.all()) for row in rows}
