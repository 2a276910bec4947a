"""Kinds of fields that several forms of this room use."""

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from samspil.core.money import read_amount
from samspil.initiative import choosing
from samspil.organisation.models import Person

_THREE_DECIMALS = re.compile(r"\s*-?0[.,]\d{3,}\s*")


class FigureField(forms.CharField):
    """A figure as people write it: 4,5 or 4.5 or 1.250 or 1 250."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"max_length": 40, **options})

    def clean(self, value: Any) -> Decimal | None:
        typed = super().clean(value).strip()
        if not typed:
            return None
        found = None if _THREE_DECIMALS.fullmatch(typed) else read_amount(typed)
        if found is None:
            raise ValidationError(_("Write a number, with at most two decimals, such as 4,5 or 1250."))
        return found


class PersonField(forms.CharField):
    """Somebody who works here, by the words of their name."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"max_length": 200, **options})

    def clean(self, value: Any) -> Person | None:
        typed = super().clean(value).strip()
        if not typed:
            return None
        found = choosing.find_people(typed)
        exact = [one for one in found if str(one) == typed] or found
        if len(exact) == 1:
            return exact[0]
        names = ", ".join(str(one) for one in found[:5]) or "–"
        raise ValidationError(
            _("Write the whole name of one person. It could be: %(names)s."), params={"names": names}
        )


def shown(value: Decimal | None) -> str:
    """A stored figure as it stands in a form."""
    return "" if value is None else f"{value.normalize():f}".replace(".", ",")
