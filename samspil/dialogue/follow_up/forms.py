"""What people fill in about actions."""

from django import forms
from django.utils.translation import gettext_lazy as _


class MoveActionPoint(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    due = forms.DateField(label=_("New day"), widget=forms.DateInput)
    reason = forms.CharField(
        label=_("Why does it take longer?"), help_text=_("The committee reads it."), max_length=300
    )
