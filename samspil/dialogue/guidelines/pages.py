"""What the pages of procedure guidelines show: everything a template needs, gathered once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samspil.dialogue import regime as regimes
from samspil.dialogue import words
from samspil.dialogue.confidential import may_read
from samspil.dialogue.guidelines import promises, queries, terms
from samspil.dialogue.guidelines.models import Guideline, GuidelineVersion
from samspil.dialogue.guidelines.promises import Promised
from samspil.dialogue.models import Item
from samspil.dialogue.permissions import PERMISSIONS
from samspil.initiative.models import Initiative
from samspil.initiative.words import PHASES, STEP_KINDS
from samspil.kit.charts import Basis, Chart, Moment, TimeLine, draw
from samspil.organisation.models import Committee
from samspil.organisation.viewer import Viewer

Context = dict[str, Any]
ACTIONS = (
    "change_guideline",
    "agree_guideline",
    "record_guideline_elsewhere",
    "terminate_guideline",
)


@dataclass(frozen=True)
class Brief:
    """A guideline in a list: whether it holds, and what departs from it."""

    guideline: Guideline
    status: str
    holds: bool
    next_day: date | None
    departing: Sequence[Promised]


@dataclass(frozen=True)
class Row:
    """A promised discussion as it is shown."""

    phase: str
    before: str
    where: str
    by: date | None
    topics: Sequence[str]
    sentence: str = ""
    departs: bool = False
    item_url: str = ""


def guideline(found: Guideline, viewer: Viewer) -> Context:
    known = terms.as_read(found.terms, found.organisation)
    holds, draft = queries.holding(found, viewer.today), queries.draft(found)
    promised = promises.of_many([found], viewer).get(found.pk, [])
    regime = regimes.in_force(viewer.organisation, viewer.today)
    return {
        **_page(found, viewer),
        "terms": known,
        "kind": known.kind(found.kind),
        "status": status_of(found, viewer.today),
        "holds": holds,
        "draft": draft,
        "awaited": holds is not None and queries.awaited(holds),
        "rows": [_kept_row(one, viewer) for one in promised],
        "departing": promises.departing(promised),
        "chart": chart(found, promised, viewer.today) if _dated(promised) else None,
        "draft_rows": [row_of(one) for one in draft.discussions.all()] if draft else [],
        "versions": _history(found, viewer),
        "items": [one for one in queries.items_about([found])[found.pk] if _may_open(viewer, one)],
        "side": regime.sides.get(found.notice_side, ""),
        "may": _may(found, viewer),
    }


def form_page(found: Guideline, viewer: Viewer, title: str) -> Context:
    page = _page(found, viewer)
    url = reverse("dialogue:guideline", args=[viewer.organisation.slug, found.ref])
    trail = [*page["breadcrumbs"][:-1], {"title": found.title, "url": url}, {"title": title}]
    known = terms.as_read(found.terms, found.organisation)
    return page | {"breadcrumbs": trail, "title": title, "terms": known, "kind": known.kind(found.kind)}


def propose(viewer: Viewer, about: Initiative | Committee) -> Context:
    """The page on which somebody begins a guideline about an initiative, or in a committee."""
    known = terms.as_read(terms.table_for(viewer), viewer.organisation)
    slug = viewer.organisation.slug
    page = "initiative:initiative" if isinstance(about, Initiative) else "dialogue:committee"
    url = reverse(page, args=[slug, about.ref])
    return {
        "about": about,
        "about_url": url,
        "is_initiative": isinstance(about, Initiative),
        "terms": known,
        "kind": known.kind("initiative"),
        "existing": queries.unfinished(about, viewer.today) if isinstance(about, Initiative) else None,
        "breadcrumbs": [
            {"title": _("Start"), "url": reverse("home", args=[slug])},
            {"title": str(about), "url": url},
            {"title": capfirst(known.name)},
        ],
    }


def panel(initiative: Initiative, viewer: Viewer, _at: datetime) -> Mapping[str, Any]:
    """The guidelines' part of an initiative's page."""
    found = queries.of_initiatives([initiative])
    may_propose = PERMISSIONS.allows("propose_guideline", viewer, initiative)
    running = initiative.phase in ("idea", "development", "implementation", "follow_up")
    return {
        "initiative": initiative,
        "briefs": briefs(found, viewer),
        "may_propose": may_propose and running and not _unfinished(found, viewer.today),
    }


def of_committee(committee: Committee, viewer: Viewer) -> Context:
    """The guidelines' part of a committee's page."""
    return {
        "guidelines": briefs(queries.of_committee(committee), viewer),
        "may_propose_guideline": PERMISSIONS.allows("propose_general_guideline", viewer, committee),
    }


def briefs(guidelines: Sequence[Guideline], viewer: Viewer) -> list[Brief]:
    """Guidelines in short, those that a guest or another may not see left out."""
    seen = [one for one in guidelines if PERMISSIONS.allows("see_guideline", viewer, one)]
    promised = promises.of_many(seen, viewer)
    return [
        Brief(
            one,
            status_of(one, viewer.today),
            queries.holding(one, viewer.today) is not None,
            promises.next_day(promised.get(one.pk, [])),
            promises.departing(promised.get(one.pk, [])),
        )
        for one in seen
    ]


def status_of(found: Guideline, today: date) -> str:
    """What holds on a day, in one sentence."""
    version, draft = queries.holding(found, today), queries.draft(found)
    if found.ends_on and today > found.ends_on:
        return _("Ended on %(day)s, after notice.") % {"day": words.day(found.ends_on)}
    if version is None:
        coming = [one for one in found.versions.all() if one.holds_from]
        if coming and coming[-1].holds_from:
            return _("Agreed. Holds from %(day)s.") % {"day": words.day(coming[-1].holds_from)}
        return _("A draft. Not agreed yet.")
    assert version.holds_from is not None  # noqa: S101 - what holds does so from a day
    facts = {"number": version.number, "day": words.day(version.holds_from)}
    said = _("Version %(number)s holds from %(day)s.") % facts
    if found.ends_on:
        said += " " + _("Notice has been given; the last day is %(day)s.") % {"day": words.day(found.ends_on)}
    return said + (" " + _("A new version is being written.") if draft else "")


def chart(found: Guideline, promised: Sequence[Promised], today: date) -> Chart:
    """The year with the discussions promised and held; it tells what was agreed, whenever it is read."""
    moments = [_moment(one, today) for one in promised if one.discussion.by or one.standing.talk]
    basis = Basis(None, found.title, today, counted=False)
    title = _("Discussions promised and held")
    return draw(TimeLine(title, tuple(moments), None, basis), get_language() or "en")


def _moment(one: Promised, today: date) -> Moment:
    label = " · ".join(filter(None, [str(PHASES.get(one.discussion.phase, "")), one.where]))
    talk = one.standing.talk
    if talk:
        return Moment(_("Discussed: %(what)s") % {"what": label}, talk.on)
    by = one.discussion.by
    if by is not None and by < today:
        said = _("Agreed day, nothing recorded: %(what)s") % {"what": label}
        return Moment(said, by, square=True, warning=True)
    return Moment(label, by, planned=True)


def _dated(promised: Sequence[Promised]) -> bool:
    return any(one.discussion.by or one.standing.talk for one in promised)


def _kept_row(one: Promised, viewer: Viewer) -> Row:
    slug = viewer.organisation.slug
    may_open = one.item is not None and _may_open(viewer, one.item)
    url = reverse("dialogue:item", args=[slug, one.item.ref]) if one.item and may_open else ""
    row = row_of(one.discussion)
    return Row(
        row.phase, row.before, one.where, row.by, row.topics, one.sentence, departs=one.departs, item_url=url
    )


def row_of(discussion: Any) -> Row:
    where = (
        discussion.committee.name if discussion.committee else _("The right committee for each initiative")
    )
    return Row(
        phase=str(PHASES.get(discussion.phase, "")),
        before=str(STEP_KINDS.get(discussion.before, "")),
        where=where,
        by=discussion.by,
        topics=promises.topics_in(discussion),
    )


def _may_open(viewer: Viewer, item: Item) -> bool:
    """Whether an item is linked: not a closed one, and none that a guest is not admitted to."""
    return may_read(viewer, item) and PERMISSIONS.allows("see_item", viewer, item)


def _history(found: Guideline, viewer: Viewer) -> list[tuple[GuidelineVersion, bool]]:
    """The versions that were agreed, the newest first, and whether the item of each may be read."""
    agreed = [one for one in found.versions.all() if one.agreed_on]
    return [(one, one.item is not None and _may_open(viewer, one.item)) for one in reversed(agreed)]


def _unfinished(guidelines: Sequence[Guideline], today: date) -> bool:
    return any(one.ends_on is None or one.ends_on >= today for one in guidelines)


def _may(found: Guideline, viewer: Viewer) -> dict[str, bool]:
    return {name: PERMISSIONS.allows(name, viewer, found) for name in ACTIONS}


def _page(found: Guideline, viewer: Viewer) -> Context:
    slug = viewer.organisation.slug
    above = (
        {
            "title": found.initiative.title,
            "url": reverse("initiative:initiative", args=[slug, found.initiative.ref]),
        }
        if found.initiative
        else {
            "title": found.committee.name,
            "url": reverse("dialogue:committee", args=[slug, found.committee.ref]),
        }
    )
    start = {"title": _("Start"), "url": reverse("home", args=[slug])}
    return {"guideline": found, "breadcrumbs": [start, above, {"title": found.title}]}
