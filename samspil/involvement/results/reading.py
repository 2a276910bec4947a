"""A release as people read it: sentences, shares and lines, from the release and the texts alone."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from typing import Any

from babel.numbers import format_percent
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from samspil.involvement.results import words
from samspil.involvement.results.bars import bar
from samspil.involvement.results.models import OpinionResult, letter_of
from samspil.involvement.results.sources import Said, Source
from samspil.kit.charts import figure, locale_of, share

FIRST = 5


@dataclass(frozen=True)
class Answers:
    """How some people answered a statement."""

    who: str
    agree: int
    passed: int
    disagree: int

    @property
    def counts(self) -> tuple[int, int, int]:
        return self.agree, self.passed, self.disagree

    @property
    def n(self) -> int:
        return sum(self.counts)

    @property
    def shares(self) -> tuple[str, ...]:
        """Agree, pass and disagree in whole per cent."""
        return tuple(percent(share(count, self.n)) for count in self.counts)

    @property
    def bar(self) -> SafeString:
        return bar(self.counts)


@dataclass(frozen=True)
class Line:
    """A statement with what is said of it. `answers`: of each group, or of everybody, that may be told."""

    said: Said
    sentence: str
    answers: tuple[Answers, ...]


@dataclass(frozen=True)
class GroupCard:
    """A group in plain words."""

    number: int
    letter: str
    people: int
    word: str
    stability: float | None
    apart: tuple[Line, ...]
    shared: tuple[Line, ...]
    ref: str = ""

    @property
    def size(self) -> str:
        return people(self.people)

    @property
    def reliability(self) -> str:
        """With how many of ten stay in it, where that was tested."""
        sentence = str(words.RELIABILITY[self.word])
        return sentence if self.stability is None else sentence % {"tenths": tenths(self.stability)}

    @property
    def in_short(self) -> str:
        return str(words.RELIABILITY_IN_SHORT[self.word])


@dataclass(frozen=True)
class Row:
    """A statement in the table: everybody, then each group; None where too few answered to be told."""

    said: Said
    cells: tuple[Answers | None, ...]


@dataclass(frozen=True)
class Reading:
    """One version of a result with the texts of its statements."""

    source: Source
    result: OpinionResult

    @property
    def release(self) -> dict[str, Any]:
        told: dict[str, Any] = self.result.release
        return told

    @cached_property
    def texts(self) -> Mapping[Any, Said]:
        return self.source.said()

    @cached_property
    def _statements(self) -> dict[Any, dict[str, Any]]:
        return {one["id"]: one for one in self.release["statements"]}

    @property
    def k(self) -> int:
        return len(self.release["groups"])

    @property
    def participants(self) -> int | None:
        told: int | None = self.release["participants"]
        return told

    @property
    def certainty(self) -> str:
        return str(self.release["certainty"])

    # --- sentences ---

    @property
    def lead(self) -> str:
        """How many took part, and how many of them are in how many groups."""
        told = self.release
        if not self.participants:
            return _("Too few took part for anything to be shown.")
        took_part = ngettext(
            "%(count)s person took part and gave %(votes)s answers.",
            "%(count)s people took part and gave %(votes)s answers.",
            self.participants,
        ) % {"count": number(self.participants), "votes": number(told["votes"])}
        if not self.k:
            return took_part
        placed = _("%(placed)s of them answered enough to be placed on the map, in %(k)s groups.")
        return f"{took_part} {placed % {'placed': number(told['in_groups']), 'k': self.k}}"

    @property
    def in_short(self) -> str:
        return str(words.CERTAINTY[self.grade])

    @property
    def grade(self) -> str:
        return words.graded(self.certainty, self.release["split_half_ari"])

    @property
    def how_sure(self) -> str:
        return " ".join(self._how_sure())

    def _how_sure(self) -> Iterator[str]:
        yield str(words.HOW_SURE[self.grade])
        if self.certainty == "no_groups" or (self.certainty == "very_uncertain" and not self.k):
            yield str(words.WHY_NO_GROUPS[self.release["why_no_groups"]])
        halves = self.release["split_half_ari"]
        if self.k and halves is not None:
            yield str(words.HALVES) % {"figure": decimal(halves)}
        staying = self._staying()
        if staying is not None:
            yield str(words.STAYING) % {"tenths": tenths(staying)}

    def _staying(self) -> float | None:
        """The share of new maps in which people stay in their group, of all people in groups."""
        told = [(one["people"], one["stability"]) for one in self.release["groups"]]
        if not told or any(share is None for _count, share in told):
            return None
        return float(sum(count * share for count, share in told) / sum(count for count, _share in told))

    @property
    def answering(self) -> str:
        """That the groups may be a way of answering rather than an opinion, where they may."""
        style = self.release["response_style"]
        if not (self.k and style and style["flag"]):
            return ""
        strength = abs(style["correlation"])
        strong = str(words.RESPONSE_STYLE_STRONG) % {"figure": decimal(strength)}
        told = strong if strength > words.STRONG_STYLE else str(words.RESPONSE_STYLE)
        return f"{told} {self._second_map()}".strip()

    def _second_map(self) -> str:
        """What is left of the groups when each person's readiness to agree is taken off."""
        other = self.release.get("second_map")  # versions from before it was drawn have none
        if not other:
            return ""
        if other["same_group"] is not None:
            return str(words.SECOND_MAP_SAME) % {"share": percent(100 * other["same_group"])}
        if not other["group_count"]:
            return str(words.SECOND_MAP_NONE)
        return str(words.SECOND_MAP_OTHERWISE) % {"groups": other["group_count"], "here": self.k}

    def agreed(self, most: int | None = FIRST) -> list[Line]:
        """What every group agrees on, or most where there are no groups; the surest first."""
        return [
            self._line(one["statement"], leaning(one["least"], one["direction"], every_group=self.k > 0))
            for one in self.release["agreed"][:most]
        ]

    def dividing(self, most: int | None = FIRST) -> list[Line]:
        return [self._line(key, self._apart_in_words(key)) for key in self.release["dividing"][:most]]

    def _apart_in_words(self, key: Any) -> str:
        cells = [cell for cell in self._cells(key) if cell]
        if not self.k:
            return _("%(agree)s agree and %(disagree)s disagree.") % {
                "agree": cells[0].shares[0],
                "disagree": cells[0].shares[2],
            }
        named = [
            _("%(share)s in %(group)s") % {"share": one.shares[0], "group": _in_text(one.who)}
            for one in cells
        ]
        return _("Agree: %(shares)s.") % {"shares": ", ".join(named)}

    def groups(self) -> list[GroupCard]:
        refs = {group.number: group.ref for group in self.result.groups.select_related("thing")}
        return [self._card(one, refs.get(one["number"], "")) for one in self.release["groups"]]

    def _card(self, one: dict[str, Any], ref: str) -> GroupCard:
        elsewhere = words.HERE_AND_IN_THE_OTHER if self.k == 2 else words.HERE_AND_ELSEWHERE
        apart = [self._of_group(told, one["number"], elsewhere) for told in one["typical"]]
        shared = [self._of_group(told, one["number"], words.HERE) for told in one["shared"]]
        letter = letter_of(one["number"])
        return GroupCard(
            one["number"],
            letter,
            one["people"],
            one["word"],
            one["stability"],
            tuple(apart),
            tuple(shared),
            ref,
        )

    def _of_group(self, told: dict[str, Any], number: int, sentences: Mapping[str, Any]) -> Line:
        shares = {name: percent(100 * told[name]) for name in ("share", "others") if name in told}
        cell = self._cells(told["statement"])[number - 1]
        other = _in_text(group_name(3 - number))  # of two
        sentence = str(sentences[told["direction"]]) % (shares | {"other": other})
        return Line(self._said(told["statement"]), sentence, (cell,) if cell else ())

    def not_said(self) -> list[str]:
        """What this result cannot say, and why."""
        return list(self._limits())

    def _limits(self) -> Iterator[str]:
        axes = self.release["axes"]
        if self.answering:
            yield str(words.RESPONSE_STYLE)
        yield str(words.NOT_EVERYBODY)
        yield str(words.NOT_WHY)
        yield str(words.NOBODY_ANSWERED_ALL)
        if axes and axes["exchangeable"] and self.k:
            yield str(words.AXES_EXCHANGEABLE)

    def people_counted(self) -> list[str]:
        """How many people the groups say little of."""
        told = self.release
        return [
            *self._counted(words.NOT_PLACED, told["without_group"], needed=told["votes_needed"]),
            *self._counted(words.BETWEEN, told["between_groups"]),
        ]

    def statements_counted(self) -> list[str]:
        """What became of all statements, in sums that add up."""
        told = self.release
        agreed, dividing = {one["statement"] for one in told["agreed"]}, set(told["dividing"])
        listed, compared = told["active_count"], told["compared_count"]
        counts = {
            "all": told["statement_count"],
            "listed": listed,
            "removed": told["statement_count"] - listed,
            "compared": compared,
            "few": listed - compared,
            "agreed": len(agreed - dividing),
            "dividing": len(dividing - agreed),
            "both": len(agreed & dividing),
            "neither": compared - len(agreed | dividing),
        }
        figures = {name: number(count) for name, count in counts.items()}
        sums = [words.ALL_STATEMENTS, words.LISTED_IN_GROUPS if self.k else words.LISTED, words.COMPARED]
        if agreed & dividing:
            sums.append(words.BOTH if self.k else words.BOTH_WITHOUT_GROUPS)
        least = told["thresholds"]["total"]
        hidden = self._counted(words.NOT_COUNTED, counts["all"] - told["shown_count"], least=least)
        return [*(str(one) % figures for one in sums), *hidden]

    def _counted(self, sentence: Any, count: int | None, **facts: int) -> Iterator[str]:
        if count:
            yield str(sentence % {"count": count, **facts}).replace(str(count), number(count), 1)

    # --- statements ---

    def rows(self, keys: Iterable[Any]) -> list[Row]:
        return [Row(self._said(key), self._row_cells(key)) for key in keys]

    def _row_cells(self, key: Any) -> tuple[Answers | None, ...]:
        told = self._statements[key]
        everybody = _answers(str(_("Everybody")), told["all"])
        return (everybody, *self._cells(key)) if self.k else (everybody,)

    def _cells(self, key: Any) -> tuple[Answers | None, ...]:
        told = self._statements[key]
        if not self.k:
            return (_answers(str(_("Everybody")), told["all"]),)
        return tuple(_answers(group_name(at), cell) for at, cell in enumerate(told["groups"], start=1))

    def _line(self, key: Any, sentence: str) -> Line:
        return Line(self._said(key), sentence, tuple(cell for cell in self._cells(key) if cell))

    def _said(self, key: Any) -> Said:
        return self.texts[key]

    def ends(self) -> list[tuple[str, list[Said]]]:
        """What pulls to each end of the map, the end in words."""
        axes = self.release["axes"]
        if not axes:
            return []
        found: dict[tuple[int, str], list[Said]] = {}
        for one in axes["ends"]:
            found.setdefault((one["axis"], one["end"]), []).append(self._said(one["statement"]))
        return [(str(ENDS()[end]), said) for end, said in found.items()]


