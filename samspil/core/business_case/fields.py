"""An object of a JSON file, field by field; what is wrong is written down with its place."""

import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeVar

from .problems import Problem

LARGEST = Decimal(10) ** 15
FINEST = 12  # decimals
MOST_SIGNS = 60  # of a number as written
_NUMBER = re.compile(r"[-+]?[0-9]+(\.[0-9]+)?([eE][-+]?[0-9]+)?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
Named = TypeVar("Named", bound=StrEnum)


class Twice(dict[str, Any]):
    """An object in which a field stood twice; `name` is the first such."""

    name = ""


def pairs_of(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object from its pairs, for the JSON reader, which by itself keeps the last of two without a word."""
    found = Twice(pairs)
    seen: set[str] = set()
    for name, _value in pairs:
        if name in seen and not found.name:
            found.name = name
        seen.add(name)
    return found if found.name else dict(pairs)


@dataclass
class Reading:
    """Everything that was found wrong so far."""

    problems: list[Problem] = field(default_factory=list)

    def wrong(self, key: str, place: str, value: object = "", choices: Iterable[str] = ()) -> None:
        self.problems.append(Problem(key, place, str(value)[:80], tuple(choices)))


class Fields:
    """An object of the file: each field is taken once, by its name; what nobody takes is a misspelling."""

    def __init__(self, given: Any, place: str, reading: Reading) -> None:
        self.place, self.reading, self.taken = place, reading, set[str]()
        self.given: dict[str, Any] = given if isinstance(given, dict) else {}
        if not isinstance(given, dict):
            reading.wrong("no_object", place)
        elif isinstance(given, Twice):
            reading.wrong("twice", place, given.name)

    def at(self, name: str) -> str:
        return f"{self.place}.{name}" if self.place else name

    def take(self, name: str, *, needed: bool = False) -> Any:
        self.taken.add(name)
        value = self.given.get(name)
        if value is None and needed:
            self.reading.wrong("missing", self.at(name))
        return value

    def text(self, name: str, *, needed: bool = False) -> str:
        value = self.take(name, needed=needed)
        if value is None:
            return ""
        if not isinstance(value, str) or (needed and not value.strip()):
            self.reading.wrong("no_text", self.at(name))
            return ""
        return value.strip()

    def number(self, name: str, *, needed: bool = False) -> Decimal | None:
        value = self.take(name, needed=needed)
        return None if value is None else number(value, self.at(name), self.reading)

    def whole(self, name: str, *, needed: bool = False) -> int | None:
        found = self.number(name, needed=needed)
        if found is None:
            return None
        if found != found.to_integral_value():
            self.reading.wrong("no_whole", self.at(name), found)
            return None
        return int(found)

    def day(self, name: str, *, needed: bool = False) -> date | None:
        value = self.text(name, needed=needed)
        with suppress(ValueError):
            if _DAY.fullmatch(value):
                return date.fromisoformat(value)
        if value:
            self.reading.wrong("no_day", self.at(name), value)
        return None

    def choice(self, name: str, choices: type[Named], otherwise: Named | None = None) -> Named | None:
        value = self.take(name, needed=otherwise is None)
        if value is None:
            return otherwise
        if value not in list(choices):
            self.reading.wrong("no_choice", self.at(name), value, choices)
            return otherwise
        return choices(value)

    def flag(self, name: str) -> bool:
        value = self.take(name)
        if value not in (None, True, False):
            self.reading.wrong("no_flag", self.at(name))
        return value is True

    def objects(self, name: str) -> list["Fields"]:
        return [Fields(one, place, self.reading) for one, place in self.list(name)]

    def list(self, name: str) -> list[tuple[Any, str]]:
        value = self.take(name)
        if value is None:
            return []
        if not isinstance(value, list):
            self.reading.wrong("no_list", self.at(name))
            return []
        return [(one, f"{self.at(name)}[{place}]") for place, one in enumerate(value, start=1)]

    def names(self, name: str) -> tuple[str, ...]:
        found = []
        for one, place in self.list(name):
            if isinstance(one, str) and one.strip():
                found.append(one.strip())
            else:
                self.reading.wrong("no_text", place)
        return tuple(found)

    def numbers(self, name: str) -> dict[str, Decimal]:
        value = self.take(name)
        if value is None:
            return {}
        inner = Fields(value, self.at(name), self.reading)
        found = {key: inner.number(key) for key in inner.given}
        return {key: one for key, one in found.items() if one is not None}

    def years(self, name: str) -> dict[int, Decimal]:
        found = {}
        for key, value in self.numbers(name).items():
            if key.isascii() and key.isdigit() and len(key) == 4:
                found[int(key)] = value
            else:
                self.reading.wrong("no_whole", f"{self.at(name)}.{key}", key)
        return found

    def done(self) -> None:
        for name in self.given:
            if name not in self.taken:
                self.reading.wrong("unknown", self.at(name))


def number(value: Any, place: str, reading: Reading) -> Decimal | None:
    """A number, also as text so that no program rounds it on the way. No NaN, nothing beyond all measure."""
    written = str(value).strip() if isinstance(value, str | Decimal) else ""
    if not _NUMBER.fullmatch(written):
        reading.wrong("no_number", place, value)
        return None
    found = Decimal(written)
    if found.copy_abs() > LARGEST:
        reading.wrong("too_large", place, value)
        return None
    if len(written) > MOST_SIGNS or _decimals(found) > FINEST:
        reading.wrong("too_fine", place, value)
        return None
    return found


def _decimals(number: Decimal) -> int:
    """How many decimals it has, without the zeros at its end."""
    if number and number.adjusted() < -FINEST:
        return -number.adjusted()  # so near to nothing that putting it in order would make it nothing
    exponent = number.normalize().as_tuple().exponent
    return -exponent if isinstance(exponent, int) else 0
