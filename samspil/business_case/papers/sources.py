"""A case as it stands, or as it was frozen: what is told of it, and what stands beside that on paper."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samspil.business_case import queries
from samspil.business_case.budget.models import BudgetCut
from samspil.business_case.budget.queries import cuts_of, held, in_reach, taken
from samspil.business_case.budget.words import amount_of
from samspil.business_case.contest.models import Remark
from samspil.business_case.contest.queries import contestable, remarks_of
from samspil.business_case.drawing.told import Told
from samspil.business_case.format import read_version
from samspil.business_case.models import Case, CaseVersion, Part
from samspil.business_case.papers.beside import Assumed, Beside, Said, TakenFromBudget
from samspil.business_case.results import standing_of
from samspil.core.business_case.budget import in_prices_of_the_case
from samspil.core.business_case.exact import to_the_ore
from samspil.organisation.models import Organisation
from samspil.organisation.viewer import day_in


@dataclass(frozen=True)
class Source:
    """Where pages and papers are told from. `told` is None where the case has no line yet."""

    case: Case
    told: Told | None
    organisation: Organisation
    version: CaseVersion | None = None

    def url(self, page: str, *rest: str) -> str:
        """The address of a page of this case, or of the same page of this version."""
        name = f"version_{page}" if self.version else page
        ref = self.version.ref if self.version else self.case.ref
        return reverse(f"business_case:{name}", args=[self.organisation.slug, ref, *rest])

    def line_url(self, id_: str) -> str:
        return f"{self.url('lines')}#{id_}"

    @property
    def state(self) -> str:
        """Which version it is, in words."""
        if self.version is None:
            return _("As it is being written, %(on)s") % {"on": self._day(self.told)}
        on = date_format(day_in(self.organisation, self.version.frozen_at))
        known = {"number": self.version.number, "on": on}
        if self.version.stage == CaseVersion.Stage.DECIDED:
            return _("Version %(number)s, decided %(on)s") % known
        return _("Version %(number)s, put before the committee %(on)s") % known

    def _day(self, told: Told | None) -> str:
        return date_format(told.as_of) if told else ""

    @cached_property
    def parts(self) -> Mapping[str, Part]:
        """The parts by their ids, also those taken out since: people and words stand beside them."""
        rows = Part.objects.filter(case=self.case).select_related("thing", "owner__unit", "estimator__unit")
        return {one.ref: one for one in rows}

    def beside(self) -> Beside:
        """What a paper says besides the case."""
        whole = str(settings.BASE_URL)
        ids = [one.id for one in self.told.case.lines] if self.told else []
        return Beside(
            organisation=self.organisation.name,
            initiative=self.case.initiative.title,
            state=self.state,
            address=whole + self.url("lines"),
            contest_address=whole + self._of_case("assumptions"),
            answered_by=_("The owner of the line, else the project lead,"),
            where={one: whole + self.line_url(one) for one in ids},
            said=self.said,
            taken=list(self._taken()),
            assumed=list(self._assumed()),
        )

    @cached_property
    def said(self) -> Mapping[str, Said]:
        """How much was said of each line, and how much of it waits for an answer; of a version: then."""
        found: dict[str, Said] = {}
        for one in remarks_of(self.parts.values()):
            if self.version and one.said_at > self.version.frozen_at:
                continue
            so_far = found.get(one.part.ref, Said())
            found[one.part.ref] = Said(so_far.comments + 1, so_far.contested + self._waited(one))
        return found

    def _waited(self, one: Remark) -> bool:
        answered_since = bool(
            self.version and one.due and one.answer and one.answer.answered_at > self.version.frozen_at
        )
        return one.is_owed or answered_since

    def _assumed(self) -> Iterator[Assumed]:
        """What the lines of today assume. What a version assumed may have been put into words later."""
        here = [one for one in self.parts.values() if one.taken_out_at is None and one.kind == Part.Kind.LINE]
        for one in contestable(here) if self.version is None else ():
            yield Assumed(one.part.ref, one.sentence, one.agree, one.disagree)

    def _taken(self) -> Iterator[TakenFromBudget]:
        """What budgets were lowered by, beside what the case brings that unit in that year; of a version what
        stood there when it was kept. Both in the prices of the case."""
        cuts = cuts_of(self.case, self.version.frozen_at if self.version else None)
        held_ = held(self.told.case, cuts) if self.told else None
        brings = {(row.unit, row.year): row.expected for row in held_.rows} if held_ else {}
        for one in cuts:
            unit = one.unit.name
            amount, source = self._in_prices_of_the_case(one)
            yield TakenFromBudget(unit, one.account, one.year, amount, brings.get((unit, one.year)), source)

    def _in_prices_of_the_case(self, cut: BudgetCut) -> tuple[Decimal, str]:
        """What was taken and where it stands; with the amount as it was given, where that is another."""
        case = self.told.case if self.told else None
        if case is None or cut.price_year in (None, case.price_year):
            return cut.amount, cut.source
        brought = to_the_ore(in_prices_of_the_case(case, taken(cut))) if in_reach(case, cut) else cut.amount
        return brought, f"{cut.source} ({amount_of(cut)})"

    def _of_case(self, page: str) -> str:
        return reverse(f"business_case:{page}", args=[self.organisation.slug, self.case.ref])


def living(case: Case, organisation: Organisation, today: date) -> Source:
    """The case as it stands now."""
    standing = standing_of(case)
    told = None
    if standing.content:
        computed = standing.computed
        on = day_in(organisation, computed.computed_at) if computed else today
        told = Told(standing.content, standing.result or {}, on, get_language() or organisation.language)
    return Source(case, told, organisation)


def frozen(version: CaseVersion, organisation: Organisation) -> Source:
    """The case as it was put before a committee or decided."""
    on = day_in(organisation, version.frozen_at)
    language = get_language() or organisation.language
    told = Told(read_version(version), queries.shown_result(version) or {}, on, language)
    return Source(version.case, told, organisation, version)
