"""The fields in which is asked what an outcome asks for. Without a script all of them can be filled in; the
style sheet shows those of the outcome that is chosen."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspil.dialogue import asks, words
from samspil.dialogue.models import Meeting
from samspil.dialogue.regime import Ask, Regime
from samspil.organisation.models import Committee, Union


def names_of(ask: Ask, union: Union | None) -> list[str]:
    """The names of its fields; a later meeting can be chosen, or its day written."""
    name = asks.field_of(ask.key, union)
    return [_meeting(name), name] if ask.kind == "later" else [name]


def asked_by(ask: Ask, regime: Regime) -> str:
    """The keys of the outcomes that ask for it, for the style sheet."""
    return " ".join(one.key for one in regime.outcomes if ask.key in one.asks)


def fields_of(
    ask: Ask,
    union: Union | None,
    regime: Regime,
    committee: Committee,
    meetings: Sequence[Meeting],
    committees: Sequence[Committee] | None = None,
) -> dict[str, forms.Field]:
    """Its fields, none of them required: the action knows which outcome was chosen."""
    name = asks.field_of(ask.key, union)
    if ask.kind == "later":
        return {
            _meeting(name): forms.ChoiceField(
                label=ask.title, help_text=_help(ask, regime), required=False, choices=_days(meetings)
            ),
            name: forms.DateField(
                label=gettext_lazy("Or on this day"), required=False, widget=forms.DateInput
            ),
        }
    return {name: _field(ask, regime, committee, committees)}


def told(ask: Ask, union: Union | None, typed: Mapping[str, Any], meetings: Iterable[Meeting]) -> Any:
    """What was filled in: a text, a day, a number of months or the ref of a committee."""
    name = asks.field_of(ask.key, union)
    if ask.kind == "later":
        chosen = next((one.on for one in meetings if one.ref == typed.get(_meeting(name))), None)
        return chosen or typed.get(name)
    return typed.get(name)


def _field(
    ask: Ask, regime: Regime, committee: Committee, committees: Sequence[Committee] | None
) -> forms.Field:
    shown: dict[str, Any] = {"label": ask.title, "help_text": _help(ask, regime), "required": False}
    if ask.kind == "text":
        return forms.CharField(widget=forms.Textarea(attrs={"rows": "2"}), max_length=2000, **shown)
    if ask.kind == "day":
        return forms.DateField(widget=forms.DateInput, **shown)
    if ask.kind == "months":
        return forms.IntegerField(min_value=1, max_value=asks.LONGEST_NOTICE, initial=ask.default, **shown)
    choices = [(one.ref, one.name) for one in asks.committees_for(ask.kind, committee, committees)]
    return forms.ChoiceField(choices=[("", gettext_lazy("Choose a committee")), *choices], **shown)


def _help(ask: Ask, regime: Regime) -> str:
    """What is meant, and by which outcomes it is asked for."""
    titles = ", ".join(one.title for one in regime.outcomes if ask.key in one.asks)
    asked_for = _("For: %(outcomes)s.") % {"outcomes": titles}
    return f"{ask.help} {asked_for}"


def _days(meetings: Iterable[Meeting]) -> list[tuple[str, Any]]:
    known = [(one.ref, f"{words.day(one.on)} · {words.MEETING_KINDS[one.kind]}") for one in meetings]
    return [("", gettext_lazy("No meeting yet")), *known]


def _meeting(name: str) -> str:
    return name.replace("asked_", "asked_meeting_", 1)
