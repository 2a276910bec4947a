"""What people fill in about the year: a rhythm or days of their own, and the standing topics."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from babel.dates import get_day_names, get_month_names
from django import forms
from django.utils import translation
from django.utils.functional import lazy
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from samspil.core import annual_wheel as wheel

MOST_DAYS = 24
WEEKS = {
    "1": pgettext_lazy("week of a month", "The first"),
    "2": pgettext_lazy("week of a month", "The second"),
    "3": pgettext_lazy("week of a month", "The third"),
    "4": pgettext_lazy("week of a month", "The fourth"),
    "-1": pgettext_lazy("week of a month", "The last"),
}
PREVIEW, PLAN = "preview", "plan"


def _month(number: int) -> str:
    return str(capfirst(get_month_names("wide", locale=translation.get_language() or "en")[number]))


def _weekday(number: int) -> str:
    return str(capfirst(get_day_names("wide", locale=translation.get_language() or "en")[number]))


def months_in_words(months: Sequence[int]) -> str:
    """Months as a list in the reader's language: “April, oktober”."""
    names = get_month_names("wide", locale=translation.get_language() or "en")
    return str(capfirst(", ".join(names[number] for number in months)))


month_name = lazy(_month, str)
weekday_name = lazy(_weekday, str)
MONTHS = [(str(number), month_name(number)) for number in range(1, 13)]


class DayList(forms.CharField):
    """Days in a text, one a line or with commas, in the reader's way of writing or as 2027-03-09."""

    widget = forms.Textarea

    def clean(self, value: Any) -> list[date]:
        text = super().clean(value)
        parts = [part.strip() for part in re.split(r"[,;\n]+", text) if part.strip()]
        if len(parts) > MOST_DAYS:
            raise forms.ValidationError(_("These are too many meetings at once. Plan one year at a time."))
        return [self._day(part) for part in parts]

    def _day(self, text: str) -> date:
        try:
            found = forms.DateField().clean(text)
        except forms.ValidationError:
            raise forms.ValidationError(
                _("“%(day)s” is no date. Write days like 2027-03-09."), params={"day": text}
            ) from None
        assert isinstance(found, date)  # noqa: S101 - the field says so
        return found


class WeekList(forms.CharField):
    """Numbers of weeks: “28-30, 52, 1”."""

    def clean(self, value: Any) -> list[int]:
        weeks: list[int] = []
        for part in re.split(r"[,;\s]+", super().clean(value).strip()):
            found = re.fullmatch(r"(\d{1,2})(?:[-–](\d{1,2}))?", part)
            if not found and part:
                raise forms.ValidationError(_("Write numbers of weeks, like 28-30, 52, 1."))
            if found:
                first, last = int(found[1]), int(found[2] or found[1])
                weeks += range(first, last + 1)
        if any(not 1 <= week <= 53 for week in weeks):
            raise forms.ValidationError(_("Weeks have numbers from 1 to 53."))
        return sorted(set(weeks))


class PlanYear(forms.Form):
    """When the committee meets. The days are shown before anything is put in the calendar."""

    year = forms.IntegerField(label=_("Year"), min_value=2000, max_value=2100)
    months = forms.MultipleChoiceField(
        label=_("Months with a meeting"),
        choices=MONTHS,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    nth = forms.ChoiceField(label=_("Which week of the month"), choices=list(WEEKS.items()), initial="2")
    weekday = forms.ChoiceField(
        label=_("Day of the week"),
        choices=[(str(number), weekday_name(number)) for number in range(5)],
        initial="1",
    )
    dates = DayList(
        label=_("Or these days"),
        required=False,
        help_text=_("One day a line. If you write days here, they are used instead of the months."),
    )
    starts = forms.TimeField(label=_("Begins at"), required=False, widget=forms.TimeInput)
    ends = forms.TimeField(label=_("Ends at"), required=False, widget=forms.TimeInput)
    place = forms.CharField(label=_("Place"), required=False, max_length=200)
    quiet_weeks = WeekList(
        label=_("Weeks without meetings"),
        required=False,
        help_text=_("Summer and Christmas, by their numbers. Public holidays are left out anyway."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("months") and not cleaned.get("dates") and "dates" not in self.errors:
            self.add_error("months", _("Tick the months, or write the days below."))
        return cleaned

    def wanted(self) -> Sequence[date]:
        """The days that were asked for, before any is moved."""
        typed = self.cleaned_data
        if typed["dates"]:
            return sorted(set(typed["dates"]))
        months = tuple(int(month) for month in typed["months"])
        return wheel.days_of(wheel.Rhythm(typed["year"], months, int(typed["nth"]), int(typed["weekday"])))

    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("starts", "ends", "place", "quiet_weeks")}


class TopicForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=300)
    months = forms.MultipleChoiceField(
        label=_("In which months"), choices=MONTHS, widget=forms.CheckboxSelectMultiple
    )
    purpose = forms.ChoiceField(
        label=_("What is wanted of the committee?"), widget=forms.RadioSelect, required=False
    )
    about = forms.CharField(
        label=_("What the committee needs to know"),
        required=False,
        widget=forms.Textarea(attrs={"rows": "5"}),
        max_length=4000,
    )

    def __init__(self, *args: Any, purposes: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["purpose"].choices = [("", _("Not said")), *purposes.items()]  # type: ignore[attr-defined]

    def facts(self) -> dict[str, Any]:
        typed = self.cleaned_data
        return {**typed, "months": [int(month) for month in typed["months"]]}


class ChangeTopic(TopicForm):
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)


def as_weeks(weeks: Sequence[int]) -> str:
    """Weeks as people write them: 28-30, 52-53, 1."""
    runs: list[list[int]] = []
    for week in weeks:
        if runs and week == runs[-1][-1] + 1:
            runs[-1].append(week)
        else:
            runs.append([week])
    return ", ".join(f"{run[0]}-{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)
