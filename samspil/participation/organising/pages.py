"""What the pages of those who ask show."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samspil.initiative.models import Initiative
from samspil.kit import house
from samspil.organisation.door import Request
from samspil.organisation.models import Organisation
from samspil.organisation.viewer import Viewer
from samspil.participation import doorway, kinds, promising, queries, words
from samspil.participation.levels import LEVELS
from samspil.participation.models import AskedGroup, Round
from samspil.participation.organising import legal
from samspil.participation.permissions import PERMISSIONS
from samspil.participation.urn import gate
from samspil.participation.urn import queries as urns
from samspil.participation.urn.models import Urn

Crumb = dict[str, Any]
LATEST = 3  # rounds in the panel of an initiative
IN_ORDER = (Round.State.OPEN, Round.State.PLANNED, Round.State.CLOSED)


@dataclass(frozen=True)
class Asked:
    """A group that is asked, how many stand for it, and whether codes have to be handed out."""

    row: AskedGroup
    electors: int

    @property
    def needs_codes(self) -> bool:
        return bool(self.row.group_id) and not self.electors


def rounds(viewer: Viewer) -> dict[str, Any]:
    """All rounds, what is open first."""
    rows = list(queries.rounds().select_related("planned_by").order_by("-opens_on", "pk"))
    rows.sort(key=lambda one: IN_ORDER.index(Round.State(one.state)))
    return {
        "rounds": rows,
        "may_plan": PERMISSIONS.allows("plan_own_round", viewer),
        "breadcrumbs": [_start(viewer.organisation), {"title": _("Rounds of questions")}],
    }


def round_(found: Round, viewer: Viewer) -> dict[str, Any]:
    """One round for those who ask: where it stands and what is next."""
    planned, closed = found.state == Round.State.PLANNED, found.state == Round.State.CLOSED
    may = {one: PERMISSIONS.allows(one, viewer, found) for one in DEEDS}
    there = found.kind in house.round_kinds()
    return about(found) | {
        "level": LEVELS[found.level],
        "asked": asked(found, viewer),
        "why_not": promising.why_not_open(found, viewer.today) if planned else [],
        "took_part": took_part(found),
        "set_apart": queries.set_apart(found),
        "may": may,
        "ways": ways(found) if found.state == Round.State.OPEN else None,
        "prepare": kinds.prepare(found) if there and may["change_round"] and not closed else "",
        "results": kinds.results(found) if there and not planned else "",
        **_of_the_urn(found),
        "written": not kinds.unready(found),
        **on_paper(found),
    }


def opening(found: Round, viewer: Viewer) -> dict[str, Any]:
    """What opening a round means, for whoever is asked once more; or why it cannot open."""
    planned = found.state == Round.State.PLANNED
    last = {"day": date_format(found.closes_on)}
    return about(found, _("Open the round")) | {
        "title": _("Open the round"),
        "lead": _(
            "Everybody who is asked and has an account here is told. It can't be undone: who is asked and "
            "what is promised stand until %(day)s, and no more codes can be made."
        )
        % last,
        "why_not": promising.why_not_open(found, viewer.today) if planned else [words.NOT_PLANNED_ANY_MORE],
        "kind": "primary",
        "back": reverse("participation:round", args=[found.organisation.slug, found.ref]),
    }


def closing(found: Round) -> dict[str, Any]:
    """What closing a round before its last day is over means, for whoever is asked once more."""
    return about(found, _("Close the round now")) | {
        "title": _("Close the round now"),
        "lead": words.CLOSING[found.level],
        "why_not": [] if found.state == Round.State.OPEN else [words.NOT_OPEN],
        "kind": "warning",
        "back": reverse("participation:round", args=[found.organisation.slug, found.ref]),
    }


def _of_the_urn(found: Round) -> dict[str, Any]:
    """Of a secret round: whether its keys or two of its holders are next, or its urn when it is counted."""
    if found.level != Round.Level.SECRET:
        return {}
    urn = urns.urn_of(found)
    counted = urn if urn and urn.state in (Urn.State.OPENED, Urn.State.DESTROYED) else None
    return {
        "to_keys": found.state == Round.State.PLANNED and bool(gate.what_is_missing(found)),
        "sealed": found.state == Round.State.CLOSED and not counted,
        "counted": counted,
    }


DEEDS = (
    *("change_round", "open_round", "close_round", "tell_what_came_of_it"),
    *("hand_out", "enter_for_others", "count_hands", "let_in"),
)


def on_paper(found: Round) -> dict[str, Any]:
    """Whether it is answered on paper, and the hands that were counted."""
    kind = house.round_kinds().get(found.kind)
    paper = kind.on_paper if kind and found.level != Round.Level.SECRET else None
    if paper is None:
        return {"on_paper": False}
    texts, boxes = dict(paper.lines(found)), [word for _value, word in paper.boxes]
    hands = [
        (tally, [(n, texts.get(n, ""), list(zip(boxes, counts, strict=False))) for n, counts in tally.lines])
        for tally in found.hand_counts.order_by("on", "pk")
    ]
    return {"on_paper": True, "boxes": boxes, "hands": hands}


def asked(found: Round, viewer: Viewer) -> list[Asked]:
    """Each group that is asked with how many stand, or would stand today, on its roster."""
    rows = found.asked.select_related("group", "unit", "committee").order_by("pk")
    if found.state == Round.State.PLANNED:
        counted = queries.expected_electors(found, viewer.today)
    else:
        counted = queries.electors_by_group(found)
    return [Asked(row, counted.get(row.pk, 0)) for row in rows]


def took_part(found: Round) -> "list[tuple[str | Promise, str | Promise, int | None]] | None":
    """How many, by how sure we are of them and by channel. A number under the smallest group is not shown."""
    if found.state == Round.State.PLANNED or found.level == Round.Level.SECRET:
        return None
    return [
        (words.TIERS[tier], words.CHANNELS[channel], n if n >= found.smallest_total else None)
        for tier, channel, n in queries.ways_of_those_who_took_part(found)
    ]


def ways(found: Round) -> dict[str, str]:
    """Addresses to hand out."""
    return {
        "address": settings.BASE_URL + reverse("p:welcome", args=[found.code]),
        "short": settings.BASE_URL + reverse("p:find_round"),
        "kiosk": settings.BASE_URL + reverse("p:kiosk", args=[found.code, doorway.kiosk_key(found)]),
    }


def panel(initiative: Initiative, viewer: Viewer, _at: object) -> dict[str, Any]:
    """The rounds on an initiative's page, and the button to ask."""
    rows = list(queries.rounds().filter(initiative=initiative).order_by("-opens_on", "pk")[:LATEST])
    may = PERMISSIONS.allows("plan_round", viewer, initiative)
    return {"rounds": rows, "initiative": initiative, "may_ask": may}


