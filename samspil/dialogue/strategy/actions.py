"""What people do with a strategy. Each action: permission, facts, consequences, journal."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samspil.core.months import months_after
from samspil.dialogue import asking, questions
from samspil.dialogue import regime as regimes
from samspil.dialogue.models import Item
from samspil.dialogue.permissions import PERMISSIONS
from samspil.dialogue.strategy import queries
from samspil.dialogue.strategy.models import (
    Strategy,
    StrategyDiscussion,
    StrategyRound,
    StrategyVersion,
)
from samspil.initiative.models import Link
from samspil.initiative.things import link, new_thing
from samspil.kit.refusal import ChangedMeanwhile, Refused
from samspil.organisation import journal
from samspil.organisation.models import Committee, File
from samspil.organisation.viewer import Viewer

STRATEGY = "strategy"  # the phase that its question model is kept under
A_YEAR = 12  # months until it is discussed again
THEY_CHANGED_IT = _("Somebody changed this while you were writing. Both texts are below; nothing is lost.")


@transaction.atomic
def start_strategy(
    *,
    title: str,
    since: date,
    until: date,
    goals: str,
    address: str = "",
    file: File | None = None,
    by: Viewer,
    at: datetime,
) -> Strategy:
    """A strategy with its period and its first version. It is to be discussed within a year."""
    PERMISSIONS.require("write_strategy", by)
    if until < since:
        raise Refused(_("The period ends after it begins. Choose a later day."), "until")
    _says_something(goals, address, file)
    found = Strategy.objects.create(
        organisation=by.organisation,
        thing=new_thing(by.organisation, "strategy"),
        title=title.strip(),
        since=since,
        until=until,
        owner=by.person,
        follow_up_on=by.today,
    )
    _new_version(found, 1, goals, address, file, "", by, at)
    _remember("strategy_started", found, by, at)
    return found


@transaction.atomic
def write_strategy_version(
    *,
    strategy: Strategy,
    version: int,
    goals: str,
    because: str,
    address: str = "",
    file: File | None = None,
    by: Viewer,
    at: datetime,
) -> StrategyVersion:
    """A new version, with what made it change. The earlier ones stay. `version`: the number one has read."""
    PERMISSIONS.require("write_strategy", by, strategy)
    kept = _locked(strategy)
    newest = queries.newest(kept)
    if newest.number != version:
        raise ChangedMeanwhile(THEY_CHANGED_IT, theirs=newest.goals, yours=goals)
    if not because.strip():
        raise Refused(_("Write in a sentence what made it change."), "because")
    _says_something(goals, address, file)
    written = _new_version(kept, newest.number + 1, goals, address, file, because.strip(), by, at)
    _remember("strategy_written", kept, by, at, number=written.number, because=because)
    return written


@transaction.atomic
def open_strategy_round(
    *, strategy: Strategy, committees: Sequence[Committee], by: Viewer, at: datetime
) -> StrategyRound:
    """Put the newest version before committees: an item in each, with the core questions for its level."""
    PERMISSIONS.require("open_strategy_round", by, strategy)
    kept = _locked(strategy)
    if not committees:
        raise Refused(_("Choose at least one committee."), "committees")
    if kept.until < by.today:
        raise Refused(_("The period of this strategy is over. Begin the next one instead."))
    waiting = queries.still_open(kept)
    if any(one.pk in waiting for one in committees):
        raise Refused(
            _("One of these committees has an item about it already. Leave that one out."), "committees"
        )
    newest = queries.newest(kept)
    number = StrategyRound.objects.filter(strategy=kept).count() + 1
    opened = StrategyRound.objects.create(
        organisation=by.organisation, strategy=kept, about=newest, number=number, opened_on=by.today
    )
    for committee in committees:
        StrategyDiscussion.objects.create(
            organisation=by.organisation, round=opened, item=_item(kept, newest, committee, by, at)
        )
    kept.follow_up_on = months_after(by.today, A_YEAR)
    kept.save(update_fields=["follow_up_on"])
    _remember("strategy_round_opened", kept, by, at, number=number, committees=len(committees))
    return opened


@transaction.atomic
def answer_strategy_discussion(
    *,
    discussion: StrategyDiscussion,
    version: int,
    said: str,
    answer: str,
    changed: StrategyVersion | None = None,
    by: Viewer,
    at: datetime,
) -> StrategyDiscussion:
    """Answer what a committee said: in which version it can be seen, or why nothing changed."""
    PERMISSIONS.require("answer_strategy_round", by, discussion.round.strategy)
    kept = StrategyDiscussion.objects.select_for_update().get(pk=discussion.pk)
    strategy = discussion.round.strategy
    if kept.version != version:
        raise ChangedMeanwhile(THEY_CHANGED_IT, theirs=kept.answer, yours=answer)
    if discussion.item.status in (Item.Status.REQUESTED, Item.Status.ON_AGENDA, Item.Status.WITHDRAWN):
        raise Refused(_("It has not been discussed there yet. Answer once what came of it is recorded."))
    if not said.strip():
        raise Refused(_("Write in short what was said."), "said")
    if not answer.strip():
        raise Refused(_("Write what came of it, or why nothing changed."), "answer")
    if changed and changed.strategy_id != strategy.pk:
        raise Refused(
            _("This version belongs to another strategy. Choose one of this strategy's."), "changed"
        )
    kept.said, kept.answer, kept.changed = said.strip(), answer.strip(), changed
    kept.answered_by, kept.answered_on = by.person, by.today
    kept.version += 1
    kept.save()
    kind = Link.Kind.CHANGED if changed else Link.Kind.ANSWERED_BY
    other = Link.Kind.ANSWERED_BY if changed else Link.Kind.CHANGED
    Link.objects.filter(from_thing=discussion.item.thing, to_thing=strategy.thing, kind=other).delete()
    link(discussion.item.thing, strategy.thing, kind, by, at)
    _remember("strategy_answered", strategy, by, at, committee=discussion.item.committee.name)
    return kept


# --- steps the actions share --------------------------------------------------------------------------------


def _says_something(goals: str, address: str, file: File | None) -> None:
    if not goals.strip() and not address and file is None:
        raise Refused(_("Write the goals, or add a link or a file that holds them."), "goals")


def _item(
    strategy: Strategy, newest: StrategyVersion, committee: Committee, by: Viewer, at: datetime
) -> Item:
    regime = regimes.regime_key(by.organisation, by.today)
    model = questions.model_for(regime, STRATEGY, by.organisation) if regime else None
    asked = questions.core(questions.of_level(model, committee.level)) if model else ()
    return asking.put_before(
        committee,
        strategy.thing,
        title=strategy.title,
        case="\n\n".join(filter(None, [newest.goals, newest.link])),
        model=model,
        questions=asked,
        by=by,
        at=at,
    )


def _new_version(
    strategy: Strategy,
    number: int,
    goals: str,
    address: str,
    file: File | None,
    because: str,
    by: Viewer,
    at: datetime,
) -> StrategyVersion:
    return StrategyVersion.objects.create(
        organisation=by.organisation,
        strategy=strategy,
        number=number,
        goals=goals.strip(),
        link=address,
        file=file,
        because=because,
        written_by=by.person,
        written_at=at,
    )


def _locked(strategy: Strategy) -> Strategy:
    """The strategy as it stands now, held until the action is over."""
    Strategy.objects.select_for_update().get(pk=strategy.pk)
    found = queries.strategy(strategy.ref)
    assert found is not None  # noqa: S101 - it was locked a line above
    return found


def _remember(verb: str, strategy: Strategy, by: Viewer, at: datetime, **facts: object) -> None:
    known = {"title": strategy.title, **facts}
    journal.append(f"dialogue.{verb}", thing=strategy.ref, facts=known, by=by, at=at)
