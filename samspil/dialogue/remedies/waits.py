"""Who still waits after a negotiation that ended in disagreement, and from which day the decision may be
taken.

For many items at once, in a fixed number of queries; items without a disagreement cost none.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet

from samspil.core.remedy_clock import Stand, Wait, wait_for
from samspil.dialogue.models import Item, Minutes, Outcome, Signature
from samspil.dialogue.regime import Regime
from samspil.dialogue.remedies import tables
from samspil.dialogue.remedies.models import CentralCall
from samspil.organisation.models import Organisation, Union

DISAGREED = "concluded_disagreed"
CENTRALLY = frozenset({"central_agreed", "central_disagreed"})


@dataclass(frozen=True)
class UnionWait:
    """Where a union stands (None: the samverkan group as a whole), with the outcome it rests on."""

    union: Union | None
    outcome: Outcome
    wait: Wait
    signed_on: date | None = None


class Waits:
    """What follows from the disagreements among some items; read once."""

    def __init__(self, items: Iterable[Item], regimes: Mapping[int, Regime], today: date) -> None:
        self.regimes, self.today = regimes, today
        rows = Outcome.objects.filter(item__in=[one.pk for one in items], key=DISAGREED)
        self.items = {row.item_id for row in rows}
        self.minutes: dict[tuple[int, int], Minutes] = {}
        self.calls: dict[tuple[int, int], list[CentralCall]] = {}
        if self.items:
            self._read()

    def of(self, item: Item, outcomes: Iterable[Outcome]) -> list[UnionWait]:
        """The newest outcome of each union, and what it means for the day of the decision. `outcomes` of the
        item, the earliest meeting first."""
        if item.pk not in self.items:
            return []
        newest = {one.union_id: one for one in outcomes}
        table = self._table(item)
        if table is None or table.central is None:
            return []
        return [
            UnionWait(one.union, one, self._wait(item, one, table), self._signed_on(item, one))
            for one in sorted(newest.values(), key=lambda one: one.union.name if one.union else "")
        ]

    def _wait(self, item: Item, outcome: Outcome, table: tables.Remedies) -> Wait:
        assert table.central is not None  # noqa: S101 - of() has looked
        known = self.regimes[item.regime_id].outcome(outcome.key)
        signed_on = self._signed_on(item, outcome)
        central = outcome.key in CENTRALLY
        start = signed_on or outcome.meeting.on
        clock = self.own.of(table.central, start)
        organisation = self._organisation(item)
        calls = self.calls.get((item.pk, outcome.meeting_id), [])
        called = [one.called_on for one in calls if outcome.union_id in (None, one.union_id)]
        return wait_for(
            concluded=bool(known and known.counts),
            agreed=outcome.key != DISAGREED,
            signed_on=signed_on,
            term=tables.term_of(clock, table),
            closed=tables.closed(start, table, organisation),
            today=self.today,
            called_on=min(called, default=None),
            centrally_on=outcome.meeting.on if central else None,
        )

    def _signed_on(self, item: Item, outcome: Outcome) -> date | None:
        """The day on which the text was signed by the employer and for the union; None until it is."""
        minutes = self.minutes.get((item.pk, outcome.meeting_id))
        if minutes is None:
            return None
        signed = list(minutes.signatures.all())
        if minutes.approved_on and outcome.union_id is None:
            return minutes.approved_on
        mine = [one for one in signed if one.union_id == outcome.union_id and one.union_id is not None]
        others = [one for one in signed if one.union_id is None]
        if not others or not (mine or minutes.approved_on):
            return None
        return max(one.signed_on for one in (*mine, *others))

    def _read(self) -> None:
        self.own = tables.Own()
        self.tables: dict[str, tables.Remedies | None] = {}
        self.organisations: dict[int, Organisation] = {}
        approving = Signature.objects.filter(act=Signature.Act.APPROVE)
        rows = Minutes.objects.filter(item__in=self.items).defer("text", "record").order_by("number")
        for row in rows.prefetch_related(_signatures(approving)):
            self.minutes[row.item_id, row.meeting_id] = row
        for call in CentralCall.objects.filter(item__in=self.items).select_related("union"):
            self.calls.setdefault((call.item_id, call.meeting_id), []).append(call)

    def _table(self, item: Item) -> tables.Remedies | None:
        key = self.regimes[item.regime_id].key
        if key not in self.tables:
            self.tables[key] = tables.of_regime(key, self._organisation(item))
        return self.tables[key]

    def _organisation(self, item: Item) -> Organisation:
        if item.organisation_id not in self.organisations:
            self.organisations[item.organisation_id] = item.organisation
        return self.organisations[item.organisation_id]


def _signatures(rows: "QuerySet[Signature]") -> "Prefetch[str]":
    return Prefetch("signatures", rows)


def open_calls(waits: Iterable[UnionWait]) -> list[UnionWait]:
    """The unions whose central negotiation goes on."""
    return [one for one in waits if one.wait.stand == Stand.CALLED]
