"""What the pages of an urn show."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from samspil.core.urn.counting import Cell, Count
from samspil.core.urn.form import LARGEST, Question
from samspil.kit import house
from samspil.organisation.viewer import Viewer, day_in
from samspil.participation import kinds
from samspil.participation.models import Round
from samspil.participation.permissions import PERMISSIONS
from samspil.participation.urn import gate, queries, words
from samspil.participation.urn.models import Holder, Urn
from samspil.participation.urn.results import SecretResults, results_of

State = Urn.State
AT_STEP = {
    State.PREPARING: 1,
    State.OPEN: 3,
    State.CLOSED: 4,
    State.STRIPPED: 4,
    State.EXPORTED: 4,
    State.OPENED: 5,
    State.DESTROYED: 6,
}


@dataclass(frozen=True)
class Doing:
    """What the viewer does next: a sentence, a button and where it leads. `finished`: they need not;
    `waits`: others are next."""

    sentence: str
    button: str = ""
    url: str = ""
    finished: bool = False
    waits: bool = False


SECRETARY = 2  # the place that is not the staff side's
MAY = ("set_up_urn", "name_deputy", "fetch_urn", "open_round")


def urn(round_: Round, viewer: Viewer) -> dict[str, Any]:
    """Where the urn stands, who holds its keys, and what whoever looks does next."""
    found = queries.urn_of(round_)
    may = {one: PERMISSIONS.allows(one, viewer, round_) for one in MAY}
    unready = kinds.unready(round_)
    context = about(round_) | {
        "urn": found,
        "may": may,
        "steps": steps(found),
        "unready": unready,
        "prepare": kinds.prepare(round_) if unready else "",
    }
    if found is None:
        return context
    own, found_out = queries.holder_of(found, viewer), results_of(round_)
    holders = queries.holders(found)
    next_ = _next(found, own, holders, viewer, may["open_round"])
    return context | {
        "holders": holders,
        "own": own,
        "doing": next_,
        "missing": missing(round_) if found.state == State.PREPARING else "",
        "stood_in": _stood_in(found, holders, viewer),
        "deputy_of": next((one for one in holders if _is(one.deputy_id, viewer)), None),
        "form": None,
        "ballot": queries.form_of(found),
        "largest": LARGEST,
        "results": found_out,
        "answered": _answered(found_out),
        "told_apart": _told_apart(found_out),
        "preparing": found.state == State.PREPARING,
    }


def missing(round_: Round) -> "str | Promise":
    """Why a secret round can't open yet, first what those who ask have to write themselves."""
    return kinds.unready(round_) or gate.what_is_missing(round_)


def _next(
    found: Urn, own: Holder | None, holders: list[Holder], viewer: Viewer, organiser: bool
) -> Doing | None:
    """Whoever asks opens the round, also where they hold a key; else a holder's own part comes first."""
    asks = organising(found) if organiser else None
    if asks and asks.url and found.state == State.PREPARING and found.drilled_at:
        return asks
    return doing(found, own, holders, viewer) or asks


def _stood_in(found: Urn, holders: list[Holder], viewer: Viewer) -> bool:
    """Whether the third key is held by a deputy who did not keep the minutes when the round opened."""
    opened = found.round.opened_at
    known = queries.candidates(
        found.committee, day_in(viewer.organisation, opened) if opened else viewer.today
    )
    third = next((known.get(one.person) for one in holders if one.place == SECRETARY and one.person), None)
    return bool(third and not third.keeps_the_minutes)


Row = tuple[Question, Count]


def _answered(results: SecretResults | None) -> list[Row]:
    """Each statement with how it was answered, in the order of those who asked."""
    return _rows(results, results.total) if results else []


def _told_apart(results: SecretResults | None) -> list[tuple[str, list[Row]]]:
    """The same for each cell that is told apart."""
    cells = sorted(results.cells.items()) if results else []
    return [(_cell(cell), _rows(results, counts)) for cell, counts in cells if results and counts]


def _rows(results: SecretResults, counts: Mapping[str, Count]) -> list[Row]:
    return [(one, counts[one.key]) for one in results.form.questions if one.key in counts]


def _cell(cell: Cell) -> str:
    named = [" · ".join(path) for path in cell if path]
    return ", ".join(named) or _("Everybody else")


def about(round_: Round, title: str = "") -> dict[str, Any]:
    """What every page of an urn shows: the round, and the way back."""
    slug = round_.organisation.slug
    here = {"title": _("Keys and urn"), "url": reverse("participation:urn", args=[slug, round_.ref])}
    crumbs = [
        {"title": _("Start"), "url": reverse("home", args=[slug])},
        {"title": _("Rounds of questions"), "url": reverse("participation:rounds", args=[slug])},
        {"title": round_.title, "url": reverse("participation:round", args=[slug, round_.ref])},
    ]
    last = [here, {"title": title}] if title else [{"title": here["title"]}]
    return {"round": round_, "title": title, "back": here["url"], "breadcrumbs": [*crumbs, *last]}


def steps(found: Urn | None) -> list[dict[str, str]]:
    names = [
        _("Holders"),
        _("Keys and drill"),
        _("Ready"),
        _("Open"),
        _("Closed"),
        _("Opened"),
        _("Destroyed"),
    ]
    at = (
        0
        if found is None
        else AT_STEP[State(found.state)] + (found.state == State.PREPARING and bool(found.drilled_at))
    )
    over = found is not None and found.state == State.DESTROYED
    return [
        {"name": name, "state": "done" if place < at or over else "current" if place == at else "coming"}
        for place, name in enumerate(names)
    ]


