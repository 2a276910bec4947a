"""What the pages of those who ask show."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from samspil.involvement.opinions import core_set, deciders, queries, ready
from samspil.involvement.opinions.models import Appeal, RoundStatement
from samspil.involvement.opinions.words import RULES, STATES, STEPS
from samspil.involvement.permissions import PERMISSIONS
from samspil.kit.charts import Column, Table
from samspil.kit.exports import Document, TableBlock
from samspil.organisation.viewer import Viewer
from samspil.participation import kinds
from samspil.participation.models import Round

MAY = ("prepare_statements", "moderate_statements", "lead_live_meeting")


def about(round_: Round, viewer: Viewer, title: str) -> dict[str, Any]:
    """What every page about a round's statements shows: where one is, and what one may do."""
    here = reverse("participation:round", args=[round_.organisation.slug, round_.ref])
    return {
        "round": round_,
        "may": {name: PERMISSIONS.allows(name, viewer, round_) for name in MAY},
        "breadcrumbs": [
            {"title": _("Start"), "url": reverse("home", args=[viewer.organisation.slug])},
            {
                "title": _("Rounds of questions"),
                "url": reverse("participation:rounds", args=[viewer.organisation.slug]),
            },
            {"title": round_.title, "url": here},
            {"title": title},
        ],
    }


def preparing(round_: Round, viewer: Viewer) -> dict[str, Any]:
    rows = list(queries.statements_of(round_))
    asked = [one for one in rows if one.state == RoundStatement.State.ACCEPTED]
    return about(round_, viewer, _("Statements")) | {
        "statements": asked,
        "left_out": [one for one in rows if one.state == RoundStatement.State.REJECTED],
        "planned": round_.state == Round.State.PLANNED,
        "unready": kinds.unready(round_) if round_.state == Round.State.PLANNED else "",
        "may_add": _may_add(round_),
        "core": [one.number for one in asked if one.core],
        "most_core": core_set.most_allowed(round_, viewer.today),
        "smallest": core_set.smallest_group(round_, viewer.today),
        "themes": ready.themes(round_),
        "waiting": queries.waiting_in(round_).count() + queries.appeals_in(round_).count(),
    }


def moderating_page(round_: Round, viewer: Viewer) -> dict[str, Any]:
    return about(round_, viewer, _("Moderation")) | {
        "waiting": list(queries.waiting_in(round_)),
        "appeals": [_appealed(one, viewer) for one in queries.appeals_in(round_)],
        "asked": [one for one in queries.statements_of(round_) if one.state == RoundStatement.State.ACCEPTED],
        "left_out": [
            (one, RULES.get(one.rule, ""))
            for one in queries.statements_of(round_)
            if one.state == RoundStatement.State.REJECTED
        ],
        "rules": RULES.values(),
        "open": round_.state != Round.State.CLOSED,
    }


def _appealed(appeal: Appeal, viewer: Viewer) -> dict[str, Any]:
    """An appeal, and whether this viewer decides it."""
    return {
        "appeal": appeal,
        "mine": PERMISSIONS.allows("decide_appeal", viewer, appeal),
        "others": deciders.others(appeal.statement, viewer.today),
    }


def log(round_: Round, language: str) -> Document:
    """The moderation log as a file: who, when, by which rule, and the hash before and after."""
    columns = (
        _("When"),
        _("Who"),
        _("Statement no."),
        _("What"),
        _("Rule"),
        _("Reason"),
        _("SHA-256 before"),
        _("SHA-256 after"),
    )
    rows = tuple(
        (
            (step.at or step.on).isoformat(),
            str(step.by) if step.by else _("somebody who takes part") if step.at is None else "",
            str(step.statement.number),
            str(STEPS[step.step]),
            str(RULES.get(step.rule, "")),
            step.reason,
            step.before_sha256,
            step.after_sha256,
        )
        for step in queries.log_of(round_)
    )
    title = _("Moderation log: %(title)s") % {"title": round_.title}
    table = Table(title, tuple(Column(name) for name in columns), rows)
    return Document(title, language, [TableBlock(table)])


def statement_page(statement: RoundStatement, viewer: Viewer) -> dict[str, Any]:
    title = _("Statement %(number)s") % {"number": statement.number}
    return about(statement.round, viewer, title) | {
        "statement": statement,
        "state": STATES[statement.state],
        "rule": RULES.get(statement.rule, ""),
    }


def _may_add(round_: Round) -> bool:
    closed = round_.state == Round.State.CLOSED
    return not closed and not (round_.state == Round.State.OPEN and round_.level == Round.Level.SECRET)
