"""The forms of the wording: a question in two languages side by side, and the reasons."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samspil.core.question_wording import Entry, Text
from samspil.dialogue.wording.words import PARTS, language_name
from samspil.dialogue.words import BEFORE_STEPS
from samspil.initiative.forms import AskedText

LENGTHS = {"ask": (300, 3), "explanation": (1000, 4), "why": (600, 3), "good_answer": (1000, 4)}
SIDES = ("native", "reading")


class WordQuestion(forms.Form):
    """A question, what is meant, why, and what a good answer has: twice, in both languages. All of it is
    asked for; what is still missing is judged when the wording is published."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    levels = forms.MultipleChoiceField(label=PARTS["levels"], widget=forms.CheckboxSelectMultiple)
    before = forms.ChoiceField(label=PARTS["before"], choices=list(BEFORE_STEPS.items()))
    core = forms.BooleanField(label=_("It is a core question: enough for a small initiative"), required=False)

    def __init__(
        self, *args: Any, levels: Sequence[tuple[str, str]], languages: Sequence[str], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.languages = dict(zip(SIDES, languages, strict=True))
        self.fields["levels"].choices = levels  # type: ignore[attr-defined]
        for part, (longest, rows) in LENGTHS.items():
            for side in SIDES:
                self.fields[f"{side}_{part}"] = AskedText(
                    label=self._label(part, side),
                    help_text=_("One on each line.") if part == "good_answer" else "",
                    max_length=longest,
                    widget=forms.Textarea(attrs={"rows": rows}),
                )

    def text(self, side: str) -> Text:
        said = {part: self.cleaned_data[f"{side}_{part}"].strip() for part in LENGTHS}
        lines = (line.strip() for line in said["good_answer"].splitlines())
        return Text(said["ask"], said["explanation"], said["why"], tuple(filter(None, lines)))

    def _label(self, part: str, side: str) -> str:
        facts = {"part": PARTS[part], "language": language_name(self.languages[side])}
        return str(_("%(part)s, in %(language)s")) % facts


def said(entry: Entry, version: int) -> dict[str, Any]:
    """An entry as the form holds it."""
    texts = {
        f"{side}_{part}": "\n".join(value) if part == "good_answer" else value
        for side, words in (("native", entry.native), ("reading", entry.reading))
        for part in LENGTHS
        for value in [getattr(words, part)]
    }
    return {
        **texts,
        "levels": list(entry.levels),
        "before": entry.before,
        "core": entry.core,
        "version": version,
    }


class LeaveOut(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    reason = forms.CharField(
        label=_("Why is it not asked here?"), help_text=_("The reason stays visible."), max_length=300
    )


class Publish(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    note = forms.CharField(
        label=_("What has changed, and why?"),
        help_text=_("Both sides of the main committee are told and read this first."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class GoBack(forms.Form):
    reason = forms.CharField(
        label=_("Why do you go back to the house's text?"),
        help_text=_("Both sides of the main committee are told and read this first."),
        max_length=300,
    )
