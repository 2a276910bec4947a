"""What people fill in about an agenda."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samspil.dialogue import words
from samspil.dialogue.models import Meeting
from samspil.dialogue.questions import PHASES
from samspil.initiative.words import PHASES as PHASE_WORDS

MOST_FILES = 20


class ManyFiles(forms.FileInput):
    """Several files chosen at once, or one after another."""

    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        chosen = data if isinstance(data, list | tuple) else [data]
        files = [super(ManyFilesField, self).clean(one, initial) for one in chosen if one]
        if self.required and not files:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        if len(files) > MOST_FILES:
            raise forms.ValidationError(_("Choose fewer files at a time."))
        return files


class RequestMatter(forms.Form):
    """Title and what is wanted are enough; the rest helps the committee to prepare."""

    title = forms.CharField(label=_("Title"), max_length=300)
    purpose = forms.ChoiceField(label=_("What is wanted of the committee?"), widget=forms.RadioSelect)
    case = forms.CharField(
        label=_("What the committee needs to know"),
        required=False,
        widget=forms.Textarea(attrs={"rows": "8"}),
        max_length=20000,
    )
    meeting = forms.ChoiceField(label=_("Meeting"), required=False)
    annexes = ManyFilesField(
        label=_("Annexes"), required=False, help_text=_("One or more files, each up to 10 MB.")
    )
    phase = forms.ChoiceField(label=_("Core questions of a phase"), required=False)
    own_questions = forms.CharField(
        label=_("Your own questions"),
        required=False,
        widget=forms.Textarea(attrs={"rows": "4"}),
        max_length=4000,
        help_text=_("One question a line. Both sides can answer them before the meeting."),
    )

    def __init__(
        self, *args: Any, meetings: Sequence[Meeting], purposes: Mapping[str, str], today: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["purpose"].choices = list(purposes.items())  # type: ignore[attr-defined]
        self.fields["meeting"].choices = [  # type: ignore[attr-defined]
            ("", _("No meeting yet: the committee finds one")),
            *((one.ref, _day(one, today)) for one in meetings),
        ]
        self.fields["phase"].choices = [  # type: ignore[attr-defined]
            ("", _("None")),
            *((key, PHASE_WORDS[key]) for key in PHASES),
        ]


def _day(meeting: Meeting, today: Any) -> str:
    """A meeting to choose; one whose last day for items has passed says so."""
    day = words.day(meeting.on)
    if meeting.request_by and meeting.request_by < today:
        return _("%(day)s (the last day to ask was %(last)s)") % {
            "day": day,
            "last": words.day(meeting.request_by),
        }
    return day


class AddAnnex(forms.Form):
    brought = ManyFilesField(label=_("Files"), help_text=_("One or more files, each up to 10 MB."))
    name = forms.CharField(
        label=_("Name of the annex"),
        required=False,
        max_length=200,
        help_text=_("Left empty, it has the name of the file. Several files keep their own names."),
    )


class DescribeEntry(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    purpose = forms.ChoiceField(
        label=_("What is wanted of the committee?"), widget=forms.RadioSelect, required=False
    )
    minutes = forms.IntegerField(label=_("How many minutes?"), required=False, min_value=1, max_value=480)
    presenter = forms.CharField(label=_("Who presents it"), required=False, max_length=120)

    def __init__(self, *args: Any, purposes: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["purpose"].choices = [("", _("Not said")), *purposes.items()]  # type: ignore[attr-defined]
