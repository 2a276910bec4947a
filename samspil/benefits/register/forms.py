"""What people fill in about a benefit."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samspil.benefits.fields import PersonField
from samspil.benefits.indicators import Indicator
from samspil.benefits.models import Benefit, Prerequisite
from samspil.benefits.register.actions import Described
from samspil.benefits.words import WORTHS
from samspil.business_case.models import Part

OWN = ""


def _lines(rows: int = 2) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class BenefitForm(forms.Form):
    """A benefit in a few lines; what not everybody needs is folded away on the page."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    title = forms.CharField(
        label=_("What gets better, and for whom?"),
        help_text=_("For example: Fewer minutes on the telephone for those who plan the routes."),
        max_length=200,
    )
    harm = forms.BooleanField(
        label=_("This is a disadvantage"),
        help_text=_("Something that gets worse for somebody. It is followed like a benefit."),
        required=False,
    )
    worth = forms.ChoiceField(
        label=_("What kind is it?"), choices=list(WORTHS.items()), widget=forms.RadioSelect
    )
    indicator = forms.ChoiceField(
        label=_("How is it seen?"),
        help_text=_("Choose a standard indicator, so that it can be compared, or write your own below."),
        required=False,
    )
    measured_as = forms.CharField(
        label=_("What is counted or measured?"),
        help_text=_("For example: Minutes for a visit, from door to door. Empty takes the standard words."),
        max_length=200,
        required=False,
    )
    unit = forms.CharField(
        label=_("Unit"), help_text=_("Minutes, per cent, complaints a month."), max_length=60, required=False
    )
    owner = PersonField(
        label=_("Who answers for it in the line?"),
        help_text=_("The name of the leader where the work changes. They are asked to say yes."),
        required=False,
    )
    deputy = PersonField(
        label=_("Deputy"),
        help_text=_("Takes over when the owner leaves."),
        required=False,
    )
    line = forms.ChoiceField(
        label=_("Which line of the business case does it rest on?"),
        help_text=_("Then what was promised in money can be held against what came."),
        required=False,
    )
    gains = forms.CharField(label=_("Who gains by it?"), max_length=200, required=False)
    pays = forms.CharField(label=_("Who pays for it, or has the trouble?"), max_length=200, required=False)
    source = forms.CharField(
        label=_("Where do the figures come from?"),
        help_text=_("A system, a count by hand for a week, a survey."),
        max_length=200,
        required=False,
    )
    change = forms.CharField(
        label=_("Which changes have to be there first?"),
        help_text=_("A line for each."),
        widget=_lines(),
        max_length=1000,
        required=False,
    )
    competence = forms.CharField(
        label=_("What do people have to be able to do?"),
        help_text=_("A line for each."),
        widget=_lines(),
        max_length=1000,
        required=False,
    )
    workflow = forms.CharField(
        label=_("Which way of working has to be in place?"),
        help_text=_("A line for each."),
        widget=_lines(),
        max_length=1000,
        required=False,
    )

    FOLDED = ("deputy", "line", "gains", "pays", "source", "change", "competence", "workflow")

    def __init__(
        self, *args: Any, indicators: Sequence[Indicator], lines: Sequence[Part], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.indicators = {one.key: one for one in indicators}
        self.lines = {one.ref: one for one in lines}
        own = [(OWN, _("Our own, written below"))]
        kept = [(one.key, f"{one.title} ({one.unit})") for one in indicators]
        self.fields["indicator"].choices = [*own, *kept]  # type: ignore[attr-defined]
        offered = [(one.ref, str(one)) for one in lines]
        self.fields["line"].choices = [("", _("None")), *offered]  # type: ignore[attr-defined]
        if not lines:
            del self.fields["line"]

    def upper(self) -> list[forms.BoundField]:
        return [field for field in self.visible_fields() if field.name not in self.FOLDED]

    def folded(self) -> list[forms.BoundField]:
        return [field for field in self.visible_fields() if field.name in self.FOLDED]

    def open_folded(self) -> bool:
        """What was filled in, or is wrong, is not hidden."""
        return any(field.errors or field.value() for field in self.folded())

    def described(self) -> Described:
        """What was filled in; what a standard indicator says stands in for what was left empty."""
        typed = self.cleaned_data
        chosen = self.indicators.get(typed["indicator"])
        return Described(
            title=typed["title"],
            worth=typed["worth"],
            measured_as=typed["measured_as"] or (chosen.title if chosen else ""),
            unit=typed["unit"] or (chosen.unit if chosen else ""),
            indicator=typed["indicator"],
            harm=typed["harm"],
            source=typed["source"],
            gains=typed["gains"],
            pays=typed["pays"],
            owner=typed["owner"],
            deputy=typed["deputy"],
            line=self.lines.get(typed.get("line", "")),
            prerequisites={kind: typed[kind].splitlines() for kind in Prerequisite.Kind.values},
        )


def written(found: Benefit, prerequisites: Sequence[Prerequisite]) -> dict[str, Any]:
    """What stands in the form of a benefit that is registered."""
    by_kind = {
        kind: "\n".join(one.text for one in prerequisites if one.kind == kind)
        for kind in Prerequisite.Kind.values
    }
    names = (
        "version",
        "title",
        "harm",
        "worth",
        "indicator",
        "measured_as",
        "unit",
        "gains",
        "pays",
        "source",
    )
    return {
        **{name: getattr(found, name) for name in names},
        "owner": str(found.owner or ""),
        "deputy": str(found.deputy or ""),
        "line": found.line.ref if found.line else "",
        **by_kind,
    }


class BecauseForm(forms.Form):
    """One reason, in words that stay visible."""

    because = forms.CharField(label=_("Why?"), widget=_lines(3), max_length=300)


class ExcuseForm(forms.Form):
    because = forms.CharField(
        label=_("Why does it go live without?"),
        help_text=_("It stays visible at the gate and here. Empty takes the reason back."),
        widget=_lines(3),
        max_length=300,
        required=False,
    )


class HandOverForm(forms.Form):
    owner = PersonField(label=_("Who answers for it from now on?"))
    deputy = PersonField(label=_("Deputy"), required=False)
    because = forms.CharField(
        label=_("Why?"), help_text=_("For example: Has another job from 1 May."), max_length=300
    )


class MetForm(forms.Form):
    met_on = forms.DateField(label=_("On which day was it there?"), widget=forms.DateInput)
