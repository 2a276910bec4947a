"""What the staff side fills in."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samspil.dialogue.models import Item, ItemQuestion


class WriteNote(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    title = forms.CharField(label=_("Title"), max_length=200)
    text = forms.CharField(
        label=_("Note"), required=False, widget=forms.Textarea(attrs={"rows": "12"}), max_length=20000
    )
    item = forms.ChoiceField(label=_("Which item is it about?"), required=False)

    def __init__(self, *args: Any, items: Iterable[Item], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].choices = [  # type: ignore[attr-defined]
            ("", _("None in particular")),
            *((one.ref, one.title) for one in items),
        ]


class Comment(forms.Form):
    text = forms.CharField(
        label=_("Say something about it"), widget=forms.Textarea(attrs={"rows": "2"}), max_length=500
    )


class MoveNote(forms.Form):
    question = forms.ChoiceField(label=_("Into the answer to which question?"))

    def __init__(self, *args: Any, questions: Sequence[ItemQuestion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["question"].choices = [(one.ref, one.wording["ask"]) for one in questions]  # type: ignore[attr-defined]


class SetPreMeeting(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    on = forms.DateField(label=_("Date"), widget=forms.DateInput)
    starts = forms.TimeField(label=_("Begins at"), required=False, widget=forms.TimeInput)
    place = forms.CharField(label=_("Place"), required=False, max_length=200)
