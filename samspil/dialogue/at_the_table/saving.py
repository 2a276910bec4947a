"""Saves what the secretary typed about one item: outcome, positions, text and an action, or nothing of it."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samspil.dialogue import actions, queries
from samspil.dialogue.actions import THEY_CHANGED_IT
from samspil.dialogue.at_the_table.forms import ItemAtTheTable
from samspil.dialogue.models import Item
from samspil.kit.refusal import ChangedMeanwhile, Refused
from samspil.organisation.models import Person
from samspil.organisation.viewer import Viewer


@transaction.atomic
def save_item(item: Item, form: ItemAtTheTable, by: Viewer, at: datetime) -> None:
    """Everything that was typed about an item, through the actions of the room; all of it or none.

    The text is compared with the one that was read before the outcome makes a new version of it.
    """
    typed = form.cleaned_data
    newest = queries.newest_minutes(item)
    if form.text_changed and (newest.number if newest else 0) != typed["text_version"]:
        raise ChangedMeanwhile(THEY_CHANGED_IT, theirs=newest.text if newest else "", yours=typed["text"])
    if form.result_changed:
        if not form.has_outcome:
            raise Refused(
                _("Choose what came of it; then the rest can be saved."), form.result_fields()[0].name
            )
        actions.record_outcome(
            item=item,
            outcomes=form.outcomes(),
            positions=form.positions(),
            order=typed.get("order", ""),
            version=typed["version"],
            by=by,
            at=at,
        )
    if form.text_changed:
        newest = queries.newest_minutes(item)
        actions.write_minutes(
            item=item, text=typed["text"], version=newest.number if newest else 0, by=by, at=at
        )
    if form.has_action:
        owner = Person.objects.get(ref=typed["action_owner"])
        actions.add_action_point(
            item=item, text=typed["action_text"], owner=owner, due=typed["action_due"], by=by, at=at
        )


def versions_of(item: Item) -> Mapping[str, int]:
    """The versions that are stored now, by the names of the hidden fields."""
    newest = queries.newest_minutes(item)
    return {"version": queries.recorded_version(item), "text_version": newest.number if newest else 0}
