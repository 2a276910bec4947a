"""What a helper types: the code on the sheet, and one digit a line."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspil.kit.room import OnPaper
from samspil.participation.coming_in.forms import CodeField
from samspil.participation.models import Participant
from samspil.participation.words import CHANNELS

MOST_HANDS = 100_000
ONE_KEY = {"maxlength": "1", "inputmode": "numeric", "autocomplete": "off", "class": "form-input p-key"}


class EnterAnswers(forms.Form):
    """One sheet. A digit stands for a box, counted from the left; an empty line was left empty."""

    channel = forms.ChoiceField(
        label=gettext_lazy("How did it reach you?"),
        choices=[
            (one, CHANNELS[one]) for one in (Participant.Channel.PAPER.value, Participant.Channel.PHONE.value)
        ],
        initial=Participant.Channel.PAPER,
    )
    code = CodeField(label=gettext_lazy("Code of the sheet"))

    def __init__(self, *args: Any, lines: Sequence[tuple[int, str]], paper: OnPaper, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.values = {str(place): value for place, (value, _word) in enumerate(paper.boxes, 1)}
        self.numbers = [number for number, _text in lines]
        wrong = {"invalid_choice": _("Type one of %(digits)s.") % {"digits": ", ".join(self.values)}}
        for number, text in lines:
            self.fields[f"line_{number}"] = forms.ChoiceField(
                label=f"{number}. {text}",
                required=False,
                choices=[("", ""), *((digit, digit) for digit in self.values)],
                widget=forms.TextInput(attrs=ONE_KEY),
                error_messages=wrong,
            )

    def lines(self) -> list[forms.BoundField]:
        return [self[f"line_{number}"] for number in self.numbers]

    def answers(self) -> dict[int, int]:
        typed = {number: self.cleaned_data[f"line_{number}"] for number in self.numbers}
        return {number: self.values[digit] for number, digit in typed.items() if digit}


class CountHands(forms.Form):
    """A meeting, and for each line how many hands went up for each box."""

    where = forms.CharField(label=gettext_lazy("Which meeting?"), max_length=200)

    def __init__(self, *args: Any, lines: Sequence[tuple[int, str]], paper: OnPaper, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.texts = list(lines)
        self.boxes = [str(word) for _value, word in paper.boxes]
        for number, _text in lines:
            for place, word in enumerate(self.boxes):
                self.fields[f"hands_{number}_{place}"] = forms.IntegerField(
                    label=f"{number}: {word}", required=False, min_value=0, max_value=MOST_HANDS
                )

    def table(self) -> list[tuple[int, str, list[tuple[str, forms.BoundField]]]]:
        """Each line with its fields, one a box, each with the box's word."""
        return [
            (number, text, [(word, self[f"hands_{number}_{place}"]) for place, word in enumerate(self.boxes)])
            for number, text in self.texts
        ]

    def lines(self) -> dict[int, list[int]]:
        """The lines on which anything was typed."""
        found = {}
        for number, _text in self.texts:
            typed = [self.cleaned_data[f"hands_{number}_{place}"] for place in range(len(self.boxes))]
            if any(one is not None for one in typed):
                found[number] = [one or 0 for one in typed]
        return found
