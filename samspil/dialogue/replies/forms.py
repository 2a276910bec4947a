"""What is filled in to ask and to reply. A reply is prefilled but for what only the committee knows."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from samspil.dialogue.models import Meeting
from samspil.dialogue.replies import queries, words
from samspil.dialogue.replies.actions import NewAnswer
from samspil.dialogue.replies.models import Reply, ReplyAnswer, SentQuestion
from samspil.dialogue.words import day

LONGEST_ANSWER = 4000
MOST_TAKING_PART = 100_000
LONGEST_LABEL = 90
EVERYBODY, CHOSEN = "all", "chosen"


class SendDown(forms.Form):
    """Whom, what, by when and why. `seen` is the deadline whose warning has been read."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    due = forms.DateField(label=_("Reply by"), widget=forms.DateInput)
    why = forms.CharField(
        label=_("Why do you ask, in a sentence or two?"),
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": "3"}),
    )
    questions = forms.MultipleChoiceField(
        label=_("Questions"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Two or three are enough: then a committee replies in three minutes."),
    )
    own = forms.CharField(label=_("A question of your own"), required=False, max_length=300)
    to = forms.ChoiceField(label=_("To whom?"), widget=forms.RadioSelect, initial=EVERYBODY)
    chosen = forms.MultipleChoiceField(
        label=_("Those that are to reply"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self,
        *args: Any,
        everybody: str,
        choices: Iterable[tuple[str, str]],
        questions: Iterable[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = [(EVERYBODY, everybody), (CHOSEN, _("Those I choose"))]  # type: ignore[attr-defined]
        self.fields["chosen"].choices = list(choices)  # type: ignore[attr-defined]
        self.fields["questions"].choices = list(questions)  # type: ignore[attr-defined]


class ReadByQuestion(forms.Form):
    """Which question's answers are read, of the whole or of one area."""

    view = forms.CharField(widget=forms.HiddenInput, initial="question")
    question = forms.ChoiceField(label=_("Question"))
    area = forms.ChoiceField(label=_("Area"), required=False)

    def __init__(self, *args: Any, sheet: queries.Sheet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["question"].choices = [  # type: ignore[attr-defined]
            (one.ref, Truncator(one.wording["ask"]).chars(LONGEST_LABEL)) for one in sheet.questions
        ]
        self.fields["area"].choices = [  # type: ignore[attr-defined]
            ("", _("All areas")),
            *((one.ref, one.name) for one in sheet.areas),
        ]


class GiveReply(forms.Form):
    """A committee's reply. To be typed: a text per question; the rest is prefilled or may stay empty."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    way = forms.ChoiceField(
        label=_("How did you talk about it?"), widget=forms.RadioSelect, choices=list(words.WAYS.items())
    )
    held_on = forms.DateField(
        label=_("When?"),
        help_text=_("Your last meeting here, or today. Correct it if it was another day."),
        widget=forms.DateInput,
    )
    took_part = forms.IntegerField(
        label=_("How many took part?"), required=False, min_value=1, max_value=MOST_TAKING_PART
    )
    because = forms.CharField(
        label=_("We have no answer, because …"),
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": "2"}),
    )

    def __init__(self, *args: Any, asked: Sequence[SentQuestion], reply: Reply | None, **kwargs: Any) -> None:
        self.asked = asked
        kwargs["initial"] = stored(asked, reply) | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        for one in asked:
            self.fields[f"text_{one.ref}"] = forms.CharField(
                label=one.wording["ask"],
                required=False,
                max_length=LONGEST_ANSWER,
                widget=forms.Textarea(attrs={"rows": "4"}),
            )
            self.fields[f"position_{one.ref}"] = forms.ChoiceField(
                label=_("Whose position is it?"),
                widget=forms.RadioSelect,
                choices=list(words.POSITIONS.items()),
            )

    def pairs(self) -> Iterable[tuple[SentQuestion, forms.BoundField, forms.BoundField]]:
        """Each question with the fields for its text and its position."""
        for one in self.asked:
            yield one, self[f"text_{one.ref}"], self[f"position_{one.ref}"]

    def answers(self) -> list[NewAnswer]:
        return [
            NewAnswer(one, self.cleaned_data[f"text_{one.ref}"], self.cleaned_data[f"position_{one.ref}"])
            for one in self.asked
        ]

    def about(self) -> dict[str, Any]:
        """Everything of the reply but the answers."""
        names = ("way", "held_on", "took_part", "because", "version")
        return {name: self.cleaned_data[name] for name in names if name in self.cleaned_data}


class EnterPaper(GiveReply):
    """The same from a paper: it came on paper, so that is not asked."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["way"]
        self.fields["held_on"].label = _("When was the meeting?")
        self.fields["held_on"].help_text = ""


class TakeUp(forms.Form):
    meeting = forms.ChoiceField(label=_("Meeting"), required=False)

    def __init__(self, *args: Any, meetings: Iterable[Meeting], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["meeting"].choices = [  # type: ignore[attr-defined]
            ("", _("No meeting yet: the committee finds one")),
            *((one.ref, day(one.on)) for one in meetings),
        ]


def stored(asked: Sequence[SentQuestion], reply: Reply | None) -> dict[str, Any]:
    """What the newest reply says, for the form."""
    known: dict[str, Any] = {"version": reply.version if reply else 0}
    if reply:
        known |= {"way": reply.way, "held_on": reply.held_on, "took_part": reply.took_part}
        known["because"] = reply.because
    for one in asked:
        answer = queries.answer_to(reply, one)
        known[f"text_{one.ref}"] = answer.text if answer else ""
        known[f"position_{one.ref}"] = answer.position if answer else ReplyAnswer.Position.SHARED
    return known
