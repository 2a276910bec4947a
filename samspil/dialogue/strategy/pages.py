"""What the pages about strategies show."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from samspil.dialogue import regime as regimes
from samspil.dialogue import words
from samspil.dialogue.confidential import may_read
from samspil.dialogue.doorstep import Crumb, trail
from samspil.dialogue.models import Item
from samspil.dialogue.pages import outcomes_here
from samspil.dialogue.permissions import PERMISSIONS
from samspil.dialogue.strategy import queries
from samspil.dialogue.strategy.models import Strategy, StrategyDiscussion, StrategyRound
from samspil.organisation.viewer import Viewer

Context = dict[str, Any]
TREATED = (Item.Status.DISCUSSED, Item.Status.RELEASED, Item.Status.APPROVED)


@dataclass(frozen=True)
class Part:
    """A committee's part of a round. Of a closed item others see that it is there, and nothing of it."""

    discussion: StrategyDiscussion
    readable: bool
    status: str
    outcomes: list[str]
    treated: bool


def strategies(viewer: Viewer) -> Context:
    rows = list(queries.strategies())
    return {
        "now": [one for one in rows if one.until >= viewer.today],
        "before": [one for one in rows if one.until < viewer.today],
        "may_write": PERMISSIONS.allows("write_strategy", viewer),
        "who_writes": PERMISSIONS["dialogue.write_strategy"].sentence,
        "breadcrumbs": [*_trail(viewer), {"title": _("Strategies")}],
    }


def strategy(found: Strategy, viewer: Viewer) -> Context:
    versions = list(found.versions.all())
    return {
        "strategy": found,
        "newest": versions[-1],
        "earlier": versions[-2::-1] if len(versions) > 1 else [],
        "rounds": [(one, _parts(one, viewer)) for one in queries.rounds(found)],
        "over": found.until < viewer.today,
        "due": found.follow_up_on <= viewer.today <= found.until,
        "may": {
            name: PERMISSIONS.allows(name, viewer, found)
            for name in ("write_strategy", "open_strategy_round", "answer_strategy_round")
        },
        "breadcrumbs": [*_list_crumbs(viewer), {"title": found.title}],
    }


def form_page(viewer: Viewer, title: str, found: Strategy | None = None) -> Context:
    above = _list_crumbs(viewer)
    back = reverse("dialogue:strategies", args=[viewer.organisation.slug])
    if found:
        back = reverse("dialogue:strategy", args=[viewer.organisation.slug, found.ref])
        above.append({"title": found.title, "url": back})
    return {"strategy": found, "title": title, "back": back, "breadcrumbs": [*above, {"title": title}]}


def _parts(one: StrategyRound, viewer: Viewer) -> list[Part]:
    return [_part(each, viewer) for each in one.discussions.all()]


def _part(one: StrategyDiscussion, viewer: Viewer) -> Part:
    item = one.item
    readable = may_read(viewer, item)
    outcomes = outcomes_here(item, item.meeting) if readable and item.meeting else []
    return Part(one, readable, str(words.STATUSES[item.status]), outcomes, item.status in TREATED)


def _trail(viewer: Viewer) -> list[Crumb]:
    return trail(viewer, regimes.in_force(viewer.organisation, viewer.today).words)


def _list_crumbs(viewer: Viewer) -> list[Crumb]:
    url = reverse("dialogue:strategies", args=[viewer.organisation.slug])
    return [*_trail(viewer), {"title": _("Strategies"), "url": url}]
