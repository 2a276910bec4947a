"""Was what a guideline promises held? In plain and neutral sentences; they put blame on nobody."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from samspil.core.procedure import Kept, Standing, Talk, standing
from samspil.dialogue import regime as regimes
from samspil.dialogue import words
from samspil.dialogue.guidelines import queries
from samspil.dialogue.guidelines.models import Guideline, PromisedDiscussion
from samspil.dialogue.heard import Facts
from samspil.dialogue.models import Item
from samspil.organisation.viewer import Viewer


@dataclass(frozen=True)
class Promised:
    """A promised discussion and how it stands. `item` shows it; whoever links it asks first."""

    discussion: PromisedDiscussion
    standing: Standing
    where: str
    sentence: str
    item: Item | None = None

    @property
    def departs(self) -> bool:
        return self.standing.kept.departs

    @property
    def topics(self) -> list[str]:
        return topics_in(self.discussion)


Shown = tuple[Talk, Item]


def topics_in(discussion: PromisedDiscussion) -> list[str]:
    return [line for line in discussion.topics.splitlines() if line.strip()]


def of_many(guidelines: Sequence[Guideline], viewer: Viewer) -> dict[int, list[Promised]]:
    """What the version that holds promises, guideline by guideline; nothing where none holds."""
    kept = [one for one in guidelines if queries.holding(one, viewer.today)]
    about = [one.initiative for one in kept if one.initiative]
    facts = Facts(about) if about else None
    items = queries.items_about([one for one in kept if not one.initiative_id])
    return {one.pk: _of(one, facts, items.get(one.pk, []), viewer) for one in kept}


def _of(guideline: Guideline, facts: Facts | None, items: Sequence[Item], viewer: Viewer) -> list[Promised]:
    version = queries.holding(guideline, viewer.today)
    return [
        _promised(one, _shown(guideline, one, facts, items), viewer)
        for one in (version.discussions.all() if version else ())
    ]


def _shown(
    guideline: Guideline, discussion: PromisedDiscussion, facts: Facts | None, items: Sequence[Item]
) -> list[Shown]:
    """The discussions that can show a promise, each with its item."""
    if guideline.initiative is None:
        return list(_talks_about(items)) if discussion.committee_id else []
    if facts is None:
        return []
    phases = (
        [discussion.phase]
        if discussion.phase
        else sorted({one.phase for one in facts.items[guideline.initiative.pk]})
    )
    return [
        (Talk(held.item.committee_id, held.discussion.met_on), held.item)
        for phase in phases
        for held in facts.held(guideline.initiative, phase)
        if held.discussion.counts
    ]


def _talks_about(items: Iterable[Item]) -> Iterable[Shown]:
    """What came of the items about a general guideline, where it counts as a discussion."""
    for item in items:
        regime = regimes.read(item.regime)
        for outcome in item.outcomes.all():
            known = regime.outcome(outcome.key)
            if known and known.counts:
                yield Talk(item.committee_id, outcome.meeting.on), item


def _promised(discussion: PromisedDiscussion, shown: Sequence[Shown], viewer: Viewer) -> Promised:
    talks = [talk for talk, _item in shown]
    found = standing(discussion.committee_id, discussion.by, talks, viewer.today)
    item = next((one for talk, one in shown if talk == found.talk), None)
    where = (
        discussion.committee.name if discussion.committee else _("The right committee for each initiative")
    )
    return Promised(
        discussion,
        found,
        where,
        sentence(discussion, found, item.committee.name if item else ""),
        item,
    )


def sentence(discussion: PromisedDiscussion, found: Standing, committee: str) -> str:
    """How a promise stands, in words."""
    facts = {
        "by": words.day(discussion.by) if discussion.by else "",
        "on": words.day(found.talk.on) if found.talk else "",
        "committee": committee,
        "request": words.day(discussion.request_by) if discussion.request_by else "",
    }
    return _sentence(found.kept, discussion) % facts


def _sentence(kept: Kept, discussion: PromisedDiscussion) -> str:
    match kept:
        case Kept.HELD:
            return _("Discussed on %(on)s, as agreed.")
        case Kept.HELD_LATER:
            return _("Discussed on %(on)s. It was agreed to discuss it by %(by)s.")
        case Kept.HELD_ELSEWHERE:
            return _("Discussed on %(on)s in %(committee)s, not where it was agreed.")
        case Kept.NOT_HELD:
            return _("The agreed day, %(by)s, has passed without a recorded discussion.")
        case Kept.NO_DAY if discussion.committee_id is None:
            return _("The day follows from the binding step of each initiative.")
        case Kept.NO_DAY:
            return _("No day has been agreed yet.")
        case _ if discussion.request_by:
            return _("To be discussed by %(by)s; ask for the item by %(request)s.")
        case _:
            return _("To be discussed by %(by)s. No meeting is planned for it yet.")


def departing(found: Iterable[Promised]) -> list[Promised]:
    return [one for one in found if one.departs]


def next_day(found: Iterable[Promised]) -> date | None:
    """The next promised day that lies ahead."""
    ahead = (one.discussion.by for one in found if one.standing.kept == Kept.AHEAD and one.discussion.by)
    return min(ahead, default=None)
