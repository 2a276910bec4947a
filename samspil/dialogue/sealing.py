"""What the journal's rows about an item claim of its outcomes and minutes."""

from collections.abc import Iterable, Mapping, Sequence

from samspil.dialogue.models import Item, Minutes, Outcome


def sealed(item: Item) -> dict[str, str]:
    """The facts that every journal row about an item repeats."""
    return sealed_items([item.ref])[item.ref]


def sealed_items(refs: Sequence[str]) -> Mapping[str, dict[str, str]]:
    """The facts of live items, to be compared with what the journal committed to."""
    items = {row.pk: row.ref for row in Item.objects.filter(thing__ref__in=refs).select_related("thing")}
    outcomes: dict[int, list[str]] = {pk: [] for pk in items}
    for outcome in Outcome.objects.filter(item__in=items).select_related("union", "meeting").order_by("pk"):
        outcomes[outcome.item_id].append(_in_short(outcome))
    hashes = _newest_hashes(items)
    return {
        ref: {"outcome": " · ".join(outcomes[pk]), "minutes_sha256": hashes.get(pk, "")}
        for pk, ref in items.items()
    }


def _in_short(outcome: Outcome) -> str:
    union = f" {outcome.union.ref}" if outcome.union else ""
    return f"{outcome.meeting.on.isoformat()} {outcome.key}{union}"


def _newest_hashes(items: Iterable[int]) -> dict[int, str]:
    rows = Minutes.objects.filter(item__in=items).order_by("number").values_list("item_id", "sha256")
    return dict(rows)
