"""What people fill in when time is freed and when it is reported what came."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from samspil.benefits.fields import FigureField
from samspil.benefits.words import USES
from samspil.dialogue.models import Item


class FreedTimeForm(forms.Form):
    use = forms.ChoiceField(
        label=_("What is the time used for?"), choices=list(USES.items()), widget=forms.RadioSelect
    )
    what_for = forms.CharField(
        label=_("In words those who work there understand"),
        help_text=_("For example: Half an hour a shift for the citizens who live alone."),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=300,
    )
    hours_a_year = FigureField(label=_("Hours a year"), required=False)
    decided_on = forms.DateField(label=_("Decided on"), widget=forms.DateInput)
    heard_in = forms.ChoiceField(
        label=_("Under which item did the committee hear of it?"),
        help_text=_("Before the decision. Committees are heard; they do not approve."),
        required=False,
    )
    not_heard_because = forms.CharField(
        label=_("Or why it was not heard"),
        help_text=_("It stays visible."),
        max_length=300,
        required=False,
    )

    def __init__(self, *args: Any, items: Sequence[Item], **options: Any) -> None:
        super().__init__(*args, **options)
        self.items = {one.ref: one for one in items}
        offered = [(one.ref, _in_short(one)) for one in items]
        self.fields["heard_in"].choices = [("", _("None of them")), *offered]  # type: ignore[attr-defined]

    def clean_heard_in(self) -> Item | None:
        return self.items.get(self.cleaned_data["heard_in"])


def _in_short(item: Item) -> str:
    when = date_format(item.meeting.on, "DATE_FORMAT") if item.meeting else ""
    return " · ".join(filter(None, [item.title, item.committee.name, when]))


class ClosingReportForm(forms.Form):
    account = forms.CharField(
        label=_("What came of it, and why?"),
        help_text=_("A few sentences for those who decided. The figures are added by themselves."),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=8000,
    )
    repeat = forms.CharField(
        label=_("What should others repeat?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=4000,
        required=False,
    )
    avoid = forms.CharField(
        label=_("What should others not do?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=4000,
        required=False,
    )
