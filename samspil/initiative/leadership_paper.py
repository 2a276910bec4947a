"""The leadership overview on paper and in a workbook: the same figures and every list behind them."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from django.utils import translation
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from samspil.initiative.leadership import AHEAD, Load, Overview, Planned, Sum
from samspil.initiative.models import Initiative
from samspil.initiative.words import PHASES, STEP_KINDS
from samspil.kit.charts import Bar, Bars, Basis, Cell, draw
from samspil.kit.exports import (
    Block,
    ChartBlock,
    Column,
    Definitions,
    Document,
    Heading,
    Metadata,
    Paragraph,
    Table,
    TableBlock,
)
from samspil.organisation.models import Organisation


def phases(found: Overview) -> Bars:
    """The running initiatives, phase by phase."""
    return Bars(
        title=_("Initiatives by phase"),
        unit="",
        bars=tuple(Bar(str(PHASES[one.phase]), one.count) for one in found.phases),
        basis=Basis(len(found.initiatives), _("the phase of each initiative"), found.today),
    )


def document(found: Overview, organisation: Organisation, language: str) -> Document:
    """The whole page as a document in a language."""
    with translation.override(language):
        title = _("Leadership overview")
        return Document(
            title=f"{title}: {found.unit or organisation.name}",
            language=language,
            blocks=list(_blocks(found, language)),
            metadata=Metadata(author=organisation.name, organisation=organisation.name, date=found.today),
        )


def month(on: object) -> str:
    """A month in few letters."""
    return capfirst(date_format(on, "M y"))  # type: ignore[arg-type]


def _blocks(found: Overview, language: str) -> Iterator[Block]:
    yield Definitions(_in_short(found))
    yield Heading(1, _("How far they are"))
    yield ChartBlock(draw(phases(found), language))
    yield from _section(_("Change load, month by month"), _loads(found), _load_note(found))
    yield from _section(_("Next decisions"), _planned(_("Next decisions"), found.coming))
    if found.passed:
        yield from _section(
            _("The planned day is over"), _planned(_("The planned day is over"), found.passed)
        )
    yield from _section(_("Money as given"), _sums(found.sums), _money_note(found))
    if found.money:
        yield TableBlock(_money(found))
    yield from _section(
        _("Discussed after the binding step"),
        _named(_("Discussed after the binding step"), found.late),
        _("The dates say so; nobody is blamed."),
    )
    yield from _section(_("Waiting for answers"), _waiting(found))
    yield from _section(_("Owner outside the line"), _named(_("Owner outside the line"), found.outside))


def _in_short(found: Overview) -> list[tuple[str, str]]:
    heaviest = found.heaviest
    return [
        (pgettext("date", "As of"), date_format(found.today, "DATE_FORMAT")),
        (_("Running initiatives"), str(len(found.initiatives))),
        (
            _("Planned decisions in the next %(days)s days") % {"days": AHEAD.days},
            str(len(found.soon)),
        ),
        (_("Discussed after the binding step"), str(len(found.late))),
        (_("Waiting for answers"), str(found.waiting)),
        (_("Owner outside the line"), str(len(found.outside))),
        (
            _("Most changes at once"),
            f"{heaviest[2]}: {heaviest[0].unit}, {month(heaviest[1])}" if heaviest else "–",
        ),
    ]


def _section(title: str, table: Table, note: str = "") -> Iterator[Block]:
    yield Heading(1, title)
    if note:
        yield Paragraph(note)
    yield TableBlock(table) if table.rows else Paragraph(_("None."))


def _planned(caption: str, rows: Sequence[Planned]) -> Table:
    columns = (_("Date"), _("Step"), _("Initiative"), _("Phase"), _("Owner"))
    cells = tuple(
        (
            one.on,
            str(STEP_KINDS[one.kind]),
            one.initiative.title,
            str(PHASES[one.initiative.phase]),
            str(one.initiative.owner),
        )
        for one in rows
    )
    return Table(caption, columns, cells)


def _sums(sums: Iterable[Sum]) -> Table:
    columns = (
        _("What it covers"),
        Column(_("Sum"), numeric=True),
        _("Currency"),
        _("Price year"),
        Column(_("Initiatives"), numeric=True),
    )
    cells = tuple(
        (
            one.what or _("not said"),
            one.total,
            one.currency,
            str(one.price_year or _("not said")),
            len({row.initiative_id for row in one.rows}),
        )
        for one in sums
    )
    return Table(_("Money as given, added up"), columns, cells)


def _money(found: Overview) -> Table:
    names = {one.pk: one.title for one in found.initiatives}
    columns = (
        _("Initiative"),
        _("What it covers"),
        Column(_("Amount"), numeric=True),
        _("Currency"),
        _("Price year"),
        _("Source"),
        _("From"),
    )
    cells = tuple(
        (
            names[row.initiative_id],
            row.what or _("not said"),
            row.amount.normalize() + Decimal(0) if row.amount is not None else None,
            row.currency,
            str(row.price_year or _("not said")),
            row.source,
            row.since,
        )
        for row in found.money
    )
    return Table(_("Money as given, one by one"), columns, cells)


def _named(caption: str, rows: Iterable[Initiative]) -> Table:
    columns = (_("Initiative"), _("Phase"), _("Owner"), _("The owner's unit"))
    cells = tuple(
        (one.title, str(PHASES[one.phase]), str(one.owner), str(one.owner.unit or "–")) for one in rows
    )
    return Table(caption, columns, cells)


def _waiting(found: Overview) -> Table:
    columns = (_("What waits"), _("Kind"), _("Who"), _("Since or by"))
    needs = ((one.problem, _("Need"), one.for_whom, one.raised_at.date()) for one in found.needs)
    conditions = (
        (one.text, _("Condition past its day"), str(one.owner or "–"), one.due or "–")
        for one in found.overdue
    )
    gates = ((one.title, _("Answers before the next gate"), str(one.owner), "–") for one in found.asked_for)
    return Table(_("Waiting for answers"), columns, (*needs, *conditions, *gates))


def _loads(found: Overview) -> Table:
    columns: tuple[Column | str, ...] = (
        _("Unit"),
        *(Column(month(one), numeric=True) for one in found.months),
    )
    cells: tuple[tuple[Cell, ...], ...] = tuple(
        (str(one.unit), *(cell.count for cell in one.cells)) for one in found.loads
    )
    return Table(_("Change load, month by month"), columns, cells)


def _load_note(found: Overview) -> str:
    return " ".join(load_notes(found))


def load_notes(found: Overview) -> list[str]:
    """What the figures rest on, and what nobody has said."""
    notes = [
        _(
            "How many initiatives are put into use at a unit in a month: those in the implementation phase,"
            " and those in development from the day on which the decision about it is planned. What touches"
            " a unit above touches it too."
        )
    ]
    if found.without_end:
        notes.append(
            _("Counted in every month, because the end has no date: %(names)s.")
            % {"names": _names(found.without_end)}
        )
    if found.without_start:
        notes.append(
            _("Not counted, because the decision has no date to come: %(names)s.")
            % {"names": _names(found.without_start)}
        )
    return notes


def _money_note(found: Overview) -> str:
    return _(
        "Known for %(known)s of %(all)s running initiatives; not known for %(unknown)s. Only what covers the"
        " same, in one currency and at the prices of one year, is added up. Nothing is converted."
    ) % {"known": found.priced, "all": len(found.initiatives), "unknown": found.unpriced}


def _names(rows: Iterable[Initiative]) -> str:
    return ", ".join(f"“{one.title}”" for one in rows)


def reach(one: Load, found: Overview) -> list[tuple[Initiative, str]]:
    """What lies behind a row: each initiative with the days between which it is counted."""
    return [
        (
            initiative,
            _("%(starts)s – %(ends)s")
            % {
                "starts": date_format(span.starts, "DATE_FORMAT") if span.planned else _("now"),
                "ends": date_format(span.ends, "DATE_FORMAT") if span.ends else _("no date"),
            },
        )
        for initiative, span in one.spans
        if span.starts <= found.months[-1]
    ]
