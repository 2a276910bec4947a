"""What everything in a case is computed by."""

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from samspil.business_case.parts.figures import number_field
from samspil.business_case.refusals import Unreadable
from samspil.business_case.table.columns import number, row_of, said_shares, shown

DISCOUNTING = {
    "start_of_year": _("at its start: the first year counts in full"),
    "end_of_year": _("at its end: the first year is discounted once"),
}
PAYBACK = {
    "undiscounted": _("when benefits have covered costs, not discounted"),
    "discounted": _("when benefits have covered costs, discounted"),
}
TOGETHER = {
    "0": _("each by itself"),
    "0.3": _("somewhat (0.3)"),
    "0.6": _("much (0.6)"),
}
_BAND = re.compile(r"(\d{1,3})\s*(?:[-–]\s*(\d{1,3})?)?\s*:\s*(\S+)\s*%?")


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"})


def _lines(rows: int = 3) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "spellcheck": "false"})


class FrameForm(forms.Form):
    """The frame of a case."""

    title = forms.CharField(label=pgettext_lazy("of a case", "Name"), max_length=500)
    first_year = forms.IntegerField(label=_("First year"), min_value=1900, max_value=2200)
    along = forms.BooleanField(
        label=_("Where it begins in another year, move what is written for its years along"),
        required=False,
        initial=True,
    )
    years = forms.IntegerField(label=_("How many years"), min_value=1, max_value=150)
    price_year = forms.IntegerField(label=_("Prices of the year"), min_value=1900, max_value=2200)
    currency = forms.CharField(label=_("Currency"), max_length=3, min_length=3)
    decided_on = forms.DateField(
        label=_("Decided on"),
        widget=_day(),
        help_text=_("The day of the decision, or when it is expected: the key figures of that day are used."),
    )
    key_figures_on = forms.DateField(
        label=_("Key figures of another day"),
        widget=_day(),
        required=False,
        help_text=_("Only to use newer key figures than those of the decision."),
    )
    country = forms.ChoiceField(
        label=_("Key figures of"),
        choices=[("DK", _("Denmark")), ("SE", _("Sweden")), ("", _("no country: all are given below"))],
        required=False,
    )
    discounting = forms.ChoiceField(
        label=_("When in the year amounts fall"), choices=list(DISCOUNTING.items()), widget=forms.RadioSelect
    )
    payback = forms.ChoiceField(label=_("Paid back"), choices=list(PAYBACK.items()), widget=forms.RadioSelect)
    cost_correlation = forms.ChoiceField(
        label=_("Costs move"),
        choices=list(TOGETHER.items()),
        required=False,
        help_text=_("Do costs that are unsure rise together, as with one supplier or one market?"),
    )
    years_independent = forms.BooleanField(
        label=_("Draw each year by itself"),
        required=False,
        help_text=_(
            "It makes the case look more certain than it is: what is misjudged once mostly stays so."
        ),
    )
    coverage = number_field(
        _("The reserve is to be enough in (%)"), help_text=_("In how many of a hundred draws; mostly 80.")
    )
    hourly_costs = forms.CharField(
        label=_("Hourly costs"),
        required=False,
        max_length=5000,
        widget=_lines(),
        help_text=_("One a line: name, colon, amount. Carer: 310"),
    )
    price_index = forms.CharField(
        label=_("Price index"),
        required=False,
        max_length=5000,
        widget=_lines(),
        help_text=_("For lines in older prices, one a line: 2024: 118.2"),
    )
    own_figures_source = forms.CharField(
        label=_("Source of hourly costs and price index"), required=False, max_length=300
    )
    discount_rates = forms.CharField(
        label=_("Another discount rate"),
        required=False,
        max_length=2000,
        widget=_lines(2),
        help_text=_("Empty: that of the key figures. Else one band a line: 0–35: 3.5"),
    )
    discount_rates_source = forms.CharField(
        label=_("Source of the discount rate"), required=False, max_length=300
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def clean_currency(self) -> str:
        typed = str(self.cleaned_data["currency"]).upper()
        if not re.fullmatch("[A-Z]{3}", typed):
            raise ValidationError(_("Write the currency with three capital letters, such as DKK or SEK."))
        return typed

    def clean_hourly_costs(self) -> dict[str, str]:
        return _table(self.cleaned_data["hourly_costs"])

    def clean_price_index(self) -> dict[str, str]:
        return _table(self.cleaned_data["price_index"])

    def clean_discount_rates(self) -> list[dict[str, Any]]:
        return [_band(line) for line in self.cleaned_data["discount_rates"].splitlines() if line.strip()]

    def frame(self) -> dict[str, Any]:
        """The frame in the published format; what is empty is left out."""
        data = dict(self.cleaned_data)
        for name in ("decided_on", "key_figures_on"):
            data[name] = data[name].isoformat() if data[name] else ""
        data["coverage"] = said_shares({"y0": data["coverage"]}, [0]).get("0", "")
        if data["cost_correlation"] == "0":
            data["cost_correlation"] = ""
        beside = ("title", "version", "along")
        return {
            name: value
            for name, value in data.items()
            if name not in beside and value not in ("", {}, [], False)
        }

    def refused(self, fault: Unreadable) -> None:
        for one in fault.faults:
            field = one.field.partition(".")[0].partition("[")[0] if not one.ref else ""
            here = field if field in self.fields else None
            self.add_error(here, one.bare if here else one.sentence)


def initial_of(title: str, frame: Mapping[str, Any], version: int) -> dict[str, Any]:
    """What the form shows of a frame."""
    tables = {
        name: "\n".join(f"{key}: {shown(value)}" for key, value in frame.get(name, {}).items())
        for name in ("hourly_costs", "price_index")
    }
    usual = {"discounting": "start_of_year", "payback": "undiscounted", "cost_correlation": "0"}
    coverage = row_of({"share_by_year": {"0": frame.get("coverage", "0.8")}}, [0])["y0"]
    return {
        **usual,
        **frame,
        **tables,
        "title": title,
        "coverage": coverage,
        "discount_rates": "\n".join(_band_shown(one) for one in frame.get("discount_rates", [])),
        "version": version,
    }


def _table(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for line in filter(str.strip, text.splitlines()):
        name, colon, value = line.rpartition(":")
        if not colon or not name.strip():
            raise ValidationError(_("“%(line)s”: write a name, a colon and a number."), params={"line": line})
        found[name.strip()] = number(value) or ""
    return found


def _band(line: str) -> dict[str, Any]:
    found = _BAND.fullmatch(line.strip())
    if not found:
        raise ValidationError(
            _("“%(line)s” is no band. Write the first year, the last, a colon and the rate: 0–35: 3.5"),
            params={"line": line},
        )
    rate = said_shares({"y0": found[3]}, [0]).get("0", "0")
    until = {"to_year": int(found[2])} if found[2] else {}
    return {"from_year": int(found[1]), **until, "rate": rate}


def _band_shown(band: Mapping[str, Any]) -> str:
    rate = row_of({"share_by_year": {"0": str(band["rate"])}}, [0])["y0"]
    return f"{band['from_year']}–{band.get('to_year', '')}: {rate}"
