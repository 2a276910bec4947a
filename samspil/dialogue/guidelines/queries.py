"""What can be read about procedure guidelines."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from samspil.core import procedure
from samspil.dialogue.guidelines.models import Guideline, GuidelineVersion, PromisedDiscussion
from samspil.dialogue.models import Item, Outcome
from samspil.initiative.models import Initiative, Link
from samspil.organisation.models import Committee


def guideline(ref: str) -> Guideline | None:
    return _rows().filter(thing__ref=ref).first()


def guidelines(refs: Iterable[str]) -> QuerySet[Guideline]:
    return _rows().filter(thing__ref__in=list(refs))


def of_initiatives(initiatives: Sequence[Initiative]) -> list[Guideline]:
    """The guidelines about some initiatives, the oldest first."""
    return list(_rows().filter(initiative__in=initiatives))


def of_committee(committee: Committee) -> list[Guideline]:
    """The guidelines of a committee, general ones first."""
    return sorted(_rows().filter(committee=committee), key=lambda one: (one.initiative_id or 0, one.pk))


def general() -> list[Guideline]:
    """The guidelines that are about no single initiative."""
    return list(_rows().filter(initiative=None))


def unfinished(initiative: Initiative, on: date) -> Guideline | None:
    """The guideline about an initiative that is being written or has not ended."""
    rows = _rows().filter(Q(ends_on=None) | Q(ends_on__gte=on), initiative=initiative)
    return rows.last()


def holding(found: Guideline, on: date) -> GuidelineVersion | None:
    """The version that holds on a day."""
    versions = list(found.versions.all())
    place = procedure.holding([one.holds_from for one in versions], on, found.ends_on)
    return None if place is None else versions[place]


def draft(found: Guideline) -> GuidelineVersion | None:
    """The version that is being written."""
    return next((one for one in found.versions.all() if one.agreed_on is None), None)


def awaited(version: GuidelineVersion) -> bool:
    """Whether the text of the meeting that agreed it still waits for approval by both sides."""
    return version.item is not None and version.item.status != Item.Status.APPROVED


def items_about(guidelines: Sequence[Guideline]) -> dict[int, list[Item]]:
    """The items by which guidelines were put before committees, the latest first."""
    by_thing = {one.thing_id: one.pk for one in guidelines}
    links = Link.objects.filter(from_thing__in=by_thing, kind=Link.Kind.LED_TO, to_thing__kind="item")
    things = dict(links.values_list("to_thing_id", "from_thing_id"))
    found: dict[int, list[Item]] = {one.pk: [] for one in guidelines}
    outcomes = Outcome.objects.select_related("meeting", "union").order_by("meeting__on", "pk")
    rows = Item.objects.filter(thing__in=things).select_related(
        "thing", "committee", "meeting", "regime", "organisation", "initiative"
    )
    for row in rows.prefetch_related(Prefetch("outcomes", outcomes)).order_by("-requested_at", "-pk"):
        found[by_thing[things[row.thing_id]]].append(row)
    return found


def _rows() -> QuerySet[Guideline]:
    discussions = PromisedDiscussion.objects.select_related("committee", "meeting").order_by("position")
    versions = (
        GuidelineVersion.objects.select_related(
            "item__thing", "item__committee", "item__meeting", "item__initiative", "file", "written_by"
        )
        .prefetch_related(Prefetch("discussions", discussions))
        .order_by("number")
    )
    return (
        Guideline.objects.select_related(
            "thing",
            "committee",
            "organisation",
            "terms",
            "initiative__thing",
            "initiative__organisation",
            "initiative__owner__unit",
            "initiative__lead",
            "initiative__process",
        )
        .prefetch_related(Prefetch("versions", versions))
        .order_by("pk")
    )


def in_force(on: date) -> QuerySet[Guideline]:
    """The guidelines of which some version holds on a day."""
    agreed = GuidelineVersion.objects.filter(guideline=OuterRef("pk"), holds_from__lte=on)
    return _rows().filter(Q(ends_on=None) | Q(ends_on__gte=on), Exists(agreed))


def ended_since(since: date, on: date) -> QuerySet[Guideline]:
    """The guidelines whose last day passed not long ago."""
    return _rows().filter(ends_on__gte=since, ends_on__lt=on)


def meant_by(items: Sequence[Item], on: date) -> dict[int, str]:
    """The title of the guideline that each item of a committee is about: the one that it was put before the
    committee for, else the only one that the committee has."""
    led = Link.objects.filter(to_thing__in=[one.thing_id for one in items], kind=Link.Kind.LED_TO)
    came_from = dict(led.filter(from_thing__kind="guideline").values_list("to_thing_id", "from_thing_id"))
    going_on = Q(Q(ends_on=None) | Q(ends_on__gte=on), committee__in={one.committee_id for one in items})
    rows = Guideline.objects.filter(going_on | Q(thing__in=came_from.values()))
    titles = dict(rows.values_list("thing_id", "title"))
    only = next(iter(titles)) if len(titles) == 1 else None
    meant = {one.pk: came_from.get(one.thing_id, only) for one in items}
    return {pk: titles[thing] for pk, thing in meant.items() if thing in titles}
