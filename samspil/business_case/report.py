"""The result of a business case in plain words: what it comes to, for whom, how sure, what to look at."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from babel.numbers import format_decimal

from samspil.core.business_case.case import Case, Worth
from samspil.core.business_case.comparison import Comparison
from samspil.core.business_case.exact import plain, to_the_ore
from samspil.core.business_case.result import Result, sentence
from samspil.core.business_case.workbook import DISCOUNTINGS, PAYBACKS
from samspil.core.business_case.writing import input_hash
from samspil.core.marking import marked as _
from samspil.kit.spoken import Say

MOST_INFLUENCES = 10


def in_words(
    result: Result, beside: Comparison | None, other: Case | None, language: str, say: Say
) -> Iterator[str]:
    """The report, line by line."""
    yield from _Report(result, language, say).lines(beside, other)


class _Report:
    def __init__(self, result: Result, language: str, say: Say) -> None:
        self.result, self.case, self.mean = result, result.case, result.mean
        self.language, self.say = language, say

    def lines(self, beside: Comparison | None, other: Case | None) -> Iterator[str]:
        yield self.case.title
        yield ""
        yield from self._what_it_comes_to()
        yield from self._year_by_year()
        yield from self._who()
        yield from self._how_sure()
        yield from self._what_it_hangs_on()
        yield from self._reserves()
        if beside and other:
            yield from self._beside(beside, other)
        yield from self._without_amount()
        yield from self._findings()
        yield from self._to_follow_it()

    # --- the parts -----------------------------------------------------------------------------------------

    def _what_it_comes_to(self) -> Iterator[str]:
        mean = self.mean
        first, last = self.case.all_years[0], self.case.all_years[-1]
        yield self.told(
            _(
                "Benefits less costs, %(first)s–%(last)s, discounted: %(npv)s %(currency)s, in prices of"
                " %(prices)s."
            ),
            first=first,
            last=last,
            npv=self.ore(mean.npv),
            currency=self.case.currency,
            prices=self.case.price_year,
        )
        yield self.told(_("Of this in budgets (cashable): %(npv)s."), npv=self.ore(mean.npv_cashable))
        yield self.told(
            _("If every figure became its likely value: %(npv)s."), npv=self.ore(mean.npv_of_likely)
        )
        yield self._payback()
        yield ""
        yield self.told(_("How it was computed: %(how)s."), how=self.say(DISCOUNTINGS[self.case.discounting]))
        rates = self.case.own_rates or self.case.figures.rates
        shown = ", ".join(
            self.told(
                _("%(rate)s %% from year %(year)s"), rate=self.plain(band.rate * 100), year=band.from_year
            )
            for band in rates.bands
            if band.from_year <= self.case.years
        )
        yield self.told(
            _("Discount rate: %(rates)s. Source: %(source)s"), rates=shown, source=rates.source or "–"
        )
        yield ""

    def _payback(self) -> str:
        found = self.mean.payback
        how = self.say(PAYBACKS[found.variant])
        if found.year is None:
            return self.told(_("It is not paid back within these years (%(how)s)."), how=how)
        return self.told(
            _("Paid back in %(year)s, year %(years)s (%(how)s)."), year=found.year, years=found.years, how=how
        )

    def _year_by_year(self) -> Iterator[str]:
        heads = (_("Year"), _("Costs"), _("Benefits"), _("Net"), _("Cumulated"), _("Factor"), _("Discounted"))
        rows = [
            (
                str(one.year),
                *(self.ore(amount) for amount in (one.costs, one.benefits, one.net, one.cumulated)),
                str(format_decimal(float(one.factor), "0.000000", locale=self.language)),
                self.ore(one.net * one.factor),
            )
            for one in self.mean.years
        ]
        yield from self._table(_("Year by year"), heads, rows)

    def _who(self) -> Iterator[str]:
        heads = (_("Who"), _("Costs"), _("Benefits"), _("Net"), _("Net, discounted"))
        rows = [
            (
                one.name or self.say(_("nobody named")),
                *(
                    self.ore(amount)
                    for amount in (one.costs, one.benefits, one.benefits - one.costs, one.npv)
                ),
            )
            for one in self.mean.accounts
        ]
        yield from self._table(_("Who pays, who gains"), heads, rows)

    def _how_sure(self) -> Iterator[str]:
        plain_, risky = self.result.distribution, self.result.with_risks
        yield from self._title(_("How sure it is"))
        yield self.told(
            _(
                "In nine of ten of %(draws)s draws it lies between %(low)s and %(high)s; half lie below"
                " %(middle)s."
            ),
            draws=self.whole(self.result.simulation.draws),
            low=self.whole(plain_.p5),
            high=self.whole(plain_.p95),
            middle=self.whole(plain_.p50),
        )
        yield self.told(
            _("It is above zero in %(share)s %% of the draws."), share=self.percent(plain_.p_positive)
        )
        if self.result.risks.risks:
            yield self.told(
                _("When the risks are counted too, it is above zero in %(share)s %% of them."),
                share=self.percent(risky.p_positive),
            )
        yield ""

    def _what_it_hangs_on(self) -> Iterator[str]:
        heads = (_("Figure"), _("When low"), _("When high"), _("Share of the spread"), _("Worth of knowing"))
        shared = self.say(_("driver"))
        rows = [
            (
                f"{one.name} ({shared})" if one.shared else one.name,
                self.whole(one.swing_low),
                self.whole(one.swing_high),
                self.percent(one.variance_share) + " %",
                self.whole(one.worth_knowing),
            )
            for one in self.result.sensitivity[:MOST_INFLUENCES]
        ]
        yield from self._table(_("What it hangs on"), heads, rows)
        if rows:
            yield self.say(
                _(
                    "When low, when high: the mean result in the tenth of the draws where the figure is"
                    " lowest, highest. Worth of knowing: what it is at most worth to know the figure before"
                    " deciding."
                )
            )
            yield ""

    def _reserves(self) -> Iterator[str]:
        costs, risks = self.result.costs, self.result.risks
        yield from self._title(_("What to put aside"))
        yield self.told(
            _(
                "Costs: half of the draws stay under %(p50)s; %(reserve)s more is enough in %(share)s %%."
                " Discounted."
            ),
            p50=self.whole(costs.p50),
            reserve=self.whole(costs.reserve),
            share=self.percent(costs.coverage),
        )
        yield self.told(
            _(
                "Risks: %(count)s open, on average %(expected)s together; %(reserve)s is enough in"
                " %(share)s %%. Not discounted."
            ),
            count=risks.risks,
            expected=self.ore(risks.expected),
            reserve=self.whole(risks.reserve),
            share=self.percent(risks.coverage),
        )
        yield ""

    def _beside(self, beside: Comparison, other: Case) -> Iterator[str]:
        yield from self._title(_("Beside the other case"))
        difference = beside.difference
        yield self.told(
            _(
                "%(title)s comes to %(npv)s more on average; in nine of ten draws between %(low)s and"
                " %(high)s. It is better in %(share)s %% of the draws. Both are drawn alike."
            ),
            title=other.title,
            npv=self.ore(beside.npv),
            low=self.whole(difference.p5),
            high=self.whole(difference.p95),
            share=self.percent(beside.other_better),
        )
        yield ""

    def _without_amount(self) -> Iterator[str]:
        lines = [one for one in self.case.lines if one.worth is Worth.QUALITATIVE]
        if lines:
            yield from self._title(_("What has no amount and counts all the same"))
            yield from (f"  – {one.title or one.id}" for one in lines)
            yield ""

    def _findings(self) -> Iterator[str]:
        yield from self._title(_("What to look at"))
        if not self.result.findings:
            yield self.say(_("Nothing that a program can see."))
        yield from (f"  – {sentence(one, self.say)}" for one in self.result.findings)
        yield ""

    def _to_follow_it(self) -> Iterator[str]:
        result = self.result
        yield from self._title(_("To follow it"))
        for one in result.traced:
            yield self.told(
                _("Draw %(number)s, at P%(at)s: %(total)s, added up from %(lines)s lines."),
                number=one.draw,
                at=plain(one.at * 100),
                total=self.number(one.total),
                lines=len(one.lines),
            )
        yield self.say(
            _("With --xlsx comes a workbook that computes the mean case and shows these draws line by line.")
        )
        yield self.told(
            _("Seed %(seed)s. Hash of the input: %(hash)s"),
            seed=result.simulation.seed,
            hash=input_hash(self.case),
        )
        yield self.told(_("Hash of the result: %(hash)s"), hash=result.as_data()["result_hash"])

    # --- how things are written ----------------------------------------------------------------------------

    def told(self, text: str, **known: object) -> str:
        return self.say(text) % known

    def ore(self, amount: Fraction) -> str:
        return self.number(to_the_ore(amount))

    def number(self, amount: Decimal) -> str:
        return str(format_decimal(amount, "#,##0.00", locale=self.language))

    def whole(self, amount: float) -> str:
        return str(format_decimal(round(amount) + 0, "#,##0", locale=self.language))

    def plain(self, amount: Decimal) -> str:
        return str(format_decimal(amount, "0.###", locale=self.language))

    def percent(self, share: float) -> str:
        return str(format_decimal(round(share * 100, 1), "0.#", locale=self.language))

    def _title(self, text: str) -> Iterator[str]:
        said = self.say(text)
        yield said
        yield "-" * len(said)

    def _table(self, title: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
        if not rows:
            return
        yield from self._title(title)
        cells = [[self.say(head) for head in heads], *rows]
        widths = [max(len(row[place]) for row in cells) for place in range(len(heads))]
        for row in cells:
            first, *rest = (
                text.rjust(width) if place else text.ljust(width)
                for place, (text, width) in enumerate(zip(row, widths, strict=True))
            )
            yield "  ".join((first, *rest)).rstrip()
        yield ""