def ENDS() -> dict[tuple[int, str], str]:  # noqa: N802
    return {
        (1, "high"): _("To the right: those who agree more than others with"),
        (1, "low"): _("To the left: those who agree more than others with"),
        (2, "high"): _("At the top: those who agree more than others with"),
        (2, "low"): _("At the bottom: those who agree more than others with"),
    }


def leaning(least: float, direction: str, *, every_group: bool) -> str:
    """“At least 7 of 10 in every group agree.”"""
    some, all_ = words.LEANING[every_group, direction]
    whole = tenths(least)
    return str(all_) if whole == 10 else str(some) % {"tenths": whole}


def group_name(number_: int) -> str:
    return _("Group %(letter)s") % {"letter": letter_of(number_)}


def _in_text(name: str) -> str:
    """The name of a group in the middle of a sentence."""
    return name[:1].lower() + name[1:]


def _answers(who: str, told: Mapping[str, int] | None) -> Answers | None:
    return Answers(who, told["agree"], told["pass"], told["disagree"]) if told else None


def decimal(value: float) -> str:
    return figure(round(value, 2), get_language() or "en")


def tenths(value: float) -> int:
    """Whole tenths, never more than there are."""
    return int(Decimal(str(value)) * 10)


def percent(value: Decimal | float) -> str:
    """Whole per cent as the reader writes it."""
    whole = Decimal(str(value)).quantize(Decimal(1), ROUND_HALF_UP)
    return format_percent(whole / 100, locale=locale_of(get_language() or "en"))


def number(value: int) -> str:
    return figure(value, get_language() or "en")


def people(count: int) -> str:
    told = ngettext("%(count)s person", "%(count)s people", count)
    return told % {"count": number(count)}


def chosen(release: Mapping[str, Any], show: str) -> Sequence[Any]:
    """The keys of the statements that one wants to see, in their order."""
    match show:
        case "agreed":
            return [one["statement"] for one in release["agreed"]]
        case "dividing":
            return list(release["dividing"])
        case "active":
            return [one["id"] for one in release["statements"] if one["active"]]
    return [one["id"] for one in release["statements"]]
