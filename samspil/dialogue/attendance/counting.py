"""Who may fill which place at a meeting, and what the rules say of a quorum."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from samspil.dialogue import regime as regimes
from samspil.dialogue import signing
from samspil.dialogue.attendance.models import Attendance, AttendanceSheet
from samspil.dialogue.models import Meeting
from samspil.dialogue.regime import Procedure, Regime
from samspil.organisation.models import Person, Seat

HERE = (Attendance.Presence.PRESENT, Attendance.Presence.SUBSTITUTE)


@dataclass(frozen=True)
class Place:
    """A member's place, and who may stand in: those chosen for it, then the side's other substitutes."""

    seat: Seat
    substitutes: tuple[Person, ...]


@dataclass(frozen=True)
class Count:
    """How many of a side's places were filled."""

    side: str
    filled: int
    places: int


def places_at(meeting: Meeting) -> list[Place]:
    """The places of a committee on the day of a meeting, chair first on each side."""
    rows = list(signing.seats_in([meeting.committee_id], meeting.on))
    order = [kind.value for kind in Seat.Kind]
    members = sorted(
        (one for one in rows if not one.substitute_for_id),
        key=lambda one: (one.side, order.index(one.kind), str(one.person)),
    )
    standing_by = [one for one in rows if one.substitute_for_id]
    return [Place(seat, _for(seat, standing_by)) for seat in members]


def _for(seat: Seat, standing_by: Sequence[Seat]) -> tuple[Person, ...]:
    own = [one.person for one in standing_by if one.substitute_for_id == seat.pk]
    others = [one.person for one in standing_by if one.side == seat.side and one.person not in own]
    return tuple(dict.fromkeys([*own, *others]))


def sheet_of(meeting: Meeting) -> AttendanceSheet | None:
    rows = AttendanceSheet.objects.filter(meeting=meeting).select_related("noted_by")
    return rows.prefetch_related("rows__seat__person", "rows__seat__union", "rows__stood_in").first()


def counts(places: Iterable[Place], filled: Mapping[int, str]) -> list[Count]:
    """Per side how many places were filled. `filled`: the presence noted for a seat, by its key.

    The secretary takes down what is said and is no member, so that seat is not counted.
    """
    found: dict[str, list[bool]] = {}
    for place in places:
        if place.seat.kind != Seat.Kind.SECRETARY:
            found.setdefault(place.seat.side, []).append(filled.get(place.seat.pk) in HERE)
    return [Count(side, sum(rows), len(rows)) for side, rows in sorted(found.items())]


def has_quorum(rule: str, found: Iterable[Count]) -> bool | None:
    """Whether the rule is met; None where the rules name none."""
    if rule == "half_of_each_side":
        return all(2 * one.filled >= one.places for one in found)
    if rule == "one_of_each_side":
        return all(one.filled >= 1 for one in found)
    return None


def sentence(meeting: Meeting, found: Sequence[Count]) -> str:
    """The note on the quorum as the rules have it, in the organisation's own language."""
    with translation.override(meeting.organisation.language):
        regime = regimes.in_force(meeting.organisation, meeting.on)
        rules = regimes.procedure(meeting.committee, meeting.on, regime)
        parts = [_part(regime, one) for one in found]
        return " ".join([*parts, _about_quorum(rules, found)]).strip()


def _part(regime: Regime, one: Count) -> str:
    return _("%(side)s: %(filled)s of %(places)s came.") % {
        "side": capfirst(regime.sides.get(one.side, one.side)),
        "filled": one.filled,
        "places": one.places,
    }


def _about_quorum(rules: Procedure, found: Sequence[Count]) -> str:
    quorum = has_quorum(rules.quorum, found)
    if quorum is None:
        return ""
    if quorum:
        return _("By the rules of procedure there was a quorum.")
    return _("By the rules of procedure there was no quorum.")


def on_its_day(meeting: Meeting, today: date) -> bool:
    """Who came can be noted from the day of the meeting on."""
    return meeting.on <= today and meeting.cancelled_at is None