def law(request: Request) -> legal.LegalBasis:
    organisation = request.organisation
    return legal.proposed(organisation, organisation.language, get_language() or "en")


def about(found: Round, title: str = "") -> dict[str, Any]:
    """What every page about a round shows: the round and the way back."""
    organisation = found.organisation
    crumbs = way_to(organisation, found.initiative, found.title)
    if title:
        crumbs[-1]["url"] = reverse("participation:round", args=[organisation.slug, found.ref])
        crumbs.append({"title": title})
    return {"round": found, "initiative": found.initiative, "breadcrumbs": crumbs}


def way_to(organisation: Organisation, initiative: Initiative | None, title: str) -> list[Crumb]:
    """The way back from a page about an initiative's round, or about one of the organisation."""
    if initiative is None:
        url = reverse("participation:rounds", args=[organisation.slug])
        between: list[Crumb] = [{"title": _("Rounds of questions"), "url": url}]
    else:
        slug = organisation.slug
        between = [
            {"title": _("Initiatives"), "url": reverse("initiative:initiatives", args=[slug])},
            {"title": initiative.title, "url": reverse("initiative:initiative", args=[slug, initiative.ref])},
        ]
    return [_start(organisation), *between, {"title": title}]


def _start(organisation: Organisation) -> Crumb:
    return {"title": _("Start"), "url": reverse("home", args=[organisation.slug])}
