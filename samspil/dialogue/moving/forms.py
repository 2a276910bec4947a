"""What people fill in when a meeting is moved or cancelled."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samspil.dialogue import words
from samspil.dialogue.models import Meeting
from samspil.dialogue.moving.actions import TO_NEXT, TO_WAIT


class MoveMeeting(forms.Form):
    on = forms.DateField(label=_("New day"), widget=forms.DateInput)
    starts = forms.TimeField(label=_("Begins at"), required=False, widget=forms.TimeInput)
    ends = forms.TimeField(label=_("Ends at"), required=False, widget=forms.TimeInput)
    place = forms.CharField(label=_("Place"), required=False, max_length=200)
    reason = forms.CharField(
        label=_("Why is it moved?"), help_text=_("The members read it in the mail."), max_length=300
    )


class CancelMeeting(forms.Form):
    reason = forms.CharField(
        label=_("Why is it cancelled?"), help_text=_("The members read it in the mail."), max_length=300
    )
    items_go = forms.ChoiceField(label=_("What becomes of the items?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, after: Meeting | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        wait = (TO_WAIT, _("They wait until somebody puts them on a meeting"))
        onward = (
            [(TO_NEXT, _("They go to the next meeting, %(day)s") % {"day": words.day(after.on)})]
            if after
            else []
        )
        self.fields["items_go"].choices = [*onward, wait]  # type: ignore[attr-defined]
        self.fields["items_go"].initial = TO_NEXT if after else TO_WAIT
