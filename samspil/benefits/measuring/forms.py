"""What people fill in when they plan, measure and explain."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samspil.benefits.fields import FigureField
from samspil.benefits.measuring.actions import Figure
from samspil.benefits.words import CAUSES, EVERY


class PlanForm(forms.Form):
    first_on = forms.DateField(
        label=_("By which day is it measured for the first time?"), widget=forms.DateInput
    )
    every_months = forms.TypedChoiceField(
        label=_("How often after that?"), choices=list(EVERY.items()), coerce=int
    )
    until = forms.DateField(
        label=_("Until which day?"),
        help_text=_("Also after the initiative is closed: benefits come late. Two to five years is usual."),
        widget=forms.DateInput,
        required=False,
    )


class MeasureForm(forms.Form):
    """A figure of a day; what only samples need is folded away on the page."""

    value = FigureField(label=_("How is it now?"))
    on = forms.DateField(label=_("Measured on"), widget=forms.DateInput)
    n = forms.IntegerField(
        label=_("How many were asked or counted?"),
        help_text=_("Where it is a sample. Then an interval tells how sure the figure is."),
        min_value=1,
        required=False,
    )
    population = forms.IntegerField(label=_("Of how many in all?"), min_value=1, required=False)
    spread = FigureField(
        label=_("Standard deviation"), help_text=_("Where the figure is a mean."), required=False
    )
    source = forms.CharField(label=_("Where does it come from?"), max_length=200, required=False)
    note = forms.CharField(
        label=_("Worth knowing"),
        help_text=_("For example: the week of the flu."),
        max_length=300,
        required=False,
    )
    FOLDED = ("n", "population", "spread")

    def __init__(self, *args: Any, unit: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["value"].label = f"{self.fields['value'].label} ({unit})"

    def upper(self) -> list[forms.BoundField]:
        return [field for field in self.visible_fields() if field.name not in self.FOLDED]

    def folded(self) -> list[forms.BoundField]:
        return [field for field in self.visible_fields() if field.name in self.FOLDED]

    def open_folded(self) -> bool:
        return any(field.errors or field.value() for field in self.folded())

    def figure(self) -> Figure:
        return Figure(**self.cleaned_data)


class DeviationForm(forms.Form):
    cause = forms.ChoiceField(
        label=_("Which reason fits best?"), choices=list(CAUSES.items()), widget=forms.RadioSelect
    )
    text = forms.CharField(
        label=_("What happened?"), widget=forms.Textarea(attrs={"rows": 3}), max_length=600
    )
    does = forms.CharField(
        label=_("What is done about it?"),
        help_text=_("By whom, by role, and by when. Leave it empty if nothing is."),
        max_length=300,
        required=False,
    )


class BringForm(forms.Form):
    file = forms.FileField(
        label=_("File with figures"), help_text=_("XLSX or CSV in UTF-8, with the columns of the template.")
    )
