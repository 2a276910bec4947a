"""What people fill in. Every form works without a script; nothing asks for what is known."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samspil.dialogue import ask_fields, asks, words
from samspil.dialogue.keeping import NewOutcome, NewPosition
from samspil.dialogue.models import ItemQuestion, Meeting
from samspil.dialogue.questions import Question
from samspil.dialogue.regime import Ask, Regime
from samspil.dialogue.secrecy import Answers
from samspil.organisation.models import Committee, Seat, Union

LONGEST_ANSWER = 4000


class PlanMeeting(forms.Form):
    on = forms.DateField(label=_("Date"), widget=forms.DateInput)
    kind = forms.ChoiceField(label=_("Kind"), widget=forms.RadioSelect, initial=Meeting.Kind.ORDINARY)
    starts = forms.TimeField(label=_("Begins at"), required=False, widget=forms.TimeInput)
    ends = forms.TimeField(label=_("Ends at"), required=False, widget=forms.TimeInput)
    place = forms.CharField(label=_("Place"), required=False, max_length=200)
    request_by = forms.DateField(
        label=_("Items are asked for by"),
        required=False,
        widget=forms.DateInput,
        help_text=_("Leave it empty, and it follows from the rules of procedure."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [  # type: ignore[attr-defined]
            (kind, word) for kind, word in words.MEETING_KINDS.items() if kind != Meeting.Kind.ELSEWHERE
        ]


class CorrectMeetingDate(forms.Form):
    on = forms.DateField(label=_("The right day"), widget=forms.DateInput)
    reason = forms.CharField(
        label=_("Why does the date change?"),
        help_text=_("A slip of the pen, a meeting that was moved. Both dates and the reason stay visible."),
        max_length=300,
    )


class RequestItem(forms.Form):
    """Everything is filled in beforehand; one button is enough."""

    committee = forms.ChoiceField(label=_("Committee"))
    meeting = forms.ChoiceField(label=_("Meeting"), required=False)
    title = forms.CharField(label=_("Title"), max_length=300)
    questions = forms.MultipleChoiceField(
        label=_("Questions"), widget=forms.CheckboxSelectMultiple, required=False
    )
    case = forms.CharField(
        label=_("What the committee needs to know"),
        help_text=_("A few sentences. The page of the initiative is linked anyway."),
        required=False,
        widget=forms.Textarea,
        max_length=8000,
    )

    def __init__(
        self,
        *args: Any,
        committees: Sequence[Committee],
        meetings: Sequence[Meeting],
        questions: Sequence[Question],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["committee"].choices = [(one.ref, one.name) for one in committees]  # type: ignore[attr-defined]
        self.fields["meeting"].choices = [  # type: ignore[attr-defined]
            ("", _("No meeting yet: the committee finds one")),
            *((one.ref, words.day(one.on)) for one in meetings),
        ]
        self.fields["questions"].choices = [(one.key, one.ask) for one in questions]  # type: ignore[attr-defined]


class PlaceItem(forms.Form):
    meeting = forms.ChoiceField(label=_("Meeting"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, meetings: Iterable[Meeting], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["meeting"].choices = [  # type: ignore[attr-defined]
            (one.ref, f"{words.day(one.on)} · {words.MEETING_KINDS[one.kind]}") for one in meetings
        ]


class ChooseQuestions(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    questions = forms.MultipleChoiceField(
        label=_("Questions"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("A question that has been answered stays."),
        required=False,
    )

    def __init__(self, *args: Any, known: Sequence[Question], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["questions"].choices = [(one.key, one.ask) for one in known]  # type: ignore[attr-defined]


class WriteCase(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    title = forms.CharField(label=_("Title"), max_length=300)
    proposal = forms.CharField(
        label=_("What is proposed"),
        required=False,
        widget=forms.Textarea(attrs={"rows": "3"}),
        max_length=4000,
        help_text=_(
            "Left empty, it is proposed that the committee discusses the matter before it is decided."
        ),
    )
    case = forms.CharField(
        label=_("What the committee needs to know"),
        required=False,
        widget=forms.Textarea(attrs={"rows": "12"}),
        max_length=20000,
    )


class CaseNumber(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    case_number = forms.CharField(label=_("Case number"), required=False, max_length=60)


class AnswerQuestions(forms.Form):
    """One side's answers to all questions of an item: one page, one button."""

    def __init__(
        self, *args: Any, asked: Sequence[ItemQuestion], side: str, answers: Answers, **kwargs: Any
    ) -> None:
        self.asked = asked
        stored = {one.ref: answers.of(one.pk, side) for one in asked}
        initial = {}
        for ref, answer in stored.items():
            initial[f"text_{ref}"] = answer.text if answer else ""
            initial[f"version_{ref}"] = str(answer.version if answer else 0)
        kwargs["initial"] = initial | kwargs.get("initial", {})
        self.stored = {ref: answer.text if answer else "" for ref, answer in stored.items()}
        super().__init__(*args, **kwargs)
        for one in asked:
            self.fields[f"version_{one.ref}"] = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
            self.fields[f"text_{one.ref}"] = forms.CharField(
                label=one.wording["ask"],
                required=False,
                max_length=LONGEST_ANSWER,
                widget=forms.Textarea(attrs={"rows": "4"}),
            )

    def changed(self) -> Iterable[tuple[ItemQuestion, str, int]]:
        """The answers that differ from what is stored, with the version each was written on."""
        for one in self.asked:
            text = self.cleaned_data[f"text_{one.ref}"]
            version = self.cleaned_data[f"version_{one.ref}"]
            if _same_lines(text) != _same_lines(self.stored[one.ref]):
                yield one, text, version

    def progress(self) -> tuple[int, int]:
        """How many questions have an answer when this is saved, and how many there are."""
        return sum(bool(self.cleaned_data[f"text_{one.ref}"].strip()) for one in self.asked), len(self.asked)


