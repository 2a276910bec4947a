"""The figures board: named quantities with unit, date and source. Rows are added, never changed."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal

from samspil.core.figures import known
from samspil.initiative.models import Figure, Thing
from samspil.organisation.viewer import Viewer


def push(
    thing: Thing,
    key: str,
    value: Decimal | int | None,
    unit: str,
    *,
    on: date,
    source: str,
    n: int | None = None,
    by: Viewer,
    at: datetime,
) -> Figure:
    """Put a figure about a thing on the board; `value=None` says that it is unknown.

    Part of the action that knows the figure: it belongs in that action's transaction, before its journal row.
    """
    return Figure.objects.create(
        organisation=by.organisation,
        thing=thing,
        key=known(key, unit).key,
        value=value,
        unit=unit,
        n=n,
        on=on,
        source=source,
        pushed_at=at,
        pushed_by=by.subject,
    )


def newest(thing: Thing, key: str) -> Figure | None:
    """The figure as last told: the latest day counts, of the same day the one pushed last."""
    return Figure.objects.filter(thing=thing, key=key).order_by("on", "pk").last()


def newest_of(things: Iterable[Thing], keys: Iterable[str]) -> dict[tuple[int, str], Figure]:
    """The newest figures of many things at once, by the thing's id and the figure's key."""
    rows = Figure.objects.filter(thing__in=list(things), key__in=list(keys)).order_by("on", "pk")
    return {(row.thing_id, row.key): row for row in rows}
