"""A closing report as a document to print, mail or file: made from what was frozen, and nothing else."""

import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from samspil.benefits.models import ClosingReport
from samspil.benefits.words import CAUSES, HARM_STATUSES, PLACES, SHORT_WORTHS, STATUSES, USES
from samspil.kit.charts import figure
from samspil.kit.exports import (
    Block,
    Bullets,
    Definitions,
    Document,
    Heading,
    Metadata,
    Notice,
    Paragraph,
    Table,
    TableBlock,
)
from samspil.organisation.viewer import Viewer


def document(found: ClosingReport, viewer: Viewer, language: str) -> Document:
    """In short, then benefit by benefit: promised, measured, why it differs."""
    title = _("Closing report %(number)s") % {"number": found.number} + f": {found.initiative.title}"
    metadata = Metadata(
        author=viewer.organisation.name,
        organisation=viewer.organisation.name,
        case_number=found.initiative.case_number,
        date=found.on,
    )
    return Document(title, language, list(_blocks(found, language)), metadata)


def _blocks(found: ClosingReport, language: str) -> Iterator[Block]:
    facts = json.loads(found.facts)
    yield Definitions(_in_short(found, facts, language))
    yield Heading(1, _("What came of it, and why"))
    yield Paragraph(found.account)
    yield Heading(1, _("Promised and realised"))
    yield TableBlock(_table(facts, language))
    yield Heading(1, _("Benefit by benefit"))
    for one in facts["benefits"]:
        yield from _benefit(one, facts["currency"], language)
    if facts.get("taken_out"):
        yield Heading(1, _("Taken out since the gate"))
        yield Bullets([gone_in_words(one, language) for one in facts["taken_out"]])
    for heading, text in (
        (_("What others should repeat"), found.repeat),
        (_("What others should not do"), found.avoid),
    ):
        if text:
            yield Heading(1, heading)
            yield Paragraph(text)
    sealed = _("The figures are those of %(day)s. Their fingerprint (SHA-256): %(hash)s")
    yield Paragraph(
        sealed % {"day": date_format(found.on, "DATE_FORMAT"), "hash": found.facts_sha256}, small=True
    )


def _in_short(found: ClosingReport, facts: dict[str, Any], language: str) -> list[tuple[str, str]]:
    said = [(_("Initiative"), facts["title"]), (_("As of"), date_format(found.on, "DATE_FORMAT"))]
    said += [
        (str(word), str(facts["counts"][name])) for name, word in STATUSES.items() if facts["counts"][name]
    ]
    if facts["promised_amount"]:
        unit = facts["currency"]
        said += [
            (_("Promised a year"), f"{_figure(facts['promised_amount'], language)} {unit}"),
            (_("Came a year"), f"{_figure(facts['realised_amount'], language)} {unit}"),
        ]
    forecasts = facts["forecasts"]
    if forecasts["n"]:
        inside = _("%(inside)s of %(n)s outcomes lie inside their forecast") % forecasts
        said.append((_("Forecasts"), inside))
    return said


def _table(facts: dict[str, Any], language: str) -> Table:
    columns = (
        _("Benefit"),
        _("Starting point"),
        _("First target"),
        _("Target now"),
        _("Measured"),
        pgettext("benefit", "Standing"),
    )
    rows = tuple(
        (
            f"{one['title']} ({one['unit']})",
            _value(one["baseline"], "value", language),
            _value(one["first_target"], "likely", language),
            _value(one["target"], "likely", language),
            _value(one["newest"], "value", language),
            _stands(one),
        )
        for one in facts["benefits"]
    )
    return Table("", columns, rows)


def _benefit(one: dict[str, Any], currency: str, language: str) -> Iterator[Block]:
    kind = _("Disadvantage") if one["harm"] else str(SHORT_WORTHS[one["class"]])
    yield Heading(2, one["title"])
    pairs = [
        (_("Kind"), kind),
        (_("Measured as"), f"{one['measured_as']} ({one['unit']})"),
        (_("Owner in the line"), one["owner"] or _("nobody has said yes")),
        (pgettext("benefit", "Standing"), _standing(one, language)),
    ]
    if one["place"]:
        pairs.append((_("Forecast"), _forecast(one, language)))
    if one["amount"]:
        told = _("%(promised)s promised a year, %(came)s came")
        amounts = {"promised": _figure(one["amount"], language), "came": _figure(one["came"], language)}
        pairs.append((_("In the business case") + f" ({currency})", told % amounts))
    if one["freed_time"]:
        freed = one["freed_time"]
        pairs.append((_("Freed time"), f"{USES[freed['use']]}: {freed['what_for']}"))
    yield Definitions(pairs)
    if one["moved_because"]:
        yield Notice(_("The target was changed after the gate: %(why)s") % {"why": one["moved_because"]})
    if one["waits"]:
        yield Notice(_("Nobody has decided yet what the freed time is used for. Until then it is no money."))
    if one["excuse"]:
        yield Notice(_("It went live without all that was asked for: %(why)s") % {"why": one["excuse"]})
    if one["deviations"]:
        yield Bullets([_deviation(row) for row in one["deviations"]])


def gone_in_words(one: dict[str, Any], language: str) -> str:
    """What was promised and taken out of the register since."""
    target = one["first_target"]
    return _("%(title)s: %(likely)s %(unit)s were promised by %(by)s; taken out on %(on)s") % {
        "title": one["title"],
        "likely": _figure(target["likely"], language),
        "unit": one["unit"],
        "by": date_format(date.fromisoformat(target["by"]), "DATE_FORMAT"),
        "on": date_format(date.fromisoformat(one["on"]), "DATE_FORMAT"),
    }


def _stands(one: dict[str, Any]) -> str:
    return str((HARM_STATUSES if one["harm"] else STATUSES)[one["status"]])


def _standing(one: dict[str, Any], language: str) -> str:
    said = _stands(one)
    if one["share"]:
        share = {"share": _figure(one["share"], language)}
        said += ". " + _("%(share)s per cent of what was promised first") % share
    if not one["certain"]:
        said += ". " + _("The figure is a sample, and its interval reaches over the target")
    return said


def _forecast(one: dict[str, Any], language: str) -> str:
    target = one["first_target"]
    ends = {"low": _figure(target["p10"], language), "high": _figure(target["p90"], language)}
    return _("%(low)s to %(high)s (P10 to P90)") % ends + f": {PLACES[one['place']]}"


def _deviation(row: dict[str, str]) -> str:
    said = f"{CAUSES[row['cause']]}: {row['text']}"
    return " ".join([said, _("What is done about it:"), row["does"]]) if row["does"] else said


def _value(facts: dict[str, str] | None, name: str, language: str) -> str:
    return _figure(facts[name], language) if facts else "–"


def _figure(text: str, language: str) -> str:
    return figure(Decimal(text), language) if text else "–"
