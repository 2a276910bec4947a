"""What is asked when a case is put before others."""

from django import forms
from django.utils.translation import gettext_lazy as _


class PutBeforeCommittee(forms.Form):
    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=300,
        help_text=_("For which meeting it is, say."),
    )
