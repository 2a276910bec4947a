"""What people fill in about requests and negotiations."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samspil.dialogue.remedies import words
from samspil.dialogue.remedies.tables import Clock, Closing, Kind
from samspil.organisation.models import Union


class RaiseCase(forms.Form):
    kind = forms.ChoiceField(label=_("What kind of request is it?"), widget=forms.RadioSelect)
    title = forms.CharField(label=_("Title"), max_length=300)
    asked = forms.CharField(
        label=_("What do you ask for, and why?"),
        help_text=_("Plain facts: what happened when, and what you want. Members of the committee read it."),
        widget=forms.Textarea(attrs={"rows": "8"}),
        max_length=8000,
    )
    raised_on = forms.DateField(
        label=_("On which day did management receive it?"),
        help_text=_("The deadline begins on this day."),
        widget=forms.DateInput,
    )

    def __init__(self, *args: Any, kinds: Sequence[Kind], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(one.key, one.title) for one in kinds]  # type: ignore[attr-defined]
        if len(kinds) == 1:
            self.fields["kind"].initial = kinds[0].key
            self.fields["asked"].help_text = kinds[0].ask


class AnswerCase(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    answer = forms.CharField(
        label=_("Your answer"),
        help_text=_("What you do about it, and by when. Members of the committee read it."),
        widget=forms.Textarea(attrs={"rows": "8"}),
        max_length=8000,
    )
    answered_on = forms.DateField(label=_("Answered on"), widget=forms.DateInput)


class ReferCase(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    because = forms.CharField(
        label=_("Why does the case go on?"), widget=forms.Textarea(attrs={"rows": "3"}), max_length=2000
    )
    due = forms.DateField(
        label=_("By which day have you agreed that it is treated?"),
        help_text=_(
            "The table names no deadline for this step. Leave it empty if you have not agreed on one."
        ),
        required=False,
        widget=forms.DateInput,
    )

    def __init__(self, *args: Any, has_clock: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if has_clock:
            del self.fields["due"]


class CloseCase(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    closing = forms.ChoiceField(label=_("How did it end?"), widget=forms.RadioSelect)
    because = forms.CharField(
        label=_("In a sentence"), widget=forms.Textarea(attrs={"rows": "3"}), max_length=2000
    )
    closed_on = forms.DateField(label=_("Ended on"), widget=forms.DateInput)

    def __init__(self, *args: Any, closings: Iterable[Closing], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["closing"].choices = [(one.key, one.title) for one in closings]  # type: ignore[attr-defined]


class CallCentral(forms.Form):
    union = forms.ChoiceField(label=_("Which union called?"), widget=forms.RadioSelect)
    called_on = forms.DateField(
        label=_("On which day did the employer receive the call?"), widget=forms.DateInput
    )

    def __init__(self, *args: Any, unions: Iterable[Union], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["union"].choices = [(one.ref, one.name) for one in unions]  # type: ignore[attr-defined]


class SetOwnTerm(forms.Form):
    clock = forms.ChoiceField(label=_("Which deadline?"), widget=forms.RadioSelect)
    number = forms.IntegerField(label=_("How long?"), min_value=1, max_value=400)
    unit = forms.ChoiceField(
        label=_("Counted in"), widget=forms.RadioSelect, choices=list(words.UNITS.items())
    )
    since = forms.DateField(label=_("Holds from"), widget=forms.DateInput)
    source = forms.CharField(
        label=_("Where does it stand?"),
        help_text=_("The agreement and the section, so that others can check it."),
        max_length=300,
    )

    def __init__(self, *args: Any, clocks: Iterable[tuple[str, Clock]], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["clock"].choices = [(clock.key, title) for title, clock in clocks]  # type: ignore[attr-defined]
        self.fields["since"].initial = today
