"""What people fill in about budgets, and about hours and cover."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from samspil.business_case.contest.forms import FigureField
from samspil.initiative.forms import AmountField
from samspil.organisation.models import Unit

OTHER = "other"  # an hourly cost that stands in no key figure
SHORT = {"inputmode": "decimal", "class": "form-input input-char-11"}


def amount_field(label: Any, **more: Any) -> AmountField:
    """An amount of money, in a short field."""
    widget = forms.TextInput(attrs=SHORT)
    return AmountField(label=label, widget=widget, validators=[MaxLengthValidator(40)], **more)


class EnterCut(forms.Form):
    unit = forms.ChoiceField(label=_("From whose budget?"))
    account = forms.CharField(
        label=_("Which account?"), help_text=_("Its number or name in the budget."), max_length=100
    )
    year = forms.IntegerField(label=_("For which budget year?"), min_value=1990, max_value=2200)
    amount = amount_field(_("How much?"), help_text=_("In whole units, not in thousands. Without a sign."))
    price_year = forms.IntegerField(
        label=_("In prices of which year?"),
        help_text=_("Empty means the prices of the case."),
        required=False,
        min_value=1990,
        max_value=2200,
    )
    source = forms.CharField(
        label=_("Where does it stand?"),
        help_text=_("So that others can check it: budget 2027, page 12, line 4."),
        max_length=300,
    )

    def __init__(self, *args: Any, units: Sequence[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = [("", _("Choose")), *((one.ref, one.name) for one in units)]  # type: ignore[attr-defined]


class TakeBack(forms.Form):
    because = forms.CharField(
        label=_("Why does the entry not hold?"),
        widget=forms.Textarea(attrs={"rows": "3"}),
        max_length=300,
    )


class TakingPart(forms.Form):
    who = forms.CharField(
        label=_("Who takes part?"), help_text=_("For example: super users in home care"), max_length=100
    )
    task = forms.CharField(
        label=_("In what?"), help_text=_("For example: training, testing, meetings"), max_length=150
    )
    unit = forms.ChoiceField(label=_("Whose hours are they?"))
    year = forms.TypedChoiceField(label=_("In which year?"), coerce=int)
    people = forms.IntegerField(label=_("How many people?"), min_value=1, max_value=1_000_000)
    hours = FigureField(label=_("How many hours each?"))
    covered = FigureField(
        label=_("For how many of these hours does somebody stand in?"),
        help_text=_(
            "For each person. 0 means that nobody stands in; then the hours are taken from the work."
        ),
    )
    hour = forms.ChoiceField(label=_("What does an hour of theirs cost?"), widget=forms.RadioSelect)
    hour_amount = amount_field(_("Another hourly cost for them"), required=False)
    cover_hour = forms.ChoiceField(
        label=_("What does an hour of those who stand in cost?"), widget=forms.RadioSelect
    )
    cover_hour_amount = amount_field(_("Another hourly cost for those who stand in"), required=False)
    source = forms.CharField(
        label=_("Where do the hours come from?"),
        help_text=_("For example: training plan of 3 November"),
        max_length=200,
    )

    def __init__(
        self,
        *args: Any,
        units: Sequence[str],
        years: Sequence[int],
        hourly_costs: Sequence[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        choices: dict[str, list[tuple[Any, Any]]] = {
            "unit": [(one, one) for one in units],
            "year": [(one, str(one)) for one in years],
            "hour": [*hourly_costs, (OTHER, _("another amount, written below"))],
        }
        for name, offered in {**choices, "cover_hour": choices["hour"]}.items():
            self.fields[name].choices = offered  # type: ignore[attr-defined]
        if not hourly_costs:
            for name in ("hour", "cover_hour"):
                self.fields[f"{name}_amount"].label = self.fields.pop(name).label

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for name in ("hour", "cover_hour"):
            amount = given.get(f"{name}_amount")
            if given.get(name, OTHER) == OTHER and amount is None and self._needs(name, given):
                self.add_error(f"{name}_amount", ValidationError(_("Write what an hour costs.")))
        return given

    def price(self, name: str) -> str | Decimal:
        """The name of a key figure, or the amount that was written."""
        given = self.cleaned_data
        if given.get(name, OTHER) != OTHER:
            return str(given[name])
        return Decimal(given.get(f"{name}_amount") or 0)

    def _needs(self, name: str, given: dict[str, Any]) -> bool:
        hours, covered = given.get("hours"), given.get("covered")
        if hours is None or covered is None:
            return False
        return bool(covered > 0 if name == "cover_hour" else hours > covered)


def first_year(years: Sequence[int], today: date) -> int:
    """The year one most likely means: this one, or the nearest that the case has."""
    return min(years, key=lambda year: abs(year - today.year))
