"""What people fill in to contest a case, and to answer. Two texts at most; no word of finance."""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from samspil.business_case.contest.figures import PROBABILITY
from samspil.business_case.contest.models import Answer, Remark
from samspil.business_case.table.columns import number
from samspil.business_case.words import MEANINGS
from samspil.core.business_case.contesting import OwnFigure
from samspil.core.business_case.estimates import Meaning

PERCENT = Decimal(100)
_FIGURE = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,12})?")

STANCE_CHOICES = [
    (Remark.Stance.AGREES, _("It is about right")),
    (Remark.Stance.DISAGREES, _("It is not right")),
    (Remark.Stance.OWN_FIGURE, _("It should be another figure")),
]
OUTCOME_CHOICES = [
    (Answer.Outcome.ACCEPTED, _("They are right: put their figure into the case")),
    (Answer.Outcome.PARTLY, _("Put another figure into the case")),
    (Answer.Outcome.NOT_ACCEPTED, _("The figure stays as it is")),
    (Answer.Outcome.NOTED, _("Only answer; it is not about the figure")),
]


class FigureField(forms.CharField):
    """A figure as people write it: 4, 4,5 or 1 250."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "class": "form-input input-char-11"})

    def clean(self, value: Any) -> Decimal | None:
        typed = super().clean(value).strip()
        if not typed:
            return None
        figure = number(typed) or ""
        if not _FIGURE.fullmatch(figure):
            raise ValidationError(_("Write it in figures, such as 4 or 4,5."))
        return Decimal(figure)


class _Figure(forms.Form):
    """A figure, how one knows it, and a range for whoever wants to give one."""

    value = FigureField(label=_("Your figure"), required=False)
    source = forms.CharField(label=_("How do you know?"), required=False, max_length=300)
    low = FigureField(label=_("From"), required=False)
    high = FigureField(label=_("To"), required=False)
    meaning = forms.ChoiceField(
        label=_("What are the two ends?"),
        required=False,
        widget=forms.RadioSelect,
        choices=[(one.value, MEANINGS[one]) for one in Meaning],
    )

    def __init__(self, *args: Any, figure: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.figure = figure
        if figure == PROBABILITY:
            self.fields["value"].label = _("Your figure, in percent")
            for name in ("low", "high", "meaning"):
                del self.fields[name]

    def own(self) -> OwnFigure | None:
        """The figure that was typed; a chance is typed in percent and kept as a share."""
        given = self.cleaned_data
        value = given.get("value")
        if value is None:
            return None
        if self.figure == PROBABILITY:
            return OwnFigure(value / PERCENT, given.get("source", ""))
        meaning = Meaning(given["meaning"]) if given.get("meaning") and _has_ends(given) else None
        return OwnFigure(value, given.get("source", ""), given.get("low"), given.get("high"), meaning)


class Contest(_Figure):
    stance = forms.ChoiceField(label=_("What do you say?"), widget=forms.RadioSelect, choices=STANCE_CHOICES)
    text = forms.CharField(
        label=_("What do you see in your work?"),
        help_text=_("Plain words are best. Whoever merely agrees need not write anything."),
        required=False,
        widget=forms.Textarea(attrs={"rows": "4"}),
        max_length=2000,
    )
    field_order = ("stance", "value", "text", "source", "low", "high", "meaning")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source"].help_text = _("For example: counted for a week, asked ten colleagues.")


class Comment(forms.Form):
    text = forms.CharField(
        label=_("What do you want to say?"),
        widget=forms.Textarea(attrs={"rows": "5"}),
        max_length=2000,
    )


class AnswerRemarks(_Figure):
    """`remarks` are those that wait about the same figure; one answer can serve them all."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    remarks = forms.MultipleChoiceField(label=_("Whom do you answer?"), widget=forms.CheckboxSelectMultiple)
    outcome = forms.ChoiceField(label=_("What comes of it?"), widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("The reason"),
        help_text=_("Those who spoke are sent it. Say what you looked at, and why it leads where it does."),
        widget=forms.Textarea(attrs={"rows": "5"}),
        max_length=4000,
    )
    field_order = ("remarks", "outcome", "value", "source", "low", "high", "meaning", "text")

    def __init__(
        self,
        *args: Any,
        waiting: Sequence[tuple[str, str]],
        outcomes: Sequence[str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["remarks"].choices = list(waiting)  # type: ignore[attr-defined]
        offered = [(one, title) for one, title in OUTCOME_CHOICES if one in outcomes]
        self.fields["outcome"].choices = offered  # type: ignore[attr-defined]
        self.fields["value"].label = _("The other figure")
        self.fields["source"].label = _("Where does it come from?")
        if Answer.Outcome.PARTLY not in outcomes:
            for name in ("value", "source", "low", "high", "meaning"):
                self.fields.pop(name, None)


class Word(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("In plain words, what does the figure assume?"),
        help_text=_("For example: This saving assumes that a visit takes 4 minutes less than today."),
        widget=forms.Textarea(attrs={"rows": "3"}),
        max_length=300,
    )


def _has_ends(given: dict[str, Any]) -> bool:
    return given.get("low") is not None or given.get("high") is not None
