"""What is filled in for an urn: who holds its keys, what is on its ballot, and one ballot."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samspil.core.urn.form import AGREE, DISAGREE, PASS, Attribute, Ballot, Form, Path, tidy
from samspil.core.urn.holders import Candidate
from samspil.organisation.models import Committee, Person
from samspil.participation.urn.actions import Breakdown, Plan

TEXT_LENGTHS = (
    (0, _("No")),
    (500, _("Yes, at most 500 characters")),
    (1000, _("Yes, at most 1000 characters")),
)
WIDER_FIRST = ">"
ANSWERS = ((AGREE, _("Agree")), (DISAGREE, _("Disagree")), (PASS, _("Pass")))


class ChooseCommittee(forms.Form):
    committee = forms.ChoiceField(label=_("Which committee is to hold the keys?"))

    def __init__(self, *args: Any, committees: Iterable[Committee], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["committee"].choices = [(one.ref, one.name) for one in committees]  # type: ignore[attr-defined]


class SetUp(forms.Form):
    """Two of the staff side, the secretary, and what the ballot holds besides the statements."""

    committee = forms.CharField(widget=forms.HiddenInput)
    first = forms.ChoiceField(label=_("First of the staff side"))
    second = forms.ChoiceField(
        label=_("Second of the staff side"),
        help_text=_("For example the joint shop steward and a safety rep."),
    )
    secretary = forms.ChoiceField(label=_("The committee's secretary"))
    longest_text = forms.TypedChoiceField(
        label=_("May people write something too?"), choices=TEXT_LENGTHS, coerce=int, initial=0
    )
    breakdown = forms.CharField(
        label=_("Break the results down by"),
        required=False,
        max_length=80,
        help_text=_("For example “Workplace”. Everybody chooses it on the ballot; leave it empty if not."),
    )
    options = forms.CharField(
        label=_("What one can choose there"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": "4"}),
        help_text=_(
            "One a line. Put the wider group first, so that small ones can be merged: “Home care > Night”. "
            "What fewer than the smallest group have chosen is merged upward before anything is stored."
        ),
    )

    def __init__(self, *args: Any, known: Mapping[Person, Candidate], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_ref = {person.ref: person for person in known}
        staff = [(one.ref, str(one)) for one, found in known.items() if found.of_staff]
        others = [(one.ref, str(one)) for one, found in known.items() if found.keeps_the_minutes]
        for name, people in (("first", staff), ("second", staff), ("secretary", others)):
            self.fields[name].choices = [("", _("Choose")), *people]  # type: ignore[attr-defined]
        if len(others) == 1:
            self.fields["secretary"].initial = others[0][0]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if bool(found.get("breakdown")) != bool(found.get("options")):
            name = "options" if found.get("breakdown") else "breakdown"
            self.add_error(name, _("Say both what results are broken down by and what one can choose."))
        return found

    def plan(self, committee: Committee) -> Plan:
        found = self.cleaned_data
        return Plan(
            committee=committee,
            staff=[self.by_ref[found["first"]], self.by_ref[found["second"]]],
            secretary=self.by_ref[found["secretary"]],
            breakdowns=[Breakdown(found["breakdown"], _paths(found["options"]))]
            if found["breakdown"]
            else [],
            longest_text=found["longest_text"],
        )


class NameDeputy(forms.Form):
    person = forms.ChoiceField(label=_("Who may take the place?"), required=False)

    def __init__(self, *args: Any, people: Iterable[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_ref = {one.ref: one for one in people}
        choices = [(ref, str(one)) for ref, one in self.by_ref.items()]
        self.fields["person"].choices = [("", _("Nobody")), *choices]  # type: ignore[attr-defined]


class Recount(forms.Form):
    sha256 = forms.CharField(
        label=_("The hash your own count printed"),
        max_length=80,
        help_text=_("64 digits and letters from a to f."),
    )


class CheckReceipt(forms.Form):
    receipt = forms.CharField(label=_("Receipt"), max_length=80)

    @property
    def value(self) -> str:
        return "".join(self.cleaned_data["receipt"].split()).lower()


class FollowText(forms.Form):
    code = forms.CharField(label=_("Code of your text"), max_length=30)

    @property
    def value(self) -> str:
        return "".join(self.cleaned_data["code"].split()).lower()


class BallotForm(forms.Form):
    """One whole ballot on one page. Nothing of it is kept but sealed; no draft is."""

    order = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, form: Form, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.form = form
        for one in form.attributes:
            self.fields[f"attribute-{one.key}"] = _choice(one)
        for question in form.questions:
            self.fields[f"answer-{question.key}"] = forms.TypedChoiceField(
                label=question.text,
                choices=ANSWERS,
                coerce=int,
                required=False,
                widget=forms.RadioSelect,
                empty_value="",
            )
        if form.longest_text:
            self.fields["text"] = forms.CharField(
                label=_("Something you want to say"),
                required=False,
                max_length=form.longest_text,
                widget=forms.Textarea(attrs={"rows": "5"}),
            )

    def ballot(self, follow: str) -> Ballot:
        found = self.cleaned_data
        text = tidy(found.get("text", ""))
        return Ballot(
            answers=_numbers(found, "answer-"),
            order=tuple(found["order"].split()),
            attributes=_numbers(found, "attribute-"),
            text=text,
            follow=follow if text else "",
        )

    @property
    def ordered(self) -> list[tuple[str, Any]]:
        """The statements as they stand on this ballot: the language of each, and its field."""
        languages = {one.key: one.language for one in self.form.questions}
        return [(languages[key], self[f"answer-{key}"]) for key in str(self["order"].value()).split()]

    @property
    def attributes(self) -> list[Any]:
        return [self[f"attribute-{one.key}"] for one in self.form.attributes]

    def clean_order(self) -> str:
        order = str(self.cleaned_data["order"])
        if sorted(order.split()) != sorted(one.key for one in self.form.questions):
            raise forms.ValidationError(_("The page has changed. Open it again."))
        return order


def _choice(attribute: Attribute) -> forms.TypedChoiceField:
    options = [(at, " · ".join(path)) for at, path in enumerate(attribute.options)]
    return forms.TypedChoiceField(
        label=attribute.title,
        choices=[("", _("I would rather not say")), *options],
        coerce=int,
        required=False,
        empty_value="",
    )


def _numbers(found: Mapping[str, Any], prefix: str) -> dict[str, int]:
    return {
        name.removeprefix(prefix): value
        for name, value in found.items()
        if name.startswith(prefix) and value != ""
    }


def _paths(text: str) -> Sequence[Path]:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return [tuple(part.strip() for part in line.split(WIDER_FIRST) if part.strip()) for line in lines]
