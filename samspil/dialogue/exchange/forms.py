"""The forms with which outcomes come back: the table, then the files it names."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class SeveralFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files."""

    widget = SeveralFiles

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        given = data if isinstance(data, list | tuple) else [data]
        return [super(FilesField, self).clean(one, initial) for one in given if one]


class BringTable(forms.Form):
    table = forms.FileField(
        label=_("The table with what came of the items"),
        help_text=_("Excel, CSV or JSON, as you downloaded it here and filled it in."),
    )


class TakeIn(forms.Form):
    """The lines that were shown, sealed, and the files that belong to them."""

    lines = forms.CharField(widget=forms.HiddenInput)
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
    table = forms.CharField(widget=forms.HiddenInput, required=False)  # where faults of the lines are shown
    annexes = FilesField(label=_("The files named in the table"), required=False)