def doing(found: Urn, own: Holder | None, holders: list[Holder], viewer: Viewer) -> Doing | None:
    """The one thing that is next for whoever looks, if they hold a key."""
    if own is None:
        return None
    to = {
        name: reverse(f"participation:{name}", args=[viewer.organisation.slug, found.round.ref])
        for name in PAGES
    }
    if found.state == State.PREPARING:
        return _before_it_opens(found, own, holders, to)
    if found.state in (State.OPEN, State.CLOSED, State.STRIPPED):
        return Doing(_("Keep your key where nobody else finds it. It is needed when the round has closed."))
    if found.state == State.EXPORTED:
        return _opening(found, own, to)
    return _after(found, own, to)


def organising(found: Urn) -> Doing | None:
    """What is next for whoever asks and holds no key."""
    round_, slug = found.round, found.round.organisation.slug
    if found.state == State.PREPARING and (unready := kinds.unready(round_)):
        return Doing(str(unready), _("Write the statements"), kinds.prepare(round_))
    if found.state == State.PREPARING and not gate.what_is_missing(round_):
        to = reverse("participation:round", args=[slug, round_.ref])
        return Doing(
            _("The keys are made and tried. You open the round on its own page."), _("To the round"), to
        )
    if found.state == State.PREPARING and len(queries.public_keys(found)) < queries.HOLDERS:
        return Doing(
            _("Ask the three to make their keys. It stands on their own first page here."), waits=True
        )
    if found.state == State.PREPARING:
        return Doing(
            _("Ask two of the three to try their keys. It stands on their own first page here."), waits=True
        )
    if found.state == State.EXPORTED:
        return Doing(
            _(
                "The round has closed. Any two of the three holders open the urn now, each on their own "
                "device."
            ),
            waits=True,
        )
    if found.state == State.OPENED and round_.kind in house.round_kinds():
        return Doing(
            _("The urn is open and the ballots are counted. The result is made within a minute or two."),
            _("What came out"),
            kinds.results(round_),
        )
    return None


PAGES = ("make_key", "drill_urn", "open_urn", "recount_urn", "destroy_urn", "key_destroyed")


def _before_it_opens(found: Urn, own: Holder, holders: list[Holder], to: dict[str, str]) -> Doing:
    if not own.public_key:
        return Doing(
            _("Make your key on the phone or computer you have in your hand."),
            _("Make my key"),
            to["make_key"],
        )
    waiting = [str(one.person) for one in holders if not one.public_key]
    if waiting:
        return Doing(
            _("Your key is made. We wait for the key of: %(names)s.") % {"names": ", ".join(waiting)},
            waits=True,
        )
    if own.drilled:
        return Doing(str(words.KEEP_IT_SAFE))
    if found.begun_by == own.place:
        return Doing(str(words.YOU_HAVE_BEGUN), waits=True)
    if found.drilled_at:
        return Doing(
            _("Two of the three have tried their keys. If you like, try yours with one of them too."),
            _("Try my key"),
            to["drill_urn"],
        )
    return Doing(
        _("Try your key on a test ballot. Two of you do it, in whichever order."),
        _("Try my key"),
        to["drill_urn"],
    )


def _opening(found: Urn, own: Holder, to: dict[str, str]) -> Doing:
    if found.begun_by is None:
        return Doing(
            _(
                "The round has closed. Two of the three open the urn, in whichever order, each on their own "
                "device."
            ),
            _("Begin to open the urn"),
            to["open_urn"],
        )
    if found.begun_by == own.place:
        return Doing(str(words.YOU_HAVE_BEGUN), waits=True)
    return Doing(
        _("Another holder has begun. With your key the urn is opened."), _("Open the urn"), to["open_urn"]
    )


def _after(found: Urn, own: Holder, to: dict[str, str]) -> Doing:
    if found.state == State.OPENED and not own.recounted_at:
        return Doing(
            _(
                "Nothing more is asked of you now. Keep your key until %(day)s: whoever wants to check the "
                "count does it on a computer, together with another holder, and each types their own key."
            )
            % {"day": date_format(found.recount_until) if found.recount_until else "–"},
            _("How to recount"),
            to["recount_urn"],
            finished=True,
        )
    if not own.key_destroyed_at:
        return Doing(
            _(
                "When nobody wants to recount any more, destroy every copy of your key and sign that you "
                "have done so."
            ),
            _("Sign that my key is destroyed"),
            to["key_destroyed"],
        )
    return Doing(_("You have signed that your key is destroyed. Nothing more is asked of you."))


def opening_again(found: Urn) -> dict[str, Any]:
    """What taking the count back means, for whoever is asked once more."""
    return about(found.round, _("Undo the count and open the urn again")) | {
        "lead": _(
            "What was counted and what the holders got when they recounted is deleted. The ballots stay. "
            "There is no result until two of the three have opened the urn again with their keys."
        ),
        "why_not": [] if found.state == State.OPENED else [words.NOT_OPENED],
        "kind": "warning",
    }


def destroying(found: Urn) -> dict[str, Any]:
    """What destroying the envelopes means, for whoever is asked once more."""
    return about(found.round, _("Destroy the envelopes")) | {
        "lead": _(
            "Envelopes and the keys in them are deleted and their place on the disk is written over. The "
            "numbers and the list of receipts stay. Nobody can recount afterwards."
        ),
        "kind": "warning",
    }


def layer(found: Urn, viewer: Viewer, title: str) -> dict[str, Any]:
    """The page on which a holder types the key, for the drill as for the urn."""
    address = reverse("participation:urn_boxes", args=[viewer.organisation.slug, found.round.ref])
    return about(found.round, title) | {"boxes": address, "urn": found}


def _is(person: int | None, viewer: Viewer) -> bool:
    return bool(viewer.person and person == viewer.person.pk)
