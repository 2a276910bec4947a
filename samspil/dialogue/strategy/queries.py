"""What can be read about strategies."""

from datetime import date

from django.db.models import Prefetch, QuerySet

from samspil.dialogue.models import Item, Outcome
from samspil.dialogue.strategy.models import Strategy, StrategyDiscussion, StrategyRound, StrategyVersion
from samspil.organisation.models import Committee

WIDE = ("main", "area")


def strategies() -> QuerySet[Strategy]:
    """All strategies, the newest period first."""
    return _rows().order_by("-since", "-pk")


def strategy(ref: str) -> Strategy | None:
    return _rows().filter(thing__ref=ref).first()


def discussion(ref: str) -> StrategyDiscussion | None:
    rows = StrategyDiscussion.objects.select_related(
        "round__strategy__thing", "round__about", "item__thing", "item__committee", "item__initiative"
    )
    return rows.filter(ref=ref).first()


def newest(found: Strategy) -> StrategyVersion:
    """What the strategy says now."""
    return list(found.versions.all())[-1]


def rounds(found: Strategy) -> list[StrategyRound]:
    """The rounds, the newest first, with what each committee came to."""
    outcomes = Outcome.objects.select_related("meeting", "union").order_by("meeting__on", "pk")
    discussions = (
        StrategyDiscussion.objects.select_related(
            "item__thing",
            "item__committee",
            "item__meeting",
            "item__regime",
            "item__organisation",
            "item__initiative",
            "changed",
            "answered_by",
        )
        .prefetch_related(Prefetch("item__outcomes", outcomes))
        .order_by("item__committee__name")
    )
    rows = StrategyRound.objects.filter(strategy=found).select_related("about")
    return list(rows.prefetch_related(Prefetch("discussions", discussions)).order_by("-number"))


def committees_to_ask() -> list[Committee]:
    """The main and area committees; where there are none, all of them."""
    rows = Committee.objects.select_related("unit").order_by("name")
    wide = [one for one in rows if one.level in WIDE]
    return sorted(wide or rows, key=lambda one: (one.level != "main", one.name))


def still_open(found: Strategy) -> set[int]:
    """The committees that have an item about it on its way."""
    waiting = (Item.Status.REQUESTED, Item.Status.ON_AGENDA)
    rows = StrategyDiscussion.objects.filter(round__strategy=found, item__status__in=waiting)
    return set(rows.values_list("item__committee_id", flat=True))


def to_follow_up(on: date) -> QuerySet[Strategy]:
    """The strategies whose day to be discussed again has come, while their period lasts."""
    return _rows().filter(follow_up_on__lte=on, until__gte=on).order_by("follow_up_on", "pk")


def _rows() -> QuerySet[Strategy]:
    versions = StrategyVersion.objects.select_related("file", "written_by").order_by("number")
    return Strategy.objects.select_related("thing", "organisation", "owner").prefetch_related(
        Prefetch("versions", versions)
    )
