"""The dated table of requests and negotiations of a regime: kinds, steps, deadlines, each with its source."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils import translation

from samspil.core.remedy_clock import Term, Unit, closed_days, last_day
from samspil.dialogue import regime as regimes
from samspil.dialogue.remedies.models import OwnTerm
from samspil.organisation import content
from samspil.organisation.holidays import holidays_of
from samspil.organisation.models import Content, Organisation

CENTRAL = "central"


@dataclass(frozen=True)
class Clock:
    """How long somebody has, and by which source. `verify`: our sources do not say it."""

    key: str
    number: int
    unit: str
    source: str
    verify: bool
    own: bool = False  # the organisation's own


@dataclass(frozen=True)
class Step:
    """A step of a kind of case. `owed_by`: management, committee or outside. `place`: here, main or"
    " outside."""

    key: str
    title: str
    explanation: str
    owed_by: str
    place: str
    source: str
    verify: bool
    clock: Clock | None


@dataclass(frozen=True)
class Kind:
    key: str
    title: str
    explanation: str
    ask: str
    raised_by: tuple[str, ...]
    source: str
    steps: tuple[Step, ...]

    def step(self, key: str) -> Step:
        return next(one for one in self.steps if one.key == key)

    def after(self, key: str) -> Step | None:
        """The step that comes after one."""
        keys = [one.key for one in self.steps]
        later = self.steps[keys.index(key) + 1 :]
        return later[0] if later else None


@dataclass(frozen=True)
class Closing:
    key: str
    title: str
    explanation: str


@dataclass(frozen=True)
class Remedies:
    """A regime's table in the words of one language. `central`: how long a union may call for central
    negotiation, where the regime knows that."""

    regime: str
    title: str
    language: str
    source: str
    calendar: str
    moves: bool
    also_closed: tuple[str, ...]
    reminders: tuple[int, ...]
    central_title: str
    central_reminders: tuple[int, ...]
    central: Clock | None
    kinds: tuple[Kind, ...]
    closings: tuple[Closing, ...]

    def kind(self, key: str) -> Kind:
        return next(one for one in self.kinds if one.key == key)

    def closing(self, key: str) -> Closing | None:
        return next((one for one in self.closings if one.key == key), None)

    def clocks(self) -> Iterator[tuple[str, Clock]]:
        """Every clock with the words for what it times."""
        for kind in self.kinds:
            for step in kind.steps:
                if step.clock:
                    yield f"{kind.title}: {step.title}", step.clock
        if self.central:
            yield self.central_title, self.central


def table_in_force(organisation: Organisation, on: date) -> Content | None:
    """The native table of the regime in force on a day; None where none is known or loaded."""
    key = regimes.regime_key(organisation, on)
    languages = [regimes.NATIVE.get(key or "", ""), organisation.language, content.READING_LANGUAGE]
    return content.find("remedy", key, languages, organisation) if key else None


def of_regime(key: str, organisation: Organisation) -> Remedies | None:
    """The table of a regime, for the days a union has to call; the words do not matter."""
    table = content.find("remedy", key, [regimes.NATIVE.get(key, ""), content.READING_LANGUAGE], organisation)
    return read(table) if table else None


def as_read(table: Content, organisation: Organisation) -> Remedies:
    """A stored table in the reader's language, where it has a version in it with the same steps."""
    language = translation.get_language() or table.language
    if language == table.language:
        return read(table)
    same = content.find("remedy", table.key, [language], organisation)
    return read(same if same and _shape(same) == _shape(table) else table)


class AsRead:
    """Tables in the reader's language, each read once, for a list of cases."""

    def __init__(self) -> None:
        self.known: dict[int, Remedies] = {}

    def of(self, table: Content, organisation: Organisation) -> Remedies:
        if table.pk not in self.known:
            self.known[table.pk] = as_read(table, organisation)
        return self.known[table.pk]


def read(table: Content) -> Remedies:
    body = table.body
    calendar, central = body["calendar"], body.get(CENTRAL)
    regime = body["regime"]
    return Remedies(
        regime=regime,
        title=body["title"],
        language=table.language,
        source=body["source"],
        calendar=calendar["source"],
        moves=calendar["moves"],
        also_closed=tuple(calendar["also_closed"]),
        reminders=tuple(body["reminders"]["days"]),
        central_title=central["title"] if central else "",
        central_reminders=tuple(central["reminders"]) if central else (),
        central=_clock(f"{regime}.{CENTRAL}", central) if central else None,
        kinds=tuple(_kind(regime, entry) for entry in body["cases"]),
        closings=tuple(Closing(**entry) for entry in body["closings"]),
    )


class Own:
    """The organisation's own deadlines, read once."""

    def __init__(self) -> None:
        self.rows = list(OwnTerm.objects.order_by("since", "pk"))

    def of(self, clock: Clock, on: date) -> Clock:
        """The clock as it holds on a day: the organisation's own from its date, else the table's."""
        mine = [row for row in self.rows if row.clock == clock.key and row.since <= on]
        if not mine:
            return clock
        row = mine[-1]
        return replace(clock, number=row.number, unit=row.unit, source=row.source, verify=False, own=True)


def last_day_of(clock: Clock, start: date, remedies: Remedies, organisation: Organisation) -> date:
    """The last day of a clock that begins on a day, in the organisation's calendar."""
    return last_day(start, term_of(clock, remedies), closed(start, remedies, organisation))


def term_of(clock: Clock, remedies: Remedies) -> Term:
    return Term(clock.number, Unit(clock.unit), remedies.moves)


def closed(start: date, remedies: Remedies, organisation: Organisation) -> frozenset[date]:
    """The days on which nobody works, for three years from a day."""
    years = range(start.year, start.year + 3)
    return closed_days(holidays_of(organisation.country, years), remedies.also_closed, years)


def _kind(regime: str, entry: Mapping[str, Any]) -> Kind:
    return Kind(
        key=entry["key"],
        title=entry["title"],
        explanation=entry["explanation"],
        ask=entry["ask"],
        raised_by=tuple(entry["raised_by"]),
        source=entry["source"],
        steps=tuple(_step(f"{regime}.{entry['key']}", step) for step in entry["steps"]),
    )


def _step(kind: str, entry: Mapping[str, Any]) -> Step:
    return Step(
        key=entry["key"],
        title=entry["title"],
        explanation=entry["explanation"],
        owed_by=entry["owed_by"],
        place=entry["place"],
        source=entry["source"],
        verify=entry["verify"],
        clock=_clock(f"{kind}.{entry['key']}", entry) if "number" in entry else None,
    )


def _clock(key: str, entry: Mapping[str, Any]) -> Clock:
    return Clock(key, entry["number"], entry["unit"], entry["source"], entry["verify"])


def _shape(table: Content) -> list[list[str]]:
    return [[kind["key"], *(step["key"] for step in kind["steps"])] for kind in table.body["cases"]]
