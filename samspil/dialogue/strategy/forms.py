"""What people fill in about a strategy."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from samspil.dialogue.strategy.models import StrategyVersion
from samspil.organisation.models import Committee


class _Says(forms.Form):
    """What a version says: in words, or where it can be read."""

    goals = forms.CharField(
        label=_("The goals"),
        help_text=_("As short as can be understood. The committees read exactly this."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 10}),
        max_length=20000,
    )
    address = forms.URLField(
        label=_("Or where it can be read"), required=False, max_length=500, assume_scheme="https"
    )
    file = forms.FileField(label=_("Or as a file"), required=False, help_text=_("Up to 10 MB."))


class StartStrategy(_Says):
    title = forms.CharField(label=_("Title"), max_length=300)
    since = forms.DateField(label=_("It holds from"), widget=forms.DateInput)
    until = forms.DateField(label=_("It holds until"), widget=forms.DateInput)
    field_order = ("title", "since", "until", "goals", "address", "file")


class WriteVersion(_Says):
    version = forms.IntegerField(widget=forms.HiddenInput)
    because = forms.CharField(
        label=_("What made it change?"),
        help_text=_("For example what a committee said. It stands beside the new version."),
        max_length=300,
    )
    field_order = ("goals", "address", "file", "because")


class OpenRound(forms.Form):
    committees = forms.MultipleChoiceField(
        label=_("Where is it to be discussed?"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, *args: Any, committees: Sequence[Committee], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["committees"].choices = [(one.ref, one.name) for one in committees]  # type: ignore[attr-defined]


class AnswerDiscussion(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    said = forms.CharField(
        label=_("What was said there, in short?"), widget=forms.Textarea(attrs={"rows": 4}), max_length=4000
    )
    answer = forms.CharField(
        label=_("What came of it, or why did nothing change?"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
    )
    changed = forms.ChoiceField(label=_("In which version can it be seen?"), required=False)

    def __init__(self, *args: Any, versions: Sequence[StrategyVersion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        word = pgettext("agreed text", "Version %(number)s")
        numbered = [(one.ref, word % {"number": one.number}) for one in reversed(versions)]
        self.fields["changed"].choices = [("", _("None: it did not change")), *numbered]  # type: ignore[attr-defined]