class RecordOutcome(forms.Form):
    """The regime's list; one choice per union where it asks for that. Below each choice stand the fields that
    some of its outcomes ask for."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    order = forms.ChoiceField(
        label=_("If a binding step was taken on the same day: which came first?"),
        required=False,
        widget=forms.RadioSelect,
    )

    def __init__(
        self,
        *args: Any,
        regime: Regime,
        unions: Sequence[Union],
        committee: Committee | None = None,
        meetings: Sequence[Meeting] = (),
        committees: Sequence[Committee] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        if committee:
            regime = asks.choosable(regime, committee, committees)
        self.regime, self.unions = regime, unions if regime.per_union else []
        self.asks_there, self.meetings = committee is not None, meetings
        for union in self.each:
            self._add_choice(union)
            for ask in self._asks():
                self.fields |= ask_fields.fields_of(ask, union, regime, committee, meetings, committees)  # type: ignore[arg-type]
        self.fields["order"].choices = [("", _("No step on that day")), *words.ORDERS.items()]  # type: ignore[attr-defined]
        for side, title in regime.sides.items():
            for union in self.each if side == Seat.Side.STAFF else (None,):
                name = asks.position_field(side, union)
                self.fields[name] = _position(f"{title} ({union})" if union else title)
        self.order_fields([*self._names(), "order"])

    @property
    def each(self) -> Sequence[Union | None]:
        """The unions with which it is concluded one by one; else the committee as a whole."""
        return self.unions or (None,)

    def groups(self) -> list[tuple[forms.BoundField, list[tuple[str, list[forms.BoundField]]]]]:
        """Each choice, and beside the keys of the outcomes that ask for them, the fields they ask for."""
        return [
            (
                self[self._choice(union)],
                [(ask_fields.asked_by(ask, self.regime), self._of_ask(ask, union)) for ask in self._asks()],
            )
            for union in self.each
        ]

    def rest(self) -> list[forms.BoundField]:
        """What is asked whatever came of it."""
        grouped = {
            field.name for _choice, asked in self.groups() for _keys, fields in asked for field in fields
        }
        grouped |= {self._choice(union) for union in self.each}
        return [field for field in self.visible_fields() if field.name not in grouped]

    def outcomes(self) -> list[NewOutcome]:
        chosen = ((union, self.cleaned_data[self._choice(union)]) for union in self.each)
        return [NewOutcome(key, union, self._told(union)) for union, key in chosen if key]

    def positions(self) -> list[NewPosition]:
        return [
            NewPosition(side, self.cleaned_data[asks.position_field(side, union)], union)
            for side in self.regime.sides
            for union in (self.each if side == Seat.Side.STAFF else (None,))
        ]

    def _add_choice(self, union: Union | None) -> None:
        choices = [(one.key, one.title) for one in self.regime.outcomes]
        if union:
            self.fields[self._choice(union)] = forms.ChoiceField(
                label=union.name, required=False, choices=[("", _("Nothing yet")), *choices]
            )
        else:
            self.fields[self._choice(union)] = forms.ChoiceField(
                label=_("What came of it"), choices=choices, widget=forms.RadioSelect
            )

    def _told(self, union: Union | None) -> dict[str, Any]:
        return {
            ask.key: ask_fields.told(ask, union, self.cleaned_data, self.meetings) for ask in self._asks()
        }

    def _asks(self) -> Iterable[Ask]:
        return self.regime.asks.values() if self.asks_there else ()

    def _of_ask(self, ask: Ask, union: Union | None) -> list[forms.BoundField]:
        return [self[name] for name in ask_fields.names_of(ask, union)]

    def _names(self) -> list[str]:
        names = []
        for union in self.each:
            names += [self._choice(union)]
            names += [name for ask in self._asks() for name in ask_fields.names_of(ask, union)]
        return [*names, *self._position_names()]

    def _position_names(self) -> list[str]:
        staff = [asks.position_field(Seat.Side.STAFF, union) for union in self.each]
        return [asks.position_field(Seat.Side.MANAGEMENT, None), *staff]

    def _choice(self, union: Union | None) -> str:
        return f"outcome_{union.ref}" if union else "outcome"

    def _outcome_names(self) -> list[str]:
        return [self._choice(union) for union in self.each]


def _position(title: str) -> forms.CharField:
    return forms.CharField(
        label=_("What %(side)s wants to stand in the text") % {"side": title},
        required=False,
        widget=forms.Textarea(attrs={"rows": "3"}),
        max_length=4000,
    )


class WriteMinutes(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("What was said"),
        help_text=_("Where the sides agree, where they differ, and what happens now. The outcome is added."),
        required=False,
        widget=forms.Textarea(attrs={"rows": "14"}),
        max_length=40000,
    )
    file = forms.FileField(label=_("Or as a file"), required=False, help_text=_("Up to 10 MB."))


class AddActionPoint(forms.Form):
    text = forms.CharField(label=_("What is to be done?"), max_length=300)
    owner = forms.ChoiceField(label=_("Who does it?"))
    due = forms.DateField(label=_("By when?"), widget=forms.DateInput)

    def __init__(self, *args: Any, people: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].choices = [("", _("Choose a person")), *people]  # type: ignore[attr-defined]


class Withdraw(forms.Form):
    reason = forms.CharField(label=_("Why is it withdrawn?"), max_length=300)


class HeldElsewhere(RecordOutcome):
    """Half a minute: when, what came of it, and the file."""

    on = forms.DateField(label=_("When was it held?"), widget=forms.DateInput)
    committee = forms.ChoiceField(label=_("Committee"))
    file = forms.FileField(
        label=_("The file with the text"), required=False, help_text=_("PDF or Word, up to 10 MB.")
    )
    text = forms.CharField(
        label=_("What was said"),
        required=False,
        widget=forms.Textarea(attrs={"rows": "4"}),
        max_length=40000,
    )
    approved_on = forms.DateField(label=_("Approved on"), required=False, widget=forms.DateInput)
    approved_by = forms.CharField(
        label=_("Approved by"),
        required=False,
        max_length=200,
        help_text=_("Names or seats, as the text says."),
    )

    def __init__(self, *args: Any, committees: Sequence[Committee], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in [name for name in self.fields if name.startswith("position_")]:
            del self.fields[name]
        del self.fields["version"]
        self.fields["committee"].choices = [(one.ref, one.name) for one in committees]  # type: ignore[attr-defined]
        self.order_fields([*self.enough(), "committee", "approved_on", "approved_by", "text", "order"])

    def enough(self) -> list[str]:
        """What nobody but the person knows; the rest is known, or may be left out."""
        return ["on", *self._outcome_names(), "file"]

    def asked(self) -> list[forms.BoundField]:
        return [self[name] for name in self.enough()]

    def optional(self) -> list[forms.BoundField]:
        return [one for one in self.visible_fields() if one.name not in self.enough()]


def _same_lines(text: str) -> str:
    return text.replace("\r\n", "\n").strip()
