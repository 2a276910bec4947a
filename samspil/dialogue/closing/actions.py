"""Closing an item for a time, changing the day on which it opens, opening it before that day.

What the item became in other committees follows, each with a row of its own in the journal.
"""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samspil.dialogue.closing.copies import check_origin, follow
from samspil.dialogue.closing.reasons import reasons_of
from samspil.dialogue.confidential import is_confidential
from samspil.dialogue.models import Item
from samspil.dialogue.permissions import PERMISSIONS
from samspil.dialogue.sealing import sealed
from samspil.kit.refusal import Refused
from samspil.organisation import journal
from samspil.organisation.viewer import Viewer

IT_IS_OPEN = _("This item is open already.")


@transaction.atomic
def close_item(*, item: Item, because: str, until: date, by: Viewer, at: datetime) -> Item:
    """Hide an item from those who are not let in, until a day. `because`: a reason of the country's table."""
    PERMISSIONS.require("close_item", by, item)
    kept = _locked(item)
    if is_confidential(kept, by.today):
        raise Refused(_("This item is closed already. Change the day on which it opens instead."))
    reason = reasons_of(by.organisation).known.get(because)
    if reason is None:
        raise Refused(_("Choose why it is closed."), "because")
    _check_day(until, by)
    check_origin(kept, until, by.today)
    kept.confidential_until, kept.confidential_because = until, reason.sentence[:300]
    facts = {"until": until.isoformat(), "because": kept.confidential_because}
    _keep_all("item_closed", kept, None, facts, by, at)
    return kept


@transaction.atomic
def change_closed_item(*, item: Item, until: date, by: Viewer, at: datetime) -> Item:
    """Let a closed item open earlier or later."""
    PERMISSIONS.require("change_closed_item", by, item)
    kept = _locked(item)
    before = kept.confidential_until
    if before is None or not is_confidential(kept, by.today):
        raise Refused(IT_IS_OPEN)
    if until == before:
        raise Refused(_("This is the day it has already. Choose another one."), "until")
    _check_day(until, by)
    check_origin(kept, until, by.today)
    kept.confidential_until = until
    facts = {"before": before.isoformat(), "until": until.isoformat()}
    _keep_all("item_day_changed", kept, before, facts, by, at)
    return kept


@transaction.atomic
def open_item(*, item: Item, by: Viewer, at: datetime) -> Item:
    """Open an item to everybody before its day. That it was closed stays in the journal."""
    PERMISSIONS.require("open_item", by, item)
    kept = _locked(item)
    if not is_confidential(kept, by.today):
        raise Refused(IT_IS_OPEN)
    check_origin(kept, None, by.today)
    before = kept.confidential_until
    kept.confidential_until, kept.confidential_because = None, ""
    _keep_all("item_opened", kept, before, {}, by, at)
    return kept


def _locked(item: Item) -> Item:
    rows = Item.objects.select_for_update(of=("self",)).select_related("thing", "committee")
    return rows.get(pk=item.pk)


def _check_day(until: date, by: Viewer) -> None:
    if until <= by.today:
        raise Refused(_("Choose a day to come; on that day it opens by itself."), "until")
    if until > reasons_of(by.organisation).latest(by.today):
        raise Refused(
            _("This is too far ahead. Choose an earlier day; it can be moved when the time comes."), "until"
        )


def _keep_all(
    verb: str, item: Item, before: date | None, facts: Mapping[str, str], by: Viewer, at: datetime
) -> None:
    """The item's own row comes last. `before`: the day on which it opened until now."""
    for one in follow(item, before):
        _keep(verb, one, facts, by, at)
    _keep(verb, item, facts, by, at)


def _keep(verb: str, item: Item, facts: Mapping[str, str], by: Viewer, at: datetime) -> None:
    item.save(update_fields=["confidential_until", "confidential_because"])
    known = {"title": item.title, **facts, **sealed(item)}
    journal.append(f"dialogue.{verb}", thing=item.ref, facts=known, by=by, at=at)
