"""What people fill in about starting points and targets."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samspil.benefits.fields import FigureField
from samspil.benefits.words import MEANINGS


class _WithReason(forms.Form):
    """After the gate a change says why."""

    because = forms.CharField(
        label=_("Why does it change?"),
        help_text=_("The value from before stays beside the new one, with who and why."),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=300,
    )

    def __init__(self, *args: Any, unit: str, reason: bool, value: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields[value].label = f"{self.fields[value].label} ({unit})"
        if not reason:
            del self.fields["because"]


class BaselineForm(_WithReason):
    value = FigureField(label=_("How is it before?"))
    measured_on = forms.DateField(
        label=_("Measured on"),
        help_text=_("Before anything is put into use; afterwards nobody knows how it was."),
        widget=forms.DateInput,
    )
    method = forms.CharField(
        label=_("How was it measured?"),
        help_text=_("So that it can be measured the same way later."),
        max_length=200,
    )
    n = forms.IntegerField(
        label=_("How many were asked or counted?"),
        help_text=_("Where it is a sample."),
        min_value=1,
        required=False,
    )
    field_order = ("value", "measured_on", "method", "n", "because")


class TargetForm(_WithReason):
    likely = FigureField(label=_("Likely target"))
    target_day = forms.DateField(label=_("To be reached by"), widget=forms.DateInput)
    cautious = FigureField(
        label=_("Cautious target"),
        help_text=_("The least you dare promise. With it and the optimistic one there is a forecast."),
        required=False,
    )
    optimistic = FigureField(label=_("Optimistic target"), required=False)
    meaning = forms.ChoiceField(
        label=_("What do the cautious and the optimistic one mean?"),
        help_text=_("Later one sees how well the organisation estimates."),
        choices=[("", _("Choose")), *MEANINGS.items()],
        required=False,
    )
    field_order = ("likely", "target_day", "cautious", "optimistic", "meaning", "because")
