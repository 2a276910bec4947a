"""What is typed about statements, by those who ask and by those who take part."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from samspil.involvement.opinions.moderating import LONGEST_REASON
from samspil.involvement.opinions.own_statements import LONGEST_GROUNDS
from samspil.involvement.opinions.texts import LONGEST, tidy
from samspil.involvement.opinions.words import RULES

LONGEST_LIST = 30_000


class LanguageField(forms.ChoiceField):
    """The language in which a statement is written, so that it is read out as it should be."""

    def __init__(self, **options: Any) -> None:
        super().__init__(choices=settings.LANGUAGES, label=_("Language of the text"), **options)


class OwnStatement(forms.Form):
    """A statement of one's own."""

    text = forms.CharField(
        label=_("Your statement"),
        help_text=_("One thought that others can agree or disagree with. Not a question, nobody's name."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    language = LanguageField()


class AppealForm(forms.Form):
    """Why a statement should be looked at again."""

    grounds = forms.CharField(
        label=_("Why should it be taken in?"),
        help_text=_("You can appeal once. The moderators read this, nobody else."),
        max_length=LONGEST_GROUNDS,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class AddStatements(forms.Form):
    """Several statements at once, one a line."""

    written = forms.CharField(
        label=_("Statements, one a line"),
        help_text=_("Ten are enough for most rounds. Empty lines are left out."),
        widget=forms.Textarea(attrs={"rows": 10}),
    )
    language = LanguageField()

    def clean_written(self) -> list[str]:
        """The lines that say something; dashes and numbers before them are what lists are copied with."""
        typed = self.cleaned_data["written"][:LONGEST_LIST]
        lines = [tidy(line).lstrip("•–-* ") for line in typed.splitlines()]
        return [line for line in lines if line]


class ChangeStatement(forms.Form):
    """One statement, said better."""

    text = forms.CharField(label=_("Statement"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 3}))
    language = LanguageField()
    version = forms.IntegerField(widget=forms.HiddenInput)


class ChooseCore(forms.Form):
    """Which statements every group is asked about first."""

    core = forms.MultipleChoiceField(
        label=_("Asked of every group first"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, statements: Sequence[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["core"].choices = [(str(number), f"{number}. {text}") for number, text in statements]  # type: ignore[attr-defined]

    def numbers(self) -> list[int]:
        return [int(one) for one in self.cleaned_data["core"]]


class Reject(forms.Form):
    """Why a statement is left out: the published rule, and a sentence to its author."""

    rule = forms.ChoiceField(label=_("By which rule"), choices=[*RULES.items()], widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Reason for the author"),
        help_text=_("The author reads it. Say what would have to be different."),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class DecideAppeal(forms.Form):
    """What comes of an appeal."""

    upheld = forms.TypedChoiceField(
        label=_("What comes of the appeal"),
        choices=[("yes", _("The author is right: take it in")), ("no", _("It stays left out"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Reason for the author"), max_length=LONGEST_REASON, widget=forms.Textarea(attrs={"rows": 3})
    )
