"""What moderators do: take a statement in or not, by published rules and with a reason; decide appeals."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samspil.involvement.opinions import actions, texts
from samspil.involvement.opinions.models import Appeal, ModerationStep, RoundStatement
from samspil.involvement.opinions.texts import sha256_of
from samspil.involvement.opinions.words import RULES
from samspil.involvement.permissions import PERMISSIONS
from samspil.kit.refusal import Refused
from samspil.organisation import journal
from samspil.organisation.viewer import Viewer
from samspil.participation.models import Round

State, Step = RoundStatement.State, ModerationStep.Step
LONGEST_REASON = 1000

OVER = _("The round has closed; what was asked in it stands.")
DECIDED_BEFORE = _("Somebody has decided this already. Look at the list again.")
NAME_A_RULE = _("Say by which rule it is left out.")
NAME_A_REASON = _("Write a sentence to the author: what would have to be different?")
SETTLED_BY_APPEAL = _("An appeal about this statement has been decided, and that stands.")


@transaction.atomic
def accept_statement(*, statement: RoundStatement, by: Viewer, at: datetime) -> RoundStatement:
    """Let others be asked about it."""
    PERMISSIONS.require("moderate_statements", by, statement)
    statement = _held(statement)
    if statement.state != State.WAITING:
        raise Refused(DECIDED_BEFORE)
    _decide(statement, State.ACCEPTED, Step.ACCEPTED, by, at)
    _journal("involvement.statement_accepted", statement, by, at)
    return statement


@transaction.atomic
def reject_statement(
    *, statement: RoundStatement, rule: str, reason: str, by: Viewer, at: datetime
) -> RoundStatement:
    """Leave it out, by a published rule and with a reason for the author. Votes on it no longer count."""
    PERMISSIONS.require("moderate_statements", by, statement)
    statement = _held(statement)
    if statement.state == State.REJECTED:
        raise Refused(DECIDED_BEFORE)
    if Appeal.objects.filter(statement=statement, upheld__isnull=False).exists():
        raise Refused(SETTLED_BY_APPEAL)
    if rule not in RULES:
        raise Refused(NAME_A_RULE, field="rule")
    _decide(statement, State.REJECTED, Step.REJECTED, by, at, rule, _reason(statement, reason))
    _journal("involvement.statement_rejected", statement, by, at)
    return statement


@transaction.atomic
def decide_appeal(*, appeal: Appeal, upheld: bool, reason: str, by: Viewer, at: datetime) -> Appeal:
    """Look again, as somebody who did not leave it out. `upheld`: the author was right; it is taken in."""
    PERMISSIONS.require("decide_appeal", by, appeal)
    statement = _held(appeal.statement)
    appeal = Appeal.objects.select_for_update().get(pk=appeal.pk)
    if appeal.upheld is not None:
        raise Refused(DECIDED_BEFORE)
    appeal.upheld, appeal.reason = upheld, _reason(statement, reason)
    appeal.decided_by, appeal.decided_at = by.person, at
    appeal.save(update_fields=["upheld", "reason", "decided_by", "decided_at"])
    if upheld:
        _decide(statement, State.ACCEPTED, Step.UPHELD, by, at, reason=appeal.reason)
    else:
        _decide(statement, State.REJECTED, Step.DISMISSED, by, at, statement.rule, appeal.reason)
    _journal("involvement.appeal_decided", statement, by, at)
    return appeal


def _held(statement: RoundStatement) -> RoundStatement:
    round_ = actions.held(statement.round)
    if round_.state == Round.State.CLOSED:
        raise Refused(OVER)
    found = RoundStatement.objects.select_related("thing", "organisation", "round__initiative__thing")
    return found.get(pk=statement.pk)


def _reason(statement: RoundStatement, reason: str) -> str:
    found = texts.tidy(reason)[:LONGEST_REASON]
    if not found:
        raise Refused(NAME_A_REASON, field="reason")
    texts.without_personal_number(found, statement.organisation.country, "reason")
    return found


def _decide(
    statement: RoundStatement,
    state: str,
    step: str,
    by: Viewer,
    at: datetime,
    rule: str = "",
    reason: str = "",
) -> None:
    before = sha256_of(statement)
    statement.state, statement.waits_since = state, None
    statement.rule, statement.reason = (rule, reason) if state == State.REJECTED else ("", "")
    statement.save(update_fields=["state", "waits_since", "rule", "reason"])
    ModerationStep.objects.create(
        organisation=statement.organisation,
        statement=statement,
        step=step,
        by=by.person,
        on=by.today,
        at=at,
        rule=rule,
        reason=reason,
        before_sha256=before,
        after_sha256=sha256_of(statement),
    )


def _journal(verb: str, statement: RoundStatement, by: Viewer, at: datetime) -> None:
    facts = {"number": statement.number, "rule": statement.rule, "sha256": sha256_of(statement)}
    journal.append(verb, thing=statement.ref, facts=facts, by=by, at=at)
