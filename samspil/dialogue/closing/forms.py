"""The forms for closing an item and for the day on which it opens."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samspil.dialogue.closing.reasons import Reasons

OPENS = _("On which day does it open to everybody?")
BY_ITSELF = _("It opens by itself on this day, and the committee is told.")


class CloseItem(forms.Form):
    because = forms.ChoiceField(label=_("Why is it closed?"), widget=forms.RadioSelect)
    until = forms.DateField(label=OPENS, help_text=BY_ITSELF, widget=forms.DateInput)

    def __init__(self, *args: Any, reasons: Reasons, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["because"].choices = [  # type: ignore[attr-defined]
            (one.key, f"{one.sentence}. {one.explanation}") for one in reasons.known.values()
        ]
        self.fields["because"].help_text = reasons.source


class ChangeDay(forms.Form):
    until = forms.DateField(label=OPENS, help_text=BY_ITSELF, widget=forms.DateInput)
