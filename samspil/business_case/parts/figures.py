"""A figure as fields of a form: low, likely, high, what they mean, and where it comes from."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from samspil.business_case.table.columns import POINTS, number, points_of
from samspil.business_case.words import MEANINGS

WORDS = {
    "low": pgettext_lazy("of a range", "Low"),
    "likely": pgettext_lazy("of a range", "Likely"),
    "high": pgettext_lazy("of a range", "High"),
}


def number_field(label: Any, **more: Any) -> forms.CharField:
    """A number as people type it; what is none of it is told when the case is read."""
    widget = forms.TextInput(attrs={"inputmode": "decimal", "class": "form-input input-char-11"})
    return forms.CharField(label=label, required=False, widget=widget, **more)


def fields_of(prefix: str, hourly: Iterable[str] = ()) -> dict[str, forms.Field]:
    """`prefix_low` … `prefix_source`; with key figures also `prefix_hourly`."""
    found: dict[str, forms.Field] = {f"{prefix}_{name}": number_field(WORDS[name]) for name in POINTS}
    found[f"{prefix}_meaning"] = forms.ChoiceField(
        label=_("What low and high mean"),
        choices=list(MEANINGS.items()),
        required=False,
        help_text=_("The same three numbers say different things. One known figure stands under likely."),
    )
    found[f"{prefix}_source"] = forms.CharField(
        label=_("Source"),
        required=False,
        max_length=300,
        help_text=_("Where others can look it up: an offer, pay data, a time study, a pilot."),
    )
    names = list(hourly)
    if names:
        choices = [("", "–"), *((name, name) for name in names)]
        found[f"{prefix}_hourly"] = forms.ChoiceField(
            label=_("Or an hourly cost of the case"), choices=choices, required=False
        )
    return found


def figure_of(cleaned: Mapping[str, Any], prefix: str) -> Any:
    """What the fields say, in the published format; nothing where they are empty."""
    if cleaned.get(f"{prefix}_hourly"):
        return {"hourly_cost": cleaned[f"{prefix}_hourly"]}
    points = {name: number(cleaned.get(f"{prefix}_{name}", "")) for name in POINTS}
    given = {name: value for name, value in points.items() if value}
    source = cleaned.get(f"{prefix}_source", "").strip()
    said = {"source": source} if source else {}
    meaning = cleaned.get(f"{prefix}_meaning", "")
    if not given:
        return None
    if set(given) == {"likely"} and not meaning:
        return {"value": given["likely"], **said} if said else given["likely"]
    return {**given, **({"meaning": meaning} if meaning else {}), **said}


def initial_of(value: Any, prefix: str) -> dict[str, str]:
    """What the fields show of a figure."""
    if isinstance(value, dict) and "hourly_cost" in value:
        return {f"{prefix}_hourly": value["hourly_cost"]}
    points = dict(zip(POINTS, points_of(value), strict=True))
    more = value if isinstance(value, dict) else {}
    shown = {**points, "meaning": more.get("meaning", ""), "source": more.get("source", "")}
    return {f"{prefix}_{name}": text for name, text in shown.items()}
