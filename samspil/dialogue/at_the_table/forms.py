"""The secretary's page: for each item of the meeting what came of it, what was said, and one action."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from samspil.dialogue import ask_fields, asks, keeping, signing
from samspil.dialogue import regime as regimes
from samspil.dialogue.forms import RecordOutcome
from samspil.dialogue.models import Item, Meeting
from samspil.organisation.models import Committee, Union

ACTION = ("action_text", "action_owner", "action_due")


class ItemAtTheTable(RecordOutcome):
    """Everything about one item. What is left as it was is not saved again."""

    stored: Mapping[str, Any]
    text_version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    text = forms.CharField(
        label=_("What was said"),
        required=False,
        widget=forms.Textarea(attrs={"rows": "6"}),
        max_length=40000,
    )
    action_text = forms.CharField(label=_("What is to be done?"), required=False, max_length=300)
    action_owner = forms.ChoiceField(label=_("Who does it?"), required=False)
    action_due = forms.DateField(label=_("By when?"), required=False, widget=forms.DateInput)

    def __init__(self, *args: Any, people: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["action_owner"].choices = [("", _("Choose a person")), *people]  # type: ignore[attr-defined]
        if "outcome" in self.fields:
            self.fields["outcome"].required = False
            known = [(one.key, one.title) for one in self.regime.outcomes]
            self.fields["outcome"].widget = forms.Select()
            self.fields["outcome"].choices = [("", _("Nothing yet")), *known]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        given = [bool(cleaned.get(name)) for name in ACTION]
        if any(given) and not all(given) and not set(ACTION) & set(self.errors):
            missing = next(name for name, there in zip(ACTION, given, strict=True) if not there)
            self.add_error(missing, _("An action needs what is to be done, who does it and by when."))
        return cleaned

    @property
    def has_outcome(self) -> bool:
        return any(self.cleaned_data.get(name) for name in self._outcome_names())

    @property
    def result_changed(self) -> bool:
        """Whether what came of it, or what a side stood for, differs from what is stored."""
        names = [*self._outcome_names(), *self._told_names(), *self._position_names(), "order"]
        return any(_plain(self.cleaned_data.get(name)) != _plain(self.stored.get(name)) for name in names)

    def _told_names(self) -> Iterator[str]:
        """The fields in which is told what the chosen outcomes ask for."""
        for union in self.each:
            chosen = self.regime.outcome(self.cleaned_data.get(self._choice(union)) or "")
            for ask in self.regime.asked_by(chosen) if chosen else ():
                yield from ask_fields.names_of(ask, union)

    @property
    def text_changed(self) -> bool:
        return _plain(self.cleaned_data["text"]) != _plain(self.stored.get("text"))

    @property
    def has_action(self) -> bool:
        return bool(self.cleaned_data.get("action_text"))

    @property
    def anything(self) -> bool:
        return self.result_changed or self.text_changed or self.has_action

    @property
    def says_more(self) -> bool:
        """Whether a side's words are there, or something is wrong with them."""
        fields = self.side_fields()
        return any(field.value() or field.errors for field in fields)

    @property
    def has_typed_action(self) -> bool:
        return any(field.value() or field.errors for field in self.action_fields())

    def names(self) -> list[str]:
        """The names under which its fields are sent."""
        return [self.add_prefix(name) for name in self.fields]

    def result_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self._outcome_names()]

    def side_fields(self) -> list[forms.BoundField]:
        names = [*self._position_names(), "order"]
        return [self[name] for name in names if name in self.fields]

    def action_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in ACTION]


class WholeMeeting(forms.Form):
    """One form for all items of a meeting, each under its ref."""

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        items: Sequence[Item],
        stored: Mapping[str, Mapping[str, Any]],
        unions: Sequence[Union],
        people: Sequence[tuple[str, str]],
        meetings: Sequence[Meeting],
        guidelines: Mapping[int, str],
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data)
        typed = initial or {}
        committees = list(Committee.objects.order_by("name"))
        tables = keeping.tables_of(items, items[0].meeting if items else None)
        self.parts: dict[str, ItemAtTheTable] = {}
        for item in items:
            own = {
                name.removeprefix(f"{item.ref}-"): value
                for name, value in typed.items()
                if name.startswith(f"{item.ref}-")
            }
            part = ItemAtTheTable(
                data,
                prefix=item.ref,
                regime=regimes.as_read(tables[item.pk], item.organisation),
                unions=unions,
                people=people,
                committee=item.committee,
                meetings=meetings,
                committees=committees,
                initial={**_meant(guidelines.get(item.pk)), **stored[item.ref], **own},
            )
            part.stored = stored[item.ref]
            if item.before_step_id is None:
                part.fields.pop("order", None)
            self.parts[item.ref] = part

    def again(self, data: QueryDict, ref: str, versions: Mapping[str, int]) -> QueryDict:
        """What was typed about an item, on the versions that are stored now."""
        typed = data.copy()
        for name, version in versions.items():
            typed[f"{ref}-{name}"] = str(version)
        return typed


def _meant(guideline: str | None) -> dict[str, str]:
    """The answer to “which guideline?”, where only one can be meant."""
    return {asks.field_of("guideline", None): guideline} if guideline else {}


def _plain(value: Any) -> str:
    return str(value or "").replace("\r\n", "\n").strip()


def unions_at(item: Item | None, today: Any) -> list[Union]:
    return signing.unions_of(signing.seats_in([item.committee_id], today)) if item else []
