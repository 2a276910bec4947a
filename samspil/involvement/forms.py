"""How the statements of a consultation are chosen and ordered."""

from django import forms
from django.utils.translation import gettext_lazy as _

from samspil.involvement.words import MODERATED, SORTS


class StatementFilter(forms.Form):
    """Words, moderation and order. What cannot be understood is left out."""

    words = forms.CharField(label=_("Words in the statement"), required=False)
    moderated = forms.ChoiceField(
        label=_("Moderation"), required=False, choices=[("", _("All")), *MODERATED.items()]
    )
    sort = forms.ChoiceField(label=_("Order"), required=False, choices=list(SORTS.items()))

    def chosen(self) -> dict[str, str]:
        self.is_valid()
        chosen = {name: value for name, value in self.cleaned_data.items() if value}
        return {"sort": "number", **chosen}
