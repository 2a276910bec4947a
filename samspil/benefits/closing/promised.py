"""Promised against realised, benefit by benefit, and line by line of the case that was decided."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from samspil.benefits import queries
from samspil.benefits.queries import Followed
from samspil.business_case.format import read_version
from samspil.business_case.models import CaseVersion
from samspil.core.benefits.promises import Forecast, realised_amount
from samspil.core.business_case.case import Case, Worth
from samspil.core.business_case.exact import to_the_ore
from samspil.core.business_case.mean_case import LineResult, mean_case
from samspil.initiative.models import Initiative


@dataclass(frozen=True)
class Row:
    """A benefit as it was promised at the gate and as it came.

    `amount` is what its line of the decided case comes to a year at full effect, `came` the same with the
    share of the promise that was kept. Both are unknown where the benefit rests on no line with an amount.
    Where several benefits rest on one line each has an even part of it, so that nothing is counted twice.
    `line_waits`: the case counts the line as nothing until somebody has decided.
    """

    followed: Followed
    line: str = ""
    amount: Decimal | None = None
    came: Decimal | None = None
    line_waits: bool = False

    @property
    def forecast(self) -> Forecast | None:
        return self.followed.forecast

    @property
    def waits(self) -> bool:
        """Freed time is no money until somebody has decided what it is used for."""
        undecided = self.line_waits and self.followed.freed_time is None
        return self.followed.waits_for_a_decision or undecided


@dataclass(frozen=True)
class Promised:
    """All rows of an initiative and the version of the case they are held against."""

    rows: tuple[Row, ...]
    version: CaseVersion | None
    currency: str = ""

    @property
    def amount(self) -> Decimal:
        """Only rows of which both are known are added up, so that the two sums can be compared."""
        return sum((row.amount for row in self._known if row.amount is not None), Decimal(0))

    @property
    def came(self) -> Decimal:
        return sum((row.came for row in self._known if row.came is not None), Decimal(0))

    @property
    def counted(self) -> int:
        """Of how many rows both are known."""
        return len(self._known)

    @property
    def _known(self) -> list[Row]:
        return [row for row in self.rows if row.amount is not None and row.came is not None and not row.waits]


def promised(initiative: Initiative, found: Sequence[Followed]) -> Promised:
    """What the decided case said of each benefit, and what came."""
    version = decided_case(initiative)
    case = read_version(version) if version else None
    lines = _lines(case)
    resting = Counter(one.benefit.line_id for one in found if not one.benefit.harm)
    rows = tuple(_row(one, lines, resting[one.benefit.line_id]) for one in found)
    return Promised(rows, version, case.currency if case else "")


def decided_case(initiative: Initiative) -> CaseVersion | None:
    """The case on which the initiative was let go on after the idea; later ones do not change the promise."""
    promised_at = queries.promised_at([initiative]).get(initiative.pk)
    if promised_at is None:
        return None
    rows = CaseVersion.objects.filter(case__initiative=initiative, decision__decided_at__gte=promised_at)
    return rows.select_related("thing", "decision").order_by("number").first()


def _lines(case: Case | None) -> Mapping[str, LineResult]:
    """Each line at its mean, exact: what a person recomputes, without waiting for any draw."""
    if case is None:
        return {}
    mean = mean_case(case)
    return {one.line.id: one for one in (*mean.waiting, *mean.lines)}


def _row(one: Followed, lines: Mapping[str, LineResult], resting: int) -> Row:
    found = lines.get(one.benefit.line.ref) if one.benefit.line else None
    if found is None or one.benefit.harm:
        return Row(one, str(one.benefit.line or ""))
    amount = to_the_ore(found.at_full_effect / resting)
    if found.line.worth is Worth.QUALITATIVE or not amount:
        return Row(one, found.line.title)
    standing = one.first_standing
    share = None if standing.overdue else standing.share
    return Row(
        one,
        found.line.title,
        amount.quantize(Decimal(1), ROUND_HALF_UP),
        realised_amount(amount, share),
        found.line.waits_for_a_decision,
    )
