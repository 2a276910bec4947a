"""What an outcome asks for besides: checked when it is recorded, and told in words where it is read.

The regime's table lists what each outcome asks for. A text is kept as it was written, a day as a day, a
notice as a number of months, and a committee that is to treat the matter by its ref.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from samspil.core.months import months_after
from samspil.dialogue import words
from samspil.dialogue.regime import Ask, Outcome, Regime
from samspil.dialogue.right_level import rank_of
from samspil.kit.refusal import Refused
from samspil.organisation.models import Committee, Seat, Union

BOTH_POSITIONS = "both_positions"
COMMITTEES = ("above", "other")
LONGEST_NOTICE = 24
MISSING = {
    "text": gettext_lazy("This outcome needs an answer to: “%(title)s”"),
    "day": gettext_lazy("This outcome needs a day for: “%(title)s”"),
    "months": gettext_lazy("Write a number of months between 1 and 24."),
    "later": gettext_lazy("Choose a later meeting, or write a day after this one."),
    "above": gettext_lazy("Choose the committee that is to discuss it."),
    "other": gettext_lazy("Choose the committee that is to discuss it."),
}
BOTH_SIDES = gettext_lazy("Where there is disagreement, both positions stand in the text. Write them both.")


def field_of(ask: str, union: Union | None) -> str:
    """The name of the field in which it is asked."""
    return f"asked_{ask}_{union.ref}" if union else f"asked_{ask}"


def position_field(side: str, union: Union | None) -> str:
    return f"position_{side}_{union.ref}" if union and side == Seat.Side.STAFF else f"position_{side}"


def checked(
    regime: Regime,
    outcome: Outcome,
    told: Mapping[str, Any],
    committee: Committee,
    met_on: date,
    union: Union | None = None,
) -> dict[str, Any]:
    """What was told, as it is kept; what is missing or does not fit is refused at its field."""
    kept = {}
    for ask in regime.asked_by(outcome):
        value = _kept(ask, told.get(ask.key), committee, met_on)
        if value is None:
            raise Refused(MISSING[ask.kind] % {"title": ask.title}, field_of(ask.key, union))
        kept[ask.key] = value
    return kept


def check_positions(
    outcome: Outcome, sides_that_spoke: Iterable[tuple[str, str]], union: Union | None
) -> None:
    """Where the outcome asks for both positions, each side has written its own; `sides_that_spoke` pairs a
    side with the ref of the union that spoke, "" for the whole side."""
    if BOTH_POSITIONS not in outcome.asks:
        return
    spoke = set(sides_that_spoke)
    ref = union.ref if union else ""
    staff = {(Seat.Side.STAFF, ref), (Seat.Side.STAFF, "")}
    if (Seat.Side.MANAGEMENT, "") not in spoke:
        raise Refused(BOTH_SIDES, position_field(Seat.Side.MANAGEMENT, None))
    if not staff & spoke:
        raise Refused(BOTH_SIDES, position_field(Seat.Side.STAFF, union))


def in_words(regime: Regime, key: str, told: Mapping[str, Any], met_on: date) -> tuple[tuple[str, str], ...]:
    """Each thing that was told, with its title; in the language that is active."""
    outcome = regime.outcome(key)
    return tuple(_lines(regime, outcome, told, met_on)) if outcome else ()


def committees_told(regime: Regime, key: str, told: Mapping[str, Any]) -> set[str]:
    """The refs of the committees that are to treat the matter."""
    outcome = regime.outcome(key)
    asked = regime.asked_by(outcome) if outcome else ()
    return {str(told[ask.key]) for ask in asked if ask.kind in COMMITTEES and told.get(ask.key)}


def committees_for(
    kind: str, committee: Committee, known: Iterable[Committee] | None = None
) -> list[Committee]:
    """Which committees can be chosen: those above this one, the nearest first; or every other one."""
    rows = Committee.objects.order_by("name") if known is None else known
    others = [one for one in rows if one.pk != committee.pk]
    if kind == "other":
        return others
    above = [one for one in others if rank_of(one) < rank_of(committee)]
    return sorted(above, key=lambda one: (-rank_of(one), one.pk != committee.parent_id, one.name))


def choosable(regime: Regime, committee: Committee, known: Iterable[Committee] | None = None) -> Regime:
    """The regime as a committee can choose from it: nothing is sent up where no committee lies above."""
    rows = list(Committee.objects.order_by("name") if known is None else known)
    nowhere = {
        ask.key
        for ask in regime.asks.values()
        if ask.kind in COMMITTEES and not committees_for(ask.kind, committee, rows)
    }
    return replace(
        regime,
        outcomes=tuple(one for one in regime.outcomes if not nowhere.intersection(one.asks)),
        asks={key: ask for key, ask in regime.asks.items() if key not in nowhere},
    )


def ends_on(met_on: date, months: int) -> date:
    """The last day of a notice that was given at a meeting. It ends on its day, whatever day that is."""
    return months_after(met_on, months)


def _kept(ask: Ask, value: Any, committee: Committee, met_on: date) -> Any:
    if ask.kind == "text":
        return str(value).strip() or None if value else None
    if ask.kind == "months":
        return value if isinstance(value, int) and 1 <= value <= LONGEST_NOTICE else None
    if ask.kind in COMMITTEES:
        return next((one.ref for one in committees_for(ask.kind, committee) if one.ref == value), None)
    day = date.fromisoformat(value) if isinstance(value, str) and value else value
    if not isinstance(day, date) or (ask.kind == "later" and day <= met_on):
        return None
    return day.isoformat()


def _lines(
    regime: Regime, outcome: Outcome, told: Mapping[str, Any], met_on: date
) -> Iterator[tuple[str, str]]:
    names = _names(regime, outcome, told)
    for ask in regime.asked_by(outcome):
        value = told.get(ask.key)
        if value is None:
            continue
        if ask.kind == "months":
            yield ask.title, _notice(int(value), met_on)
        elif ask.kind in COMMITTEES:
            yield ask.title, names.get(str(value), str(value))
        elif ask.kind == "text":
            yield ask.title, str(value)
        else:
            yield ask.title, words.day(date.fromisoformat(str(value)))


def _names(regime: Regime, outcome: Outcome, told: Mapping[str, Any]) -> dict[str, str]:
    refs = committees_told(regime, outcome.key, told)
    return dict(Committee.objects.filter(ref__in=refs).values_list("ref", "name")) if refs else {}


def _notice(months: int, met_on: date) -> str:
    sentence = ngettext("%(months)s month", "%(months)s months", months) % {"months": months}
    return _("%(months)s; it holds until %(day)s") % {
        "months": sentence,
        "day": words.day(ends_on(met_on, months)),
    }
