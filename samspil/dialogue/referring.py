"""A matter that an outcome sends to another committee stands there as an item of its own, linked to this one.

These are steps inside an action: they check no permission. Where the outcome is corrected, an item that
nobody has taken up yet goes again.
"""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from samspil.dialogue import asking, asks
from samspil.dialogue import regime as regimes
from samspil.dialogue.confidential import WHILE_CLOSED
from samspil.dialogue.models import Item, Outcome
from samspil.dialogue.sealing import sealed
from samspil.initiative.models import Link
from samspil.initiative.things import link
from samspil.organisation import journal
from samspil.organisation.models import Committee
from samspil.organisation.viewer import Viewer


def sent_to(item: Item) -> set[str]:
    """The refs of the committees that the outcomes of the item's meeting send it to."""
    regime = regimes.read(item.regime)
    rows = Outcome.objects.filter(item=item, meeting=item.meeting)
    return {ref for row in rows for ref in asks.committees_told(regime, row.key, row.told)}


def follow(item: Item, before: set[str], by: Viewer, at: datetime) -> None:
    """Let items stand where the outcome sends the matter, and no longer where it does not."""
    now = sent_to(item)
    for stale in _sent(item, before - now):
        if stale.status == Item.Status.REQUESTED:
            _take_back(stale, by, at)
    there = {one.committee.ref for one in _sent(item, now)}
    for committee in Committee.objects.filter(ref__in=now - there).order_by("pk"):
        _send(item, committee, by, at)


def _sent(item: Item, refs: Iterable[str]) -> list[Item]:
    """The items that this one led to in these committees, but for those that were withdrawn."""
    links = Link.objects.filter(from_thing=item.thing, kind=Link.Kind.LED_TO).values("to_thing")
    rows = Item.objects.filter(thing__in=links, committee__ref__in=list(refs))
    return list(rows.exclude(status=Item.Status.WITHDRAWN).select_related("thing", "committee"))


def _send(item: Item, committee: Committee, by: Viewer, at: datetime) -> None:
    names = ("initiative", "phase", "before_step", "case", "case_number", *WHILE_CLOSED)
    made = asking.new_item(committee, item.title, by, at, **{name: getattr(item, name) for name in names})
    link(item.thing, made.thing, Link.Kind.LED_TO, by, at)
    _journal("item_requested", made, by, at, committee=committee.name, on="")


def _take_back(item: Item, by: Viewer, at: datetime) -> None:
    item.status = Item.Status.WITHDRAWN
    item.save(update_fields=["status"])
    _journal("item_withdrawn", item, by, at, reason=_("What came of it elsewhere was corrected."))


def _journal(verb: str, item: Item, by: Viewer, at: datetime, **facts: object) -> None:
    known = {"title": item.title, **facts, **sealed(item)}
    journal.append(f"dialogue.{verb}", thing=item.ref, facts=known, by=by, at=at)
