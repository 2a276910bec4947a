"""Choosing statements of a result, and bringing in a consultation that was held elsewhere."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from samspil.involvement.models import SMALLEST_GROUP
from samspil.kit import uploads
from samspil.kit.forms import FilesField

MOST_AT_ONCE = 4 * uploads.LARGEST  # an export has four tables

LANGUAGES = {
    "": pgettext_lazy("language", "Another, or several"),
    "da": pgettext_lazy("language", "Danish"),
    "sv": pgettext_lazy("language", "Swedish"),
    "en": pgettext_lazy("language", "English"),
    "nb": pgettext_lazy("language", "Norwegian"),
    "fi": pgettext_lazy("language", "Finnish"),
    "de": pgettext_lazy("language", "German"),
    "zh-Hant": pgettext_lazy("language", "Chinese (traditional)"),
}
SHOWN = {
    "active": _("All"),
    "agreed": _("What we agree on"),
    "dividing": _("What divides us"),
    "all": _("All, also those taken out"),
}


class StatementsForm(forms.Form):
    """What cannot be understood is left out."""

    words = forms.CharField(label=_("Words in the statement"), required=False)
    show = forms.ChoiceField(label=_("Which statements"), required=False, choices=list(SHOWN.items()))

    def chosen(self) -> dict[str, str]:
        self.is_valid()
        return {
            "words": self.cleaned_data.get("words", ""),
            "show": self.cleaned_data.get("show") or "active",
        }


class ExportFiles(FilesField):
    """The files of an export, as {name: bytes}."""

    def taken(self, chosen: "list[UploadedFile[Any]]") -> dict[str, bytes]:
        sizes = [one.size or 0 for one in chosen]
        if sizes and (max(sizes) > uploads.LARGEST or sum(sizes) > MOST_AT_ONCE):  # before any is read
            raise forms.ValidationError(
                _("The file is larger than 10 MB. Make it smaller or divide it into parts.")
            )
        return {one.name or "": one.read() for one in chosen}


class BringForm(forms.Form):
    """A consultation from elsewhere: its files, and what they do not say."""

    files = ExportFiles(  # type: ignore[assignment]
        label=_("The files of the export"),
        help_text=_(
            "comments.csv and votes.csv, or participants-votes.csv, and summary.csv if there is one. As they "
            "are, gzipped, or all in one ZIP file. Up to 10 MB each."
        ),
    )
    title = forms.CharField(
        label=_("What it was about"),
        max_length=300,
        required=False,
        help_text=_("Without it, the topic in the summary."),
    )
    language = forms.ChoiceField(
        label=_("The language people wrote in"), choices=list(LANGUAGES.items()), required=False
    )
    source = forms.CharField(
        label=_("Where it comes from"), max_length=300, help_text=_("Who held it, and with which system.")
    )
    held_until = forms.DateField(label=_("Last day"), widget=forms.DateInput, required=False)
    smallest_group = forms.IntegerField(
        label=_("Fewest people whose answers are shown"), min_value=SMALLEST_GROUP, initial=SMALLEST_GROUP
    )
