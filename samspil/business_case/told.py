"""Changes and conventions of a case in words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext, ngettext

from samspil.business_case.frame.forms import DISCOUNTING, PAYBACK
from samspil.business_case.history import CONTENT, changed_fields
from samspil.business_case.models import Edit
from samspil.business_case.queries import Step
from samspil.business_case.results import Standing
from samspil.business_case.table.columns import shown
from samspil.business_case.words import FIELDS
from samspil.core.business_case.exact import plain
from samspil.organisation.models import Person

MOST_TOLD = 6


@dataclass(frozen=True)
class ToldStep:
    """What somebody saved at one time, in sentences."""

    number: int
    at: datetime
    by: Person | None
    sentences: Sequence[str]
    undone: bool
    may_undo: bool


def told_steps(steps: Iterable[Step], may_change: bool) -> list[ToldStep]:
    return [
        ToldStep(
            one.number,
            one.first.at,
            one.first.by,
            _sentences(one),
            one.undone,
            may_change and not one.undone and not one.begins,
        )
        for one in steps
    ]


def _sentences(step: Step) -> list[str]:
    if step.begins:
        return [gettext("The case was begun.")]
    told = [_told(edit) for edit in step.edits[:MOST_TOLD]]
    more = len(step.edits) - MOST_TOLD
    rest = ngettext("and %(count)s more", "and %(count)s more", more) % {"count": more}
    return told + ([rest] if more > 0 else [])


def _told(edit: Edit) -> str:
    title = str(edit.part) if edit.part else ""
    if edit.part is None:
        sentence = gettext("What it is computed by: %(fields)s")
    elif edit.before is None:
        sentence = gettext("“%(title)s” put back") if edit.undoes_id else gettext("“%(title)s” written")
    elif edit.after is None:
        sentence = gettext("“%(title)s” taken out")
    else:
        sentence = gettext("“%(title)s” changed: %(fields)s")
    fields = _fields(edit) if edit.before and edit.after else ""
    prefix = gettext("Taken back: ") if edit.undoes_id else ""
    return prefix + sentence % {"title": title, "fields": fields}


def _fields(edit: Edit) -> str:
    names = [name.removeprefix(CONTENT) for name in sorted(changed_fields(edit))]
    return ", ".join(str(FIELDS.get(name, gettext("place") if name == "place" else name)) for name in names)


def conventions_of(standing: Standing) -> list[tuple[str, str]]:
    """What has to be said beside every result."""
    content = standing.content
    if content is None:
        return []
    rates = content.own_rates or content.figures.rates
    bands = [f"{shown(plain(one.rate * 100))} % ({one.from_year}–{one.to_year or ''})" for one in rates.bands]
    return [
        (gettext("Which years"), f"{content.all_years[0]}–{content.all_years[-1]}"),
        (gettext("Currency and prices"), f"{content.currency}, {content.price_year}"),
        (gettext("Discount rate"), ", ".join(bands)),
        (gettext("Source"), rates.source),
        (gettext("Amounts fall in their year"), str(DISCOUNTING[content.discounting.value])),
        (gettext("Paid back"), str(PAYBACK[content.payback.value])),
    ]
