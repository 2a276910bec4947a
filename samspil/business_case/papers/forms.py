"""From which side each line is looked at."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samspil.business_case.models import Part
from samspil.business_case.words import spoken_corners


class CornersForm(forms.Form):
    """One choice for each line, and the version it had when the page was shown."""

    def __init__(self, *args: Any, lines: Iterable[Part], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.refs = [one.ref for one in lines]
        choices = [("", _("by what it is")), *spoken_corners()]
        for one in lines:
            self.fields[f"corner_{one.ref}"] = forms.ChoiceField(
                label=str(one), choices=choices, required=False, initial=one.content.get("corner", "")
            )
            self.fields[f"version_{one.ref}"] = forms.IntegerField(
                initial=one.version, widget=forms.HiddenInput, required=False
            )

    def chosen(self) -> dict[str, Any]:
        """What the action is handed."""
        facts = self.cleaned_data
        versions = {ref: facts[f"version_{ref}"] for ref in self.refs if facts[f"version_{ref}"]}
        return {"corners": {ref: facts[f"corner_{ref}"] for ref in self.refs}, "versions": versions}
