"""How templates say the hall's choices, and on which day something happened where the organisation lies."""

from datetime import date, datetime

from django import template
from django.utils.text import capfirst

from samspil.initiative import words
from samspil.kit import house
from samspil.organisation.models import Organisation
from samspil.organisation.viewer import day_in
from samspil.organisation.words import GROUP_KINDS

register = template.Library()
TABLES = {
    "phase": words.PHASES,
    "origin": words.ORIGINS,
    "level": words.LEVELS,
    "ai": words.AI,
    "step": words.STEP_KINDS,
    "decider": words.DECIDERS,
    "status": words.STATUSES,
    "outcome": words.OUTCOMES,
    "owed_by": words.OWED_BY,
    "need": words.NEED_STATUSES,
    "group": GROUP_KINDS,
    "work_change": words.WORK_CHANGES,
}


@register.filter
def word(key: object, table: str) -> str:
    """The word for a choice: `{{ initiative.phase|word:"phase" }}`."""
    return str(TABLES[table].get(str(key), key))


@register.filter
def local_day(instant: datetime, organisation: Organisation) -> date:
    """The day on which an instant fell where the organisation lies."""
    return day_in(organisation, instant)


@register.filter
def kind_title(kind: str) -> str:
    """What a kind of thing is called."""
    known = house.thing_kinds().get(kind)
    return capfirst(str(known.title)) if known else ""
