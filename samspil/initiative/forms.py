"""The forms of the hall."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import ErrorDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from samspil.core.money import read_amount
from samspil.initiative import choosing
from samspil.initiative.actions import NewCondition
from samspil.initiative.choosing import Choice
from samspil.initiative.leadership import UnitChoice
from samspil.initiative.models import Evidence, Initiative, Need
from samspil.initiative.things import Citable
from samspil.initiative.words import (
    AI,
    DECIDERS,
    LEVELS,
    ORIGINS,
    OUTCOMES,
    PHASES,
    STATUSES,
    STEP_KINDS,
    TOLD,
    WAYS,
    WORK_CHANGES,
)
from samspil.kit.room import Card
from samspil.organisation.models import Person, Seat, Unit
from samspil.organisation.viewer import Viewer

TYPE_PART_OF_A_NAME = _("Type part of the name and press “Find”.")
TYPE_WORDS = _("Type words from it, the number of a statement or a reference, and press “Find”.")
DEEPER = "\u2003"
CONDITIONS = (1, 2, 3)  # as many as a decision can carry
NOTHING = "nothing"
RUNNING = ("idea", "development", "implementation", "follow_up")


class _AskedFor:
    """Asked for, but there is another way to answer; the form or the action judges."""

    def validate(self, value: Any) -> None:
        if value not in (None, "", []):
            super().validate(value)  # type: ignore[misc]


class AskedText(_AskedFor, forms.CharField):
    pass


class AskedChoice(_AskedFor, forms.ChoiceField):
    pass


class AskedChoices(_AskedFor, forms.MultipleChoiceField):
    pass


class NeedForm(forms.Form):
    """A need in three fields."""

    problem = forms.CharField(
        label=_("What does not work?"),
        help_text=_("One sentence, as you would say it to a colleague. Name no system."),
        max_length=300,
    )
    for_whom = forms.CharField(
        label=_("For whom?"),
        help_text=_("Whose work or whose service is it? Think also of those we rarely hear."),
        max_length=300,
    )
    if_nothing = forms.CharField(
        label=_("What happens if we do nothing?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )
    because = forms.CharField(required=False, widget=forms.HiddenInput)


class NeedFilter(forms.Form):
    words = forms.CharField(
        label=_("Words"), required=False, widget=forms.TextInput(attrs={"type": "search"})
    )
    status = forms.ChoiceField(
        label=_("Show"),
        required=False,
        choices=[("", _("All needs")), ("waiting", _("Waiting")), ("answered", _("Being worked on"))],
    )
    below = forms.CharField(required=False, widget=forms.HiddenInput)  # raised in a unit, by its ref


class MergeForm(forms.Form):
    """Choose the need in which this one lives on."""

    into = forms.ChoiceField(label=_("Which need is the same one?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, candidates: Iterable[Need], **options: Any) -> None:
        super().__init__(*args, **options)
        _choices(
            self.fields["into"], [Choice(one.ref, f"{one.problem} · {one.for_whom}") for one in candidates]
        )


class AnswerAlsoForm(forms.Form):
    """Let an initiative that runs already answer a need."""

    initiative = forms.ChoiceField(label=_("Which initiative?"))

    def __init__(self, *args: Any, running: Iterable[Initiative], **options: Any) -> None:
        super().__init__(*args, **options)
        _choices(self.fields["initiative"], [Choice(one.ref, one.title) for one in running])


class FindingForm(forms.Form):
    """A form in which things are found by typing words; what was found stands among the choices."""

    def look(self) -> None:
        """“Find” was pressed: show what was found and judge nothing yet."""
        self._errors = ErrorDict()

    def _only(self, found: Sequence[str], field: str) -> str:
        """The one thing that what was typed fits."""
        if len(found) == 1:
            return found[0]
        typed = self._typed(field)
        if not found:
            raise ValidationError(
                _("Nothing here is called “%(typed)s”. Try fewer letters."), params={"typed": typed}
            )
        raise ValidationError(_("Several match “%(typed)s”. Tick the one you mean."), params={"typed": typed})

    def _typed(self, field: str) -> str:
        return str(self.data.get(field, "")).strip() if self.is_bound else ""


class WhoForm(FindingForm):
    """Who notices the change and who owns it. Both are ticked, or found by typing part of a name."""

    affected = AskedChoices(
        label=_("Which units and groups will notice it?"),
        help_text=_("Tick those whose day changes. Think of nights, part-timers and people who need help."),
        widget=forms.CheckboxSelectMultiple,
    )
    affected_text = forms.CharField(
        label=_("Another unit or group"), help_text=TYPE_PART_OF_A_NAME, required=False
    )
    owner = AskedChoice(
        label=_("Who owns it?"),
        help_text=_("A leader in the line where the work changes, not in IT or a staff function."),
        widget=forms.RadioSelect,
    )
    owner_text = forms.CharField(label=_("Somebody else"), help_text=TYPE_PART_OF_A_NAME, required=False)

    def __init__(
        self,
        *args: Any,
        viewer: Viewer,
        near: Unit | None = None,
        owner: Person | None = None,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.viewer, self.near = viewer, near
        self.found_affected = choosing.find_affected(self._typed("affected_text"))
        self.found_people = choosing.find_people(self._typed("owner_text"))
        self.units, self.groups = choosing.chosen_affected(self._ticked())
        self._offer_affected()
        self._offer_owners(owner)

    def clean_affected(self) -> list[str]:
        """Ticked units and groups; a typed name with one match counts as ticked."""
        ticked: list[str] = self.cleaned_data["affected"]
        found = [one.value for one in self.found_affected]
        if not self._typed("affected_text") or set(ticked).intersection(found):
            return ticked
        return [*ticked, self._only(found, "affected_text")]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if "affected" in data:
            data["units"], data["groups"] = choosing.chosen_affected(data["affected"])
            if not data["affected"]:
                self.add_error("affected", _("Tick at least one unit or group that will notice the change."))
        data["owner"] = self._owner()
        return data

    def _owner(self) -> Person | None:
        ref, found = self.cleaned_data.get("owner", ""), [one.ref for one in self.found_people]
        try:
            if self._typed("owner_text") and ref not in found:
                ref = self._only(found, "owner_text")
        except ValidationError as problem:
            self.add_error("owner", problem)
            return None
        person = choosing.person_of(ref) if ref else None
        if person is None and "owner" not in self.errors:
            self.add_error("owner", _("Choose who owns it, or type part of a name."))
        return person

    def _ticked(self) -> list[str]:
        if self.is_bound:
            return list(self.data.getlist("affected")) if hasattr(self.data, "getlist") else []
        ticked = self.initial.get("affected", [])
        return [ticked] if isinstance(ticked, str) else list(ticked)

    def _offer_affected(self) -> None:
        chosen = [*map(choosing.unit_choice, self.units), *map(choosing.group_choice, self.groups)]
        offered = [*chosen, *self.found_affected, *choosing.proposed_affected(self.near)]
        _choices(self.fields["affected"], offered)

    def _offer_owners(self, owner: Person | None) -> None:
        around = self.units or ([self.near] if self.near else [])
        managers = choosing.managers_of(around, self.viewer.today)
        now = [owner] if owner else []
        ticked = choosing.person_of(self.data.get("owner", "")) if self.is_bound else None
        chosen = [ticked] if ticked else []
        offered = choosing.person_choices([*now, *chosen, *self.found_people, *managers])
        _choices(self.fields["owner"], offered)
        if not owner and managers:
            self.fields["owner"].initial = managers[0].ref


class StartForm(WhoForm):
    """Six fields, of which three wait for a hand: the need is there, and two have a usual answer."""

    needs = forms.MultipleChoiceField(
        label=_("Which need does it answer?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick the need it answers. If it is not there yet, raise it first.")},
    )
    decision_level = forms.ChoiceField(
        label=_("Where is it decided?"),
        help_text=_("The committee of the leader with power to decide is the one to be heard."),
        choices=list(LEVELS.items())[::-1],
        initial="local",
        widget=forms.RadioSelect,
    )
    ai_involved = forms.ChoiceField(
        label=_("Is artificial intelligence part of it?"),
        help_text=_("Yes opens a dated duty to inform staff. “Don't know yet” stays visible until you know."),
        choices=list(AI.items()),
        initial="unknown",
        widget=forms.RadioSelect,
    )
    origin = forms.ChoiceField(
        label=_("Where does it come from?"), choices=list(ORIGINS.items()), initial="need"
    )

    def __init__(self, *args: Any, needs: Sequence[Need], **options: Any) -> None:
        super().__init__(*args, **options)
        _choices(self.fields["needs"], [Choice(one.ref, one.problem) for one in needs])


class ChangeForm(WhoForm):
    """What is said about an initiative."""

    title = forms.CharField(label=_("Title"), max_length=300)
    lead = forms.CharField(
        label=_("Project lead"), help_text=_("Type a name to hand the project over."), max_length=100
    )
    decision_level = StartForm.base_fields["decision_level"]
    decider = forms.ChoiceField(
        label=_("Who takes the decision?"),
        help_text=_(
            "Where politicians decide, the place above is that of the leader who submits the case to them:"
            " the committee of that leader is heard."
        ),
        choices=list(DECIDERS.items()),
        widget=forms.RadioSelect,
        required=False,
    )
    ai_involved = StartForm.base_fields["ai_involved"]
    work_changes = forms.MultipleChoiceField(
        label=_("What does it change for those who work there?"),
        help_text=_(
            "Any of it makes it a substantial change, and the working environment is assessed before it is"
            " put to use."
        ),
        choices=[*WORK_CHANGES.items(), (NOTHING, _("Nothing of this"))],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    case_number = forms.CharField(
        label=_("Case number"),
        help_text=_("The number in the organisation's case system, if it has one."),
        max_length=60,
        required=False,
    )
    process_key = forms.ChoiceField(
        label=_("Which way does it follow?"),
        help_text=_(
            "Can be changed until the first gate is decided. What both ways ask for keeps its answer."
        ),
        widget=forms.RadioSelect,
        required=False,
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, lead: Person, ways: Sequence[tuple[str, str, str]] = (), **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.present_lead = lead
        if ways:
            offered = [Choice(key, f"{title}: {what}") for key, title, what in ways]
            _choices(self.fields["process_key"], offered)
        else:
            del self.fields["process_key"]

    def clean_work_changes(self) -> list[str] | None:
        """What was ticked; nothing ticked says nothing, and “nothing of this” says so."""
        ticked: list[str] = self.cleaned_data["work_changes"]
        if NOTHING in ticked and len(ticked) > 1:
            raise ValidationError(_("Tick what changes, or that nothing of this does, not both."))
        return [one for one in ticked if one != NOTHING] if ticked else None

    def clean_lead(self) -> Person:
        """The present lead by name, or the one person whom the typed words fit."""
        typed = self.cleaned_data["lead"].strip()
        if typed == str(self.present_lead):
            return self.present_lead
        found = choosing.find_people(typed)
        exact = [one for one in found if str(one) == typed] or found
        if len(exact) == 1:
            return exact[0]
        names = ", ".join(str(one) for one in found[:5]) or "–"
        raise ValidationError(
            _("Write the whole name of one person. It could be: %(names)s."), params={"names": names}
        )


class StepForm(forms.Form):
    """When a binding step is planned or was taken."""

    kind = forms.ChoiceField(label=_("Which step?"), choices=list(STEP_KINDS.items()))
    on = forms.DateField(label=_("On which day?"), widget=forms.DateInput)
    taken = forms.BooleanField(
        label=_("It has been taken"),
        help_text=_("Leave this empty while the step is planned."),
        required=False,
    )
    phase = forms.ChoiceField(
        label=_("In which phase?"),
        choices=[(phase, PHASES[phase]) for phase in RUNNING],
        help_text=_("The committee is to have discussed this phase before the step."),
    )


class CorrectStepForm(forms.Form):
    """Another date for a step, with the reason."""

    on = forms.DateField(label=_("The right day"), widget=forms.DateInput)
    taken = forms.BooleanField(label=_("It has been taken"), required=False)
    reason = AskedText(
        label=_("Why does the date change?"),
        help_text=_("A slip of the pen, a delay, a new plan. Both dates and the reason stay visible."),
        max_length=300,
    )


class DemandForm(FindingForm):
    """Is what a gate asks for there? The short form on the initiative page does not ask what shows it."""

    status = forms.ChoiceField(
        label=_("Is it there?"), choices=list(STATUSES.items()), widget=forms.RadioSelect
    )
    because = AskedText(
        label=_("What does that rest on?"),
        help_text=_("One or two sentences. If it is not relevant: because …"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    source = forms.ChoiceField(
        label=_("Something here that shows it"), required=False, widget=forms.RadioSelect
    )
    source_text = forms.CharField(label=_("Something else"), help_text=TYPE_WORDS, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, by_room: bool, citable: Citable | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.found = [card.ref for card in citable.found] if citable else []
        if by_room:
            answers = [
                (Evidence.Status.UNKNOWN, _("Let Samspil work it out")),
                ("not_relevant", STATUSES["not_relevant"]),
            ]
            self.fields["status"].choices = answers  # type: ignore[attr-defined]
        if citable is None:
            del self.fields["source"], self.fields["source_text"]
        else:
            nothing = Choice("", str(_("Nothing")))
            _choices(self.fields["source"], [nothing, *map(_card_choice, citable.cards)])

    def clean_source_text(self) -> str:
        """Typed words that fit one thing count as its choice."""
        typed: str = self.cleaned_data["source_text"]
        if typed and self.cleaned_data.get("source") not in self.found:
            self.cleaned_data["source"] = self._only(self.found, "source_text")
        return typed


class MondayForm(forms.Form):
    """From Monday we do … differently, or unchanged, because …."""

    changes = forms.TypedChoiceField(
        label=_("What happens from Monday?"),
        choices=[("yes", _("We do something differently")), ("no", _("Nothing changes for us"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    text = AskedText(
        label=_("In your own words"),
        help_text=_("What do you do differently, or why does nothing change?"),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class AIForm(forms.Form):
    """Who was told that artificial intelligence is involved, when and how."""

    whom = forms.MultipleChoiceField(
        label=_("Who was told?"),
        help_text=_("Tick both only if both were told on the same day and in the same way."),
        choices=list(TOLD.items()),
        widget=forms.CheckboxSelectMultiple,
    )
    informed_on = forms.DateField(label=_("On which day were they told?"), widget=forms.DateInput)
    way = forms.ChoiceField(label=_("In which way?"), choices=list(WAYS.items()), widget=forms.RadioSelect)
    how = forms.CharField(
        label=_("What were they told, and by whom?"),
        help_text=_(
            "For example: what the system does, on which data, and who checks it. Write roles, not names."
        ),
        max_length=300,
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class AIDueForm(forms.Form):
    """By which day people are to be told."""

    due = forms.DateField(
        label=_("By which day are they to be told?"),
        help_text=_(
            "Before the system is first used, also on trial."
            " Leave it empty to let the next binding step say it."
        ),
        widget=forms.DateInput,
        required=False,
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class AmountField(forms.CharField):
    """An amount as people write it: 1.250.000, 1 250 000 or 1250000,50."""

    def clean(self, value: Any) -> Decimal | None:
        typed = super().clean(value).strip()
        if not typed:
            return None
        amount = read_amount(typed)
        if amount is None:
            raise ValidationError(_("Write the amount in figures, such as 1250000 or 1250000,50."))
        return amount


class MoneyForm(forms.Form):
    """Money as somebody gave it: the amount, what it covers, and where it stands."""

    amount = AmountField(
        label=_("Amount"),
        help_text=_("In whole units, not in thousands. Leave it empty if no figure holds any more."),
        required=False,
        max_length=40,
    )
    currency = forms.ChoiceField(label=_("Currency"), choices=[(one, one) for one in ("DKK", "SEK", "EUR")])
    what = forms.CharField(
        label=_("What does it cover?"),
        help_text=_("For example: the whole cost, set aside in the budget, cost a year."),
        required=False,
        max_length=100,
    )
    price_year = forms.IntegerField(
        label=_("At the prices of which year?"), required=False, min_value=1990, max_value=2100
    )
    source = forms.CharField(
        label=_("Where does the figure stand?"),
        help_text=_("A budget, a decision, a contract: so that others can look it up."),
        max_length=300,
    )
    since = forms.DateField(label=_("From which day does it hold?"), widget=forms.DateInput)


class AssessmentForm(forms.Form):
    """When the change was assessed, what was found, and who took part."""

    done_on = forms.DateField(label=_("On which day was it done?"), widget=forms.DateInput)
    safety_rep = forms.ChoiceField(
        label=_("Which safety representative took part?"),
        help_text=_("Those who hold such a seat. An administrator enters seats."),
    )
    found = forms.CharField(
        label=_("What was found?"), widget=forms.Textarea(attrs={"rows": 5}), max_length=8000
    )
    measures = forms.CharField(
        label=_("What is done about it?"),
        help_text=_("A line for each: what, who by role, by when."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=8000,
        required=False,
    )
    file = forms.FileField(label=_("The assessment as a file"), required=False, help_text=_("Up to 10 MB."))
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, seats: Sequence[Seat], **options: Any) -> None:
        super().__init__(*args, **options)
        self.people = {one.person.ref: one.person for one in seats}
        known = [Choice(one.person.ref, f"{one.person}, {one.committee}") for one in seats]
        _choices(self.fields["safety_rep"], [Choice("", str(_("Choose a person"))), *known])

    def clean_safety_rep(self) -> Person:
        return self.people[self.cleaned_data["safety_rep"]]


class AssessmentDueForm(forms.Form):
    """By which day it is to be done."""

    due = forms.DateField(
        label=_("By which day is it to be done?"),
        help_text=_("Before the change is put to use. Leave it empty to let the day of go-live say it."),
        widget=forms.DateInput,
        required=False,
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class GuestForm(forms.Form):
    """Let somebody from a partner organisation follow this initiative."""

    person = forms.ChoiceField(label=_("Who is to follow this initiative?"))

    def __init__(self, *args: Any, guests: Iterable[Person], **options: Any) -> None:
        super().__init__(*args, **options)
        _choices(self.fields["person"], [Choice(one.ref, f"{one}, {one.guest_of}") for one in guests])


class DecideForm(FindingForm):
    """The decision at a gate."""

    outcome = forms.ChoiceField(
        label=_("What is decided?"), choices=list(OUTCOMES.items()), widget=forms.RadioSelect
    )
    decided_on = forms.DateField(label=_("Decided on"), widget=forms.DateInput)
    reason = forms.CharField(label=_("The reason"), widget=forms.Textarea(attrs={"rows": 4}))
    override_reason = AskedText(
        label=_("Why go on although something is missing or unknown?"),
        help_text=_("Only if you go on. It stays visible beside what is missing."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    rests_on = forms.MultipleChoiceField(
        label=_("What does the decision rest on?"),
        help_text=_("Tick what was said or found that weighed in it."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    rests_on_text = forms.CharField(label=_("Something else"), help_text=TYPE_WORDS, required=False)
    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        people: Sequence[Person],
        citable: Citable,
        something_open: bool,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.people = {one.ref: one for one in people}
        self.found = [card.ref for card in citable.found]
        _choices(self.fields["rests_on"], map(_card_choice, citable.cards))
        if not something_open:
            del self.fields["override_reason"]
        self._ask_for_conditions()

    def clean_rests_on_text(self) -> str:
        """Typed words that fit one thing count as ticked."""
        typed, ticked = self.cleaned_data["rests_on_text"], self.cleaned_data.get("rests_on", [])
        if typed and not set(ticked).intersection(self.found):
            self.cleaned_data["rests_on"] = [*ticked, self._only(self.found, "rests_on_text")]
        return str(typed)

    @property
    def conditions(self) -> list[NewCondition]:
        """The conditions that were written."""
        data = self.cleaned_data
        return [
            NewCondition(
                data[f"condition_{number}"],
                self.people.get(data[f"condition_{number}_owner"]),
                data[f"condition_{number}_due"],
            )
            for number in CONDITIONS
            if data.get(f"condition_{number}", "").strip()
        ]

    @property
    def condition_fields(self) -> list[list[forms.BoundField]]:
        names = [(f"condition_{one}", f"condition_{one}_owner", f"condition_{one}_due") for one in CONDITIONS]
        return [[self[name] for name in three] for three in names]

    def _ask_for_conditions(self) -> None:
        owners = [("", _("Choose a person")), *((ref, str(one)) for ref, one in self.people.items())]
        for number in CONDITIONS:
            self.fields[f"condition_{number}"] = forms.CharField(
                label=_("Condition"), max_length=300, required=False
            )
            self.fields[f"condition_{number}_owner"] = forms.ChoiceField(
                label=_("Who sees to it?"), choices=owners, required=False
            )
            self.fields[f"condition_{number}_due"] = forms.DateField(
                label=_("By when?"), widget=forms.DateInput, required=False
            )


class MeetConditionForm(forms.Form):
    """A condition has been met."""

    met_on = forms.DateField(label=_("Met on"), widget=forms.DateInput)


class InitiativeFilter(forms.Form):
    """What the list of initiatives can be narrowed by."""

    words = forms.CharField(
        label=_("Words in the title"), required=False, widget=forms.TextInput(attrs={"type": "search"})
    )
    phase = forms.ChoiceField(
        label=_("Phase"),
        required=False,
        choices=[("", _("All phases")), ("running", _("All that have not ended")), *PHASES.items()],
    )
    whose = forms.ChoiceField(
        label=_("Whose"),
        required=False,
        choices=[("", _("Everybody's")), ("mine", _("Mine: I own or lead it")), ("owned", _("Owned by me"))],
    )
    unit = forms.CharField(
        label=_("Unit that notices it"), required=False, widget=forms.TextInput(attrs={"type": "search"})
    )
    ai = forms.ChoiceField(
        label=_("Artificial intelligence"), required=False, choices=[("", _("All")), *AI.items()]
    )
    only = forms.ChoiceField(
        label=pgettext_lazy("filter", "Show only"),
        required=False,
        choices=[
            ("", _("All")),
            ("open", _("with something missing or unknown")),
            ("late", _("asked too late")),
            ("outside", _("owned outside the line")),
            ("undated", _("without a day for the next gate")),
            ("money", _("with money given")),
            ("unpriced", _("without money given")),
        ],
    )
    below = forms.CharField(required=False, widget=forms.HiddenInput)  # a unit, by its ref


class LeadershipFilter(forms.Form):
    """The part of the organisation to look at."""

    unit = forms.ChoiceField(label=_("Unit"), required=False)

    def __init__(
        self, *args: Any, choices: Iterable[UnitChoice], unit: Unit | None = None, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        offered = [Choice(one.unit.ref, f"{DEEPER * one.depth}{one.unit.name}") for one in choices]
        offered += [Choice(unit.ref, unit.name)] if unit else []
        _choices(self.fields["unit"], [Choice("", str(_("The whole organisation"))), *offered])


class JournalFilter(forms.Form):
    """What the journal can be narrowed by."""

    verb = forms.ChoiceField(label=_("What happened"), required=False)
    who = forms.CharField(label=_("Who did it"), required=False)

    def __init__(self, *args: Any, verbs: Iterable[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["verb"].choices = [("", _("Everything")), *verbs]  # type: ignore[attr-defined]


class SearchForm(forms.Form):
    q = forms.CharField(label=_("Words"), required=False, widget=forms.TextInput(attrs={"type": "search"}))


def chosen(form: forms.Form) -> Mapping[str, Any]:
    """What a filter asks for; an address that somebody mistyped asks for nothing."""
    form.is_valid()
    return {name: value for name, value in form.cleaned_data.items() if value}


def _choices(field: forms.Field, offered: Iterable[Choice]) -> None:
    """Offer each choice once, in the order given."""
    field.choices = list({one.value: one.label for one in offered}.items())  # type: ignore[attr-defined]


def _card_choice(card: Card) -> Choice:
    return Choice(card.ref, f"{card.title} · {card.line}" if card.line else card.title)
