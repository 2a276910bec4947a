"""What a closed item became elsewhere: sent on by an outcome, or taken up below, with its title and its case.

These are steps inside an action: they check no permission and write no journal.
"""

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from samspil.dialogue import words
from samspil.dialogue.confidential import is_confidential
from samspil.dialogue.models import Item
from samspil.initiative.models import Link
from samspil.kit.refusal import Refused


def follow(item: Item, before: date | None) -> list[Item]:
    """Let what the item became elsewhere open when it does; those that changed. `before`: its day until now.

    One that its own committee closed for longer stays so; one that had the item's day moves with it.
    """
    changed = [one for one in copies_of(item) if _moves(one, item.confidential_until, before)]
    for one in changed:
        one.confidential_until, one.confidential_because = item.confidential_until, item.confidential_because
    return changed


def copies_of(item: Item) -> list[Item]:
    """The items that this one led to, those that they led to, and so on; held until the action is over."""
    found: dict[int, Item] = {}
    ahead = [item]
    while ahead:
        ahead = [one for one in _led_to(ahead) if one.pk not in found and one.pk != item.pk]
        found |= {one.pk: one for one in ahead}
    return list(found.values())


def check_origin(item: Item, until: date | None, today: date) -> None:
    """Nobody opens an item before the one it came from, for the two have one title."""
    for origin in _came_from(item):
        day = origin.confidential_until
        if day and is_confidential(origin, today) and (until is None or until < day):
            facts = {"committee": origin.committee.name, "day": words.day(day)}
            raise Refused(
                _("It came from %(committee)s, where it is closed until %(day)s. Ask those who run it.")
                % facts,
                "until" if until else None,
            )


def _moves(copy: Item, until: date | None, before: date | None) -> bool:
    own = copy.confidential_until
    return own == before or (until is not None and (own is None or own < until))


def _led_to(items: Iterable[Item]) -> "QuerySet[Item]":
    """Sent on by an outcome, or sent down and taken up below."""
    here = [one.thing_id for one in items]
    links = Link.objects.filter(kind=Link.Kind.LED_TO)
    direct = links.filter(from_thing__in=here)
    by_sending = links.filter(from_thing__in=direct.filter(to_thing__kind="sending").values("to_thing"))
    things = [*direct.values_list("to_thing", flat=True), *by_sending.values_list("to_thing", flat=True)]
    rows = Item.objects.filter(thing__in=things).order_by("pk")
    return rows.select_for_update(of=("self",)).select_related("thing", "committee")


def _came_from(item: Item) -> "QuerySet[Item]":
    links = Link.objects.filter(kind=Link.Kind.LED_TO)
    direct = links.filter(to_thing=item.thing_id)
    by_sending = links.filter(to_thing__in=direct.filter(from_thing__kind="sending").values("from_thing"))
    things = [*direct.values_list("from_thing", flat=True), *by_sending.values_list("from_thing", flat=True)]
    return Item.objects.filter(thing__in=things).select_related("committee")
