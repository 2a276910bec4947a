"""Choosing the files of a list, and saying who has left."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samspil.core.organisation_list import Gone
from samspil.kit.forms import FilesField
from samspil.kit.refs import LENGTH
from samspil.organisation.models import Person


class BringForm(forms.Form):
    files = FilesField(  # type: ignore[assignment]
        label=_("File"),
        help_text=_(
            "One XLSX or JSON file, or several CSV files, one per sheet: chosen at once or in one ZIP. Up to"
            " 10 MB each."
        ),
    )


class _Refs(forms.MultipleChoiceField):
    """People by their refs. Whether they are missing from the file is for the action to say."""

    widget = forms.CheckboxSelectMultiple

    def valid_value(self, value: Any) -> bool:
        return len(str(value)) <= LENGTH


class TakeOverForm(forms.Form):
    """What was seen, and who of those who are not in the file has left."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)
    leavers = _Refs(
        label=_("Who has left?"),
        required=False,
        help_text=_(
            "Nobody leaves unless you tick them. Their roles and seats then end, and wait to be passed on."
        ),
    )
    left_on = forms.DateField(
        label=_("Last day of those who have left"), widget=forms.DateInput, required=False
    )

    def show(self, missing: Iterable[Gone]) -> "TakeOverForm":
        """Offer those who are missing from the file; with nobody missing nobody is asked about."""
        numbers = [one.number for one in missing]
        rows = Person.objects.filter(pk__in=numbers).select_related("unit")
        people = {person.pk: person for person in rows}
        self.fields["leavers"].choices = [  # type: ignore[attr-defined]
            (people[number].ref, _in_short(people[number])) for number in numbers if number in people
        ]
        if not numbers:
            del self.fields["leavers"], self.fields["left_on"]
        return self

    def chosen(self) -> dict[str, Any]:
        """What the action is handed."""
        facts = self.cleaned_data
        leavers = list(Person.objects.filter(ref__in=facts["leavers"], left_on=None).order_by("pk"))
        return {"seen": facts["seen"], "leavers": leavers, "left_on": facts["left_on"]}


def _in_short(person: Person) -> str:
    return ", ".join(part for part in (str(person), person.title, str(person.unit or "")) if part)
