"""The forms of administrators and of a person who comes in. What may not be is refused by the actions."""

from collections.abc import Callable, Mapping
from typing import Any, cast

from django import forms
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from samspil.organisation import queries
from samspil.organisation.actions import SIGNING_SEATS
from samspil.organisation.models import AudienceGroup, Committee, Person, ProcedureRules, Union, Unit
from samspil.organisation.viewer import Viewer
from samspil.organisation.words import BARRIERS, GROUP_KINDS, OUTSIDE_AVERAGE, QUORUM, ROLES, SEATS, SIDES

NONE = ("", "–")
SIGNING = [(kind, SEATS[kind]) for kind in SIGNING_SEATS]


class PeopleFilter(forms.Form):
    """Part of a name, and whether those who have left are looked for."""

    words = forms.CharField(label=_("Name"), required=False)
    gone = forms.BooleanField(label=_("Those who have left"), required=False)

    def chosen(self) -> dict[str, Any]:
        self.is_valid()
        return {
            "text": self.cleaned_data.get("words", "")[:100],
            "gone": self.cleaned_data.get("gone", False),
        }


class RefField(forms.ChoiceField):
    """A choice among rows, sent by their refs; gives the row itself."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.rows: dict[str, Any] = {}

    def offer(self, rows: "list[tuple[Any, str]]") -> None:
        self.rows = {row.ref: row for row, _words in rows}
        self.choices = [NONE, *((row.ref, words) for row, words in rows)]

    def clean(self, value: Any) -> Any:
        return self.rows.get(super().clean(value))


def _units() -> list[tuple[Any, str]]:
    return [(unit, "\u2003" * depth + unit.name) for unit, depth in queries.units_in_order()]


def _committees() -> list[tuple[Any, str]]:
    return [(row, row.name) for row in queries.committees()]


def _unions() -> list[tuple[Any, str]]:
    return [(row, row.name) for row in queries.unions()]


class Choosing(forms.Form):
    """A form whose choices among rows are read when it is shown."""

    offers: Mapping[str, Callable[[], list[tuple[Any, str]]]] = {}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, rows in self.offers.items():
            cast(RefField, self.fields[name]).offer(rows())


class PersonForm(Choosing):
    offers = {"unit": _units}

    given_name = forms.CharField(label=_("Given name"), max_length=100)
    family_name = forms.CharField(label=_("Family name"), max_length=100, required=False)
    title = forms.CharField(
        label=pgettext_lazy("job", "Title"),
        max_length=150,
        required=False,
        help_text=_("As it stands under a decision."),
    )
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        help_text=_("For notices. Seen by the person, by those in the same committee and by administrators."),
    )
    unit = RefField(label=_("Unit"), required=False)

    @staticmethod
    def as_it_stands(person: Person) -> dict[str, Any]:
        return {
            "given_name": person.given_name,
            "family_name": person.family_name,
            "title": person.title,
            "email": person.email,
            "unit": person.unit.ref if person.unit else "",
            "version": person.version,
        }


class NewPersonForm(PersonForm):
    guest_of = forms.CharField(
        label=_("Guest from"),
        max_length=200,
        required=False,
        help_text=_(
            "Only for people from a partner organisation. A guest sees the initiatives they are admitted to."
        ),
    )


class ChangePersonForm(PersonForm):
    version = forms.IntegerField(widget=forms.HiddenInput)


class DayForm(forms.Form):
    """One day; nothing else is asked."""

    on = forms.DateField(label=_("Last day"), widget=forms.DateInput)


class RoleForm(Choosing):
    offers = {"unit": _units}

    kind = forms.ChoiceField(label=_("Role"), choices=[NONE, *ROLES.items()])
    unit = RefField(
        label=_("Unit"), required=False, help_text=_("The role holds here and in everything below.")
    )
    since = forms.DateField(label=_("First day"), widget=forms.DateInput)
    until = forms.DateField(label=_("Last day"), widget=forms.DateInput, required=False)


class SeatForm(Choosing):
    """Whom a substitute stands in for is chosen among all seats; the action checks the committee."""

    offers = {"committee": _committees, "union": _unions}

    committee = RefField(label=_("Committee"))
    side = forms.ChoiceField(label=_("Side"), choices=list(SIDES.items()), widget=forms.RadioSelect)
    kind = forms.ChoiceField(label=_("Seat"), choices=list(SEATS.items()), initial="member")
    union = RefField(label=_("Union"), required=False)
    substitute_for = RefField(
        label=_("Stands in for"), required=False, help_text=_("Only for substitutes, in the same committee.")
    )
    steward = forms.BooleanField(label=_("Shop steward"), required=False)
    safety_rep = forms.BooleanField(label=_("Safety representative"), required=False)
    since = forms.DateField(label=_("First day"), widget=forms.DateInput)
    until = forms.DateField(
        label=_("Last day"), widget=forms.DateInput, required=False, help_text=_("The end of the mandate.")
    )

    def __init__(self, *args: Any, viewer: Viewer, **options: Any) -> None:
        super().__init__(*args, **options)
        seats = queries.seats_to_stand_in_for(viewer.today)
        offered = [(seat, f"{seat.committee.name}: {seat.person}") for seat in seats]
        cast(RefField, self.fields["substitute_for"]).offer(offered)


class InviteForm(forms.Form):
    username = forms.CharField(
        label=_("User name"),
        max_length=150,
        required=False,
        help_text=_("Leave it empty and the person chooses one, or brings an account they already have."),
    )


class NewAccountForm(forms.Form):
    """What a person writes who comes in with a link."""

    username = forms.CharField(label=_("User name"), max_length=150, required=False)
    password = forms.CharField(
        label=_("Password"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least twelve characters. Three or four words are easy to remember."),
    )

    def __init__(self, *args: Any, given_username: str = "", **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["username"].widget.attrs["autocomplete"] = "username"
        if given_username:
            del self.fields["username"]


class EraseForm(forms.Form):
    certain = forms.BooleanField(
        label=_("I have checked that the organisation's retention rules allow it."),
        error_messages={"required": _("Check the retention rules first, then tick this box.")},
    )


class UnitForm(Choosing):
    offers = {"parent": _units}

    name = forms.CharField(label=_("Name"), max_length=200)
    parent = RefField(label=_("Belongs to"), required=False)
    headcount = forms.IntegerField(label=_("Employees"), min_value=0, required=False)
    staff_function = forms.BooleanField(
        label=_("It is a staff function"), required=False, help_text=_("Not in the line: IT, HR, finance.")
    )


class ChangeUnitForm(UnitForm):
    key = forms.CharField(
        label=_("Key"),
        max_length=60,
        required=False,
        help_text=_("The number or code that your own lists use for it."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    @staticmethod
    def as_it_stands(unit: Unit) -> dict[str, Any]:
        names = ("name", "headcount", "staff_function", "key", "version")
        stands = {name: getattr(unit, name) for name in names}
        return {**stands, "parent": unit.parent.ref if unit.parent else ""}


class CommitteeForm(Choosing):
    offers = {"parent": _committees, "unit": _units}

    name = forms.CharField(label=_("Name"), max_length=200)
    level = forms.ChoiceField(label=_("Level"), widget=forms.RadioSelect)
    parent = RefField(label=_("Committee above"), required=False)
    unit = RefField(label=_("Unit"), required=False)
    staff_meeting = forms.BooleanField(label=_("A staff meeting with a committee's standing"), required=False)

    def __init__(self, *args: Any, viewer: Viewer, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["level"].choices = queries.levels(  # type: ignore[attr-defined]
            viewer.organisation, viewer.today, get_language() or "en"
        )


class ChangeCommitteeForm(CommitteeForm):
    version = forms.IntegerField(widget=forms.HiddenInput)

    @staticmethod
    def as_it_stands(committee: Committee) -> dict[str, Any]:
        names = ("name", "level", "staff_meeting", "version")
        stands = {name: getattr(committee, name) for name in names}
        above = committee.parent.ref if committee.parent else ""
        return {**stands, "parent": above, "unit": committee.unit.ref if committee.unit else ""}


class UnionForm(forms.Form):
    """Unions elect together under MED only, so only Danish organisations are asked with whom."""

    name = forms.CharField(label=_("Name"), max_length=200)
    election_group = forms.CharField(
        label=_("Election group"),
        max_length=200,
        required=False,
        help_text=_("Write the name of a group that is there, or of a new one."),
    )

    def __init__(self, *args: Any, viewer: Viewer, **options: Any) -> None:
        super().__init__(*args, **options)
        if viewer.organisation.country != "DK":
            del self.fields["election_group"]


class ChangeUnionForm(UnionForm):
    version = forms.IntegerField(widget=forms.HiddenInput)

    @staticmethod
    def as_it_stands(union: Union) -> dict[str, Any]:
        group = union.election_group.name if union.election_group else ""
        return {"name": union.name, "election_group": group, "version": union.version}


class ProcedureForm(forms.Form):
    since = forms.DateField(label=_("Holds from"), widget=forms.DateInput)
    request_working_days = forms.IntegerField(
        label=_("Working days before a meeting by which an item is asked for"), min_value=0, max_value=90
    )
    release = forms.MultipleChoiceField(
        label=_("Who releases the minutes"), choices=SIGNING, widget=forms.CheckboxSelectMultiple
    )
    approve = forms.MultipleChoiceField(
        label=_("Who approves the minutes"), choices=SIGNING, widget=forms.CheckboxSelectMultiple
    )
    extraordinary = forms.BooleanField(label=_("Extraordinary meetings can be called"), required=False)
    in_writing = forms.BooleanField(label=_("Items can be dealt with in writing"), required=False)
    agenda_by = forms.MultipleChoiceField(
        label=_("Who settles the agenda"),
        choices=SIGNING,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Nobody ticked: as in the examples of your agreement."),
    )
    chairs_working_days = forms.IntegerField(
        label=_("Working days before a meeting by which the agenda is settled"),
        min_value=0,
        max_value=90,
        required=False,
    )
    agenda_working_days = forms.IntegerField(
        label=_("Working days before a meeting by which the agenda is sent"),
        min_value=0,
        max_value=90,
        required=False,
    )
    quorum = forms.ChoiceField(
        label=_("When is there a quorum?"), choices=list(QUORUM.items()), required=False
    )
    source = forms.CharField(
        label=_("Where it stands"),
        max_length=300,
        required=False,
        help_text=_("The agreement or the law, with its date."),
    )

    @staticmethod
    def as_it_stands(rules: ProcedureRules | None) -> dict[str, Any]:
        """What holds today is where one begins."""
        names = (
            *("request_working_days", "release", "approve", "extraordinary", "in_writing"),
            *("agenda_by", "chairs_working_days", "agenda_working_days", "quorum"),
        )
        holds = {name: getattr(rules, name) for name in names} if rules else {}
        return {"extraordinary": True, "in_writing": True, **holds}


class ProcessModelForm(forms.Form):
    process_model = forms.ChoiceField(label=_("The usual way"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, viewer: Viewer, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["process_model"].choices = queries.process_models(  # type: ignore[attr-defined]
            viewer.organisation
        )


class MailHourForm(forms.Form):
    mail_hour = forms.TypedChoiceField(
        label=_("At which hour?"), coerce=int, choices=[(hour, f"{hour:02}:00") for hour in range(24)]
    )


class GroupForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=200)
    kind = forms.ChoiceField(label=_("Who they are"), choices=list(GROUP_KINDS.items()))
    size = forms.IntegerField(
        label=_("How many"), min_value=0, required=False, help_text=_("Leave it empty when nobody knows.")
    )
    barriers = forms.MultipleChoiceField(
        label=_("What can keep them from taking part"),
        choices=list(BARRIERS.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    outside_average = forms.MultipleChoiceField(
        label=_("Who among them the average overlooks"),
        choices=list(OUTSIDE_AVERAGE.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    @staticmethod
    def as_it_stands(group: AudienceGroup) -> dict[str, Any]:
        names = ("name", "kind", "size", "barriers", "outside_average", "version")
        return {name: getattr(group, name) for name in names}


class ChangeGroupForm(GroupForm):
    version = forms.IntegerField(widget=forms.HiddenInput)


class RegimeForm(forms.Form):
    regime = forms.ChoiceField(label=_("Regime"), widget=forms.RadioSelect)
    since = forms.DateField(label=_("Holds from"), widget=forms.DateInput)
    source = forms.CharField(
        label=_("Where it stands"),
        max_length=300,
        required=False,
        help_text=_("The agreement or the law, with its date."),
    )

    def __init__(self, *args: Any, viewer: Viewer, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["regime"].choices = queries.regimes(viewer.organisation)  # type: ignore[attr-defined]
