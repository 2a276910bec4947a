"""What a case comes to, as a page shows it: the mean case of now, and what the worker has drawn."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext

from samspil.business_case.computing import current
from samspil.business_case.format import as_format, parts_of, read_format
from samspil.business_case.models import Case, Computed, Part
from samspil.business_case.words import SORTS, in_sentences
from samspil.core.business_case.case import Case as CoreCase
from samspil.core.business_case.exact import to_the_ore
from samspil.core.business_case.findings import FINDINGS, Finding, findings
from samspil.core.business_case.mean_case import LineResult, MeanCase, mean_case
from samspil.core.business_case.problems import Misread

WRITTEN_IN_THE_FRAME = ("years_independent", "rate_to_verify", "newer_figures", "figures_undated")


@dataclass(frozen=True)
class Standing:
    """A case as it stands: what it says, what it comes to, and what keeps it from being computed."""

    case: Case
    parts: Sequence[Part]
    content: CoreCase | None
    mean: MeanCase | None
    computed: Computed | None
    problems: Sequence[str] = ()

    @property
    def result(self) -> dict[str, Any] | None:
        return self.computed.result if self.computed else None

    @property
    def found(self) -> Sequence[Finding]:
        """What to look at: as the worker found it, or what can be seen without drawing."""
        if self.result is not None:
            return [
                Finding(one["key"], tuple(one["places"]), one["value"]) for one in self.result["findings"]
            ]
        if self.content is None or self.mean is None:
            return ()
        return findings(self.content, self.mean, None)


@dataclass(frozen=True)
class Shown:
    """A finding as a page shows it, with the places where it is mended."""

    sentence: str
    links: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class LineRow:
    """A line beside what it comes to."""

    part: Part
    result: LineResult | None
    waits: bool

    @property
    def sort(self) -> str:
        return str(SORTS[f"{self.part.content['kind']}.{self.part.content['class']}"])

    @property
    def who(self) -> str:
        kind = self.part.content["kind"]
        return str(self.part.content.get("payer" if kind == "cost" else "beneficiary", ""))

    @property
    def at_full_effect(self) -> Decimal | None:
        return abs(to_the_ore(self.result.at_full_effect)) if self.result else None

    @property
    def present_value(self) -> Decimal | None:
        return to_the_ore(self.result.present_value) if self.result else None


def standing_of(case: Case) -> Standing:
    parts = parts_of(case)
    try:
        content = read_format(as_format(case, parts))
    except Misread as fault:
        wrong = [one for one in fault.problems if one.key != "no_lines"]
        return Standing(case, parts, None, None, None, in_sentences(wrong, parts))
    return Standing(case, parts, content, mean_case(content), current(case, content))


def lines_of(standing: Standing) -> list[LineRow]:
    """The lines in the order of the table."""
    mean = standing.mean
    counted = {one.line.id: one for one in mean.lines} if mean else {}
    waiting = {one.line.id: one for one in mean.waiting} if mean else {}
    return [
        LineRow(part, counted.get(part.ref) or waiting.get(part.ref), part.ref in waiting)
        for part in standing.parts
        if part.kind == Part.Kind.LINE
    ]


def in_their_order(content: CoreCase, lines: Iterable[LineResult]) -> list[LineResult]:
    """Lines as they stand in the case; the core adds them in the order of their ids."""
    places = {one.id: place for place, one in enumerate(content.lines)}
    return sorted(lines, key=lambda one: places[one.line.id])


def worth_of(part: Part) -> LineRow | None:
    """What one line comes to in its case today."""
    return next((one for one in lines_of(standing_of(part.case)) if one.part.pk == part.pk), None)


def shown_findings(standing: Standing, organisation: str, may_change: bool) -> list[Shown]:
    """The findings in the reader's language; each place leads to where it is mended."""
    titles = {one.ref: str(one) for one in standing.parts}
    page = "change_part" if may_change else "part"
    return [
        Shown(
            gettext(FINDINGS[one.key]).format(
                places=", ".join(_quoted(titles.get(place, place)) for place in one.places), value=_value(one)
            ),
            [
                *_frame_link(one, standing.case, organisation, may_change),
                *(
                    (titles[place], reverse(f"business_case:{page}", args=[organisation, place]))
                    for place in one.places
                    if place in titles
                ),
            ],
        )
        for one in standing.found
    ]


def _quoted(title: str) -> str:
    return gettext("“%(title)s”") % {"title": title}


def _value(one: Finding) -> str:
    """What the sentence says of it; an amount as amounts are read."""
    if one.key != "freed_time":
        return one.value
    return number_format(Decimal(one.value), decimal_pos=0, use_l10n=True, force_grouping=True)


def _frame_link(one: Finding, case: Case, organisation: str, may_change: bool) -> list[tuple[str, str]]:
    if not may_change:
        return []
    if one.key == "no_risks":
        return [
            (
                gettext("Shared figures and risks"),
                reverse("business_case:shared", args=[organisation, case.ref]),
            )
        ]
    if one.key in WRITTEN_IN_THE_FRAME:
        return [(gettext("Computed by"), reverse("business_case:frame", args=[organisation, case.ref]))]
    return []


def years_of_mean(mean: MeanCase) -> list[dict[str, Any]]:
    """The years of the mean case to the øre."""
    return [
        {
            "year": one.year,
            **{
                name: to_the_ore(value)
                for name, value in (
                    ("costs", one.costs),
                    ("benefits", one.benefits),
                    ("net", one.net),
                    ("discounted", one.net * one.factor),
                    ("cumulated", one.cumulated),
                )
            },
        }
        for one in mean.years
    ]


def ore(amount: Fraction) -> Decimal:
    return to_the_ore(amount)
