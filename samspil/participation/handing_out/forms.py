"""For how many people of which group codes are made."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samspil.participation.handing_out.actions import MOST_CODES
from samspil.participation.models import AskedGroup, Round


class MakeCodes(forms.Form):
    group = forms.ChoiceField(label=_("For whom?"))
    count = forms.IntegerField(
        label=_("How many people?"),
        min_value=1,
        max_value=MOST_CODES,
        help_text=_("One code each. Make as many as you will hand out: none can be added once it is open."),
    )

    def __init__(self, *args: Any, round_: Round, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = list(round_.asked.select_related("group", "unit", "committee").order_by("pk"))
        self.rows: dict[str, AskedGroup] = {str(number): row for number, row in enumerate(rows, 1)}
        self.fields["group"].choices = [  # type: ignore[attr-defined]
            (number, str(row)) for number, row in self.rows.items()
        ]

    def asked(self) -> AskedGroup:
        return self.rows[self.cleaned_data["group"]]
