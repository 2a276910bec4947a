"""What guidelines tell the hall: evidence, cards, search texts, and the days they promise."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from samspil.dialogue.guidelines import pages, queries
from samspil.dialogue.guidelines.models import Guideline
from samspil.dialogue.permissions import PERMISSIONS
from samspil.dialogue.right_level import lines_of
from samspil.initiative.models import Initiative, Thing
from samspil.initiative.queries import ENDED
from samspil.kit.room import CalendarEntry, Card, EvidenceSource, Found
from samspil.organisation.viewer import Viewer, day_in

PROMISED = _("Agreed discussion")


def procedure_guideline(initiatives: Sequence[Initiative], at: datetime) -> Mapping[int, Found]:
    """Whether it is agreed how each initiative is discussed: by its own guideline, else by a general one."""
    own: dict[int, list[Guideline]] = {}
    for one in queries.of_initiatives(initiatives):
        own.setdefault(one.initiative_id or 0, []).append(one)
    general = queries.general()
    lines = lines_of(initiatives) if general else {}
    heard_in = {
        key: frozenset[int]().union(*(line.heard_in for line in found)) for key, found in lines.items()
    }
    return {
        one.pk: _found(
            own.get(one.pk, []), general, heard_in.get(one.pk, frozenset()), day_in(one.organisation, at)
        )
        for one in initiatives
    }


def _found(
    own: Sequence[Guideline], general: Sequence[Guideline], heard_in: frozenset[int], today: date
) -> Found:
    held = [one for one in own if queries.holding(one, today)]
    if held:
        return _holds(held[-1], "guideline_holds", today)
    covering = [one for one in general if one.committee_id in heard_in and queries.holding(one, today)]
    if covering:
        return _holds(covering[-1], "general_guideline_holds", today)
    if any(one.ends_on and today > one.ends_on for one in own):
        return Found("missing", "guideline_ended", source_id=own[-1].thing_id)
    if own:
        return Found("missing", "guideline_is_a_draft", source_id=own[-1].thing_id)
    return Found("missing", "no_guideline")


def _holds(guideline: Guideline, sentence: str, today: date) -> Found:
    version = queries.holding(guideline, today)
    assert version is not None and version.agreed_on is not None  # noqa: S101, PT018 - asked for what holds
    facts = {"committee": guideline.committee.name, "on": version.agreed_on.isoformat()}
    if queries.awaited(version):
        return Found("missing", "guideline_awaits_approval", facts, guideline.thing_id)
    return Found("met", sentence, facts, guideline.thing_id)


EVIDENCE = {
    "dialogue.procedure_guideline": EvidenceSource(
        procedure_guideline,
        {
            "guideline_holds": _("Agreed on %(on)s in %(committee)s: when and where this is discussed."),
            "general_guideline_holds": _(
                "What was agreed on %(on)s in %(committee)s about new technology in general holds here too."
            ),
            "guideline_awaits_approval": _(
                "Agreed on %(on)s in %(committee)s. The text of that meeting waits for approval."
            ),
            "guideline_ended": _("What was agreed has ended after notice, and nothing took its place."),
            "guideline_is_a_draft": _("A draft is written and not agreed yet."),
            "no_guideline": _("It is not agreed yet when and where this is discussed."),
        },
    ),
}


def cards(refs: Iterable[str], viewer: Viewer) -> dict[str, Card]:
    rows = queries.guidelines(refs)
    return {
        row.ref: Card(
            row.ref, "guideline", row.title, _url(viewer, row.ref), pages.status_of(row, viewer.today)
        )
        for row in rows
        if PERMISSIONS.allows("see_guideline", viewer, row)
    }


def texts(things: Sequence[Thing]) -> Iterable[tuple[str, str, str]]:
    """The words of guidelines: what holds or is to come, and what is being written."""
    for row in Guideline.objects.filter(thing__in=things).select_related("thing", "committee"):
        version = row.versions.prefetch_related("discussions").last()
        parts = [row.title, row.committee.name]
        if version:
            parts += [version.purpose, version.taking_part, version.follow_up]
            parts += [one.topics for one in version.discussions.all()]
        yield row.ref, row.title, " ".join(parts)


def calendar(viewer: Viewer, _at: datetime) -> Iterable[CalendarEntry]:
    """The promised days of the committees a viewer sits in and of the initiatives that are theirs."""
    if viewer.person is None:
        return
    for one in queries.in_force(viewer.today).exclude(initiative__phase__in=ENDED):
        mine = one.initiative and viewer.person.pk in (one.initiative.lead_id, one.initiative.owner_id)
        version = queries.holding(one, viewer.today)
        for promised in version.discussions.all() if version else ():
            if (
                promised.by
                and promised.by >= viewer.today
                and (mine or promised.committee_id in viewer.committee_ids)
            ):
                yield CalendarEntry(promised.by, one.title, _url(viewer, one.ref), PROMISED)


def _url(viewer: Viewer, ref: str) -> str:
    return reverse("dialogue:guideline", args=[viewer.organisation.slug, ref])
