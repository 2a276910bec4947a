"""An organisation's own wording of a question model, laid beside the house's.

A model is a sequence of entries. An entry says everything twice: in the regime's own language and in the
English reading version. `place` names which of the house's questions an entry stands for; a question that the
organisation added has a place of its own. Nothing is lost: what is left out stays with the reason.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Text:
    """A question in one language, with what helps to answer it."""

    ask: str = ""
    explanation: str = ""
    why: str = ""
    good_answer: tuple[str, ...] = ()

    @property
    def complete(self) -> bool:
        return bool(self.ask.strip() and self.explanation.strip() and self.why.strip() and self.good_answer)


@dataclass(frozen=True, slots=True)
class Entry:
    """A question of a model. `left_out` says why it is not asked here; empty where it is asked."""

    place: str
    key: str
    native: Text
    reading: Text
    levels: tuple[str, ...]
    before: str
    core: bool
    left_out: str = ""


class Change(StrEnum):
    ADDED = "added"
    GONE = "gone"
    REWORDED = "reworded"
    LEFT_OUT = "left_out"
    TAKEN_BACK = "taken_back"


@dataclass(frozen=True, slots=True)
class Difference:
    """What became of one entry. `fields`: what reads differently, of `PARTS`."""

    change: Change
    before: Entry | None
    after: Entry | None
    fields: tuple[str, ...] = ()

    @property
    def entry(self) -> Entry:
        found = self.after or self.before
        assert found is not None  # noqa: S101 - one of the two is there
        return found


PARTS = ("ask", "explanation", "why", "good_answer", "levels", "before", "core")
IN_TWO_LANGUAGES = ("ask", "explanation", "why", "good_answer")


def place_of(key: str, levels: Iterable[str]) -> str:
    """The place of one of the house's questions: a topic may be asked differently on different levels."""
    return f"{key}@{'+'.join(levels)}"


def alike(one: Entry, other: Entry) -> bool:
    """Both ask the same in the same words, whether or not it is left out."""
    return not differing(one, other)


def differing(before: Entry, after: Entry) -> tuple[str, ...]:
    """The parts that read differently, in either language."""
    return tuple(part for part in PARTS if _part(before, part) != _part(after, part))


def differences(before: Sequence[Entry], after: Sequence[Entry]) -> tuple[Difference, ...]:
    """What became of each entry, in the order of the newer model; what is gone comes last.

    An entry that was reworded and left out counts as left out: its words are asked of nobody.
    """
    old = {entry.place: entry for entry in before}
    new = {entry.place for entry in after}
    found = [_difference(old.get(entry.place), entry) for entry in after]
    gone = [Difference(Change.GONE, entry, None) for entry in before if entry.place not in new]
    return tuple(one for one in [*found, *gone] if one)


def reordered(before: Sequence[Entry], after: Sequence[Entry]) -> bool:
    """Whether what stands in both stands in another order."""
    shared = {entry.place for entry in before} & {entry.place for entry in after}
    return [e.place for e in before if e.place in shared] != [e.place for e in after if e.place in shared]


def incomplete(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """What is asked and lacks words in one of the two languages."""
    return tuple(e for e in entries if not e.left_out and not (e.native.complete and e.reading.complete))


def without_level(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """What is asked on no level at all."""
    return tuple(entry for entry in entries if not entry.left_out and not entry.levels)


def asked_twice(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """What asks about a topic that another question asks about on the same level already."""
    seen: set[tuple[str, str]] = set()
    found = []
    for entry in entries:
        if entry.left_out:
            continue
        here = {(entry.key, level) for level in entry.levels}
        if here & seen:
            found.append(entry)
        seen |= here
    return tuple(found)


def without_core(entries: Iterable[Entry], levels: Iterable[str]) -> tuple[str, ...]:
    """The levels on which no core question is asked: a small initiative would have nothing to discuss."""
    served = {level for entry in entries if entry.core and not entry.left_out for level in entry.levels}
    return tuple(level for level in levels if level not in served)


def renewed(own: Sequence[Entry], old: Sequence[Entry], new: Sequence[Entry]) -> tuple[Entry, ...]:
    """The own wording on the house's newer text.

    `old` is the house's text that `own` was built on, `new` the newer one. What was not reworded takes the
    new text; what was reworded keeps its own. What the house has dropped goes where it was not reworded. What
    the house has added comes in behind the question that precedes it there. Order and reasons stay.
    """
    before, now = ({entry.place: entry for entry in entries} for entries in (old, new))
    kept = [entry for entry in (_carried(one, before, now) for one in own) if entry]
    known = {entry.place for entry in own} | set(before)
    for index, entry in enumerate(new):
        if entry.place not in known:
            kept.insert(_behind(kept, [one.place for one in new[:index]]), entry)
    return tuple(kept)


def moved(entries: Sequence[Entry], place: str, steps: int) -> tuple[Entry, ...]:
    """One entry moved so many steps down, or up when negative; it stops at the ends."""
    rest = [entry for entry in entries if entry.place != place]
    one = next((entry for entry in entries if entry.place == place), None)
    if one is None:
        return tuple(entries)
    at = max(0, min(len(rest), list(entries).index(one) + steps))
    return (*rest[:at], one, *rest[at:])


def _difference(before: Entry | None, after: Entry) -> Difference | None:
    if before is None:
        return None if after.left_out else Difference(Change.ADDED, None, after)
    if after.left_out and not before.left_out:
        return Difference(Change.LEFT_OUT, before, after)
    fields = differing(before, after)
    if before.left_out and not after.left_out:
        return Difference(Change.TAKEN_BACK, before, after, fields)
    return Difference(Change.REWORDED, before, after, fields) if fields and not after.left_out else None


def _part(entry: Entry, part: str) -> object:
    if part in IN_TWO_LANGUAGES:
        return getattr(entry.native, part), getattr(entry.reading, part)
    return getattr(entry, part)


def _carried(own: Entry, before: Mapping[str, Entry], now: Mapping[str, Entry]) -> Entry | None:
    old, new = before.get(own.place), now.get(own.place)
    if old is None or not alike(own, old):
        return own
    return replace(new, left_out=own.left_out) if new else None


def _behind(entries: Sequence[Entry], places: Sequence[str]) -> int:
    """Where the nearest of the places stands, counted from behind; else the beginning."""
    at = {entry.place: index for index, entry in enumerate(entries)}
    return next((at[place] + 1 for place in reversed(places) if place in at), 0)
