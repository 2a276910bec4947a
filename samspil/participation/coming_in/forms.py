"""What somebody types who comes in: a code, as it stands on a letter or a poster."""

from django import forms
from django.utils.translation import gettext_lazy as _

from samspil.participation.codes import tidied

LONGEST = 60


class CodeField(forms.CharField):
    """A code however it is typed: in capitals, with spaces or with hyphens between its groups."""

    def __init__(self, **options: object) -> None:
        attributes = {"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
        options |= {"max_length": LONGEST, "widget": forms.TextInput(attrs=attributes)}
        super().__init__(**options)  # type: ignore[arg-type]
        self.max_length = None  # nobody counts down the characters of a code

    def to_python(self, value: object) -> str:
        return tidied(str(value or ""))


class FindRound(forms.Form):
    code = CodeField(
        label=_("Code"), help_text=_("It stands on the poster or on the letter. Capitals do not matter.")
    )


class ComeIn(forms.Form):
    """The code that was handed out to one person."""

    ticket = CodeField(label=_("Your code"), help_text=_("It stands on the letter that was handed to you."))
