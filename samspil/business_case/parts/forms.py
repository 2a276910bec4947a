"""All that a line, a shared figure or a risk says, in one form each."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from samspil.business_case.models import Part
from samspil.business_case.parts.figures import fields_of, figure_of, initial_of, number_field
from samspil.business_case.refusals import Unreadable
from samspil.business_case.table.columns import row_of, said_shares
from samspil.business_case.words import SCENARIOS, SORTS, spoken_corners
from samspil.initiative import choosing
from samspil.organisation.models import Person

Content = dict[str, Any]
NAME = _("Type the name, or part of it. Empty: nobody yet.")


class PartForm(forms.Form):
    """What all parts have: a name, people, and the version that was before whoever writes."""

    title = forms.CharField(label=pgettext_lazy("of a line", "Name"), max_length=200)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)
    because = forms.CharField(widget=forms.HiddenInput, required=False)
    at_field: Mapping[str, str] = {}

    def __init__(self, *args: Any, part: Part | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.part = part

    def content(self) -> Content:
        raise NotImplementedError

    def person(self, name: str) -> Person | None:
        found: Person | None = self.cleaned_data.get(name)
        return found

    def refused(self, fault: Unreadable) -> None:
        """Each fault at its field; those elsewhere in the case above the form."""
        for one in fault.faults:
            field = self.field_of(one.field)
            here = field if field in self.fields else None
            self.add_error(here, one.bare if here else one.sentence)

    def field_of(self, path: str) -> str:
        first, _dot, rest = path.partition(".")
        if first in ("amount", "quantity", "price", "value", "consequence"):
            prefix = "amount" if first == "quantity" else first
            return f"{prefix}_{rest if rest not in ('', 'value') else 'likely'}"
        if first == "share_by_year":
            return f"y{rest}"
        return self.at_field.get(path, first)

    def _found(self, name: str) -> Person | None:
        """Whoever is meant: the present one, or the only one that the typed words fit."""
        typed = str(self.cleaned_data.get(name) or "").strip()
        present = getattr(self.part, name, None) if self.part else None
        if not typed or (present and typed == str(present)):
            return present if typed else None
        found = choosing.find_people(typed)
        exact = [one for one in found if str(one) == typed] or found
        if len(exact) == 1:
            return exact[0]
        names = ", ".join(str(one) for one in found[:5])
        if not found:
            raise ValidationError(
                _("Nobody here is called “%(typed)s”. Try fewer letters."), params={"typed": typed}
            )
        raise ValidationError(_("Several are called that: %(names)s. Write more."), params={"names": names})


class Estimated(PartForm):
    estimator = forms.CharField(label=_("Estimated by"), required=False, max_length=200, help_text=NAME)

    def clean_estimator(self) -> Person | None:
        return self._found("estimator")


class Owned(Estimated):
    owner = forms.CharField(label=_("Owner"), required=False, max_length=200, help_text=NAME)

    def clean_owner(self) -> Person | None:
        return self._found("owner")


class LineForm(Owned):
    """A line with everything it can say."""

    sort = forms.ChoiceField(label=_("What it is"), choices=list(SORTS.items()))
    who = forms.CharField(
        label=_("Who pays or gains"),
        required=False,
        max_length=100,
        help_text=_("A unit, citizens, another authority: on whose account it stands."),
    )
    unit = forms.CharField(
        label=_("Unit"), required=False, max_length=60, help_text=_("Hours, licences, visits …")
    )
    price_year = forms.IntegerField(
        label=_("Prices of the year"), required=False, help_text=_("Where it is not that of the case.")
    )
    scenario = forms.ChoiceField(label=_("Scenario"), choices=list(SCENARIOS.items()), initial="difference")
    drivers = forms.MultipleChoiceField(
        label=_("Multiplied by"), required=False, widget=forms.CheckboxSelectMultiple
    )
    hours_whose = forms.CharField(
        label=_("Whose hours"),
        required=False,
        max_length=100,
        help_text=_("Two benefits that free the same hours count them twice; so name them."),
    )
    hours_task = forms.CharField(label=_("Spent on what"), required=False, max_length=100)
    corner = forms.ChoiceField(
        label=_("Seen from"), required=False, choices=[("", _("by what it is")), *spoken_corners()]
    )
    freed_on = forms.DateField(
        label=_("Use of the freed time was decided on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("Freed time counts as nothing until its use is decided."),
    )
    freed_use = forms.CharField(label=_("What it is used for"), required=False, max_length=300)
    freed_by = forms.CharField(label=_("Decided by"), required=False, max_length=150)
    at_field = {
        "kind": "sort",
        "class": "sort",
        "payer": "who",
        "beneficiary": "who",
        "hours.whose": "hours_whose",
        "hours.task": "hours_task",
        "freed_time.decided_on": "freed_on",
        "freed_time.use": "freed_use",
        "freed_time.by": "freed_by",
    }

    def __init__(
        self,
        *args: Any,
        years: Sequence[int],
        drivers: Iterable[Part],
        hourly: Iterable[str],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.years = list(years)
        self.fields |= fields_of("amount") | fields_of("price", hourly)
        self.fields |= {f"y{year}": number_field(str(year), initial="100") for year in self.years}
        offered = [(one.ref, str(one)) for one in drivers]
        self.fields["drivers"].choices = offered  # type: ignore[attr-defined]
        if not offered:
            del self.fields["drivers"]

    @property
    def groups(self) -> "list[tuple[str, list[forms.BoundField]]]":
        """The fields in the order in which one thinks of them."""

        def these(*names: str) -> list[forms.BoundField]:
            return [self[name] for name in names if name in self.fields]

        return [
            (str(_("Who and what")), these("title", "sort", "who", "unit", "owner")),
            (str(_("A year at full effect")), these(*_figure("amount"), "estimator")),
            (
                str(_("Price of one, where the figure above is a number of something")),
                these(*_figure("price")),
            ),
            (
                str(_("How much of it falls in which year, in percent")),
                these(*(f"y{year}" for year in self.years)),
            ),
            (
                str(_("More")),
                these("drivers", "scenario", "corner", "price_year", "hours_whose", "hours_task"),
            ),
            (str(_("Freed time")), these("freed_on", "freed_use", "freed_by")),
        ]

    def content(self) -> Content:
        data = self.cleaned_data
        kind, _dot, worth = data["sort"].partition(".")
        price, figure = figure_of(data, "price"), figure_of(data, "amount")
        hours = {"whose": data["hours_whose"].strip(), "task": data["hours_task"].strip()}
        freed = {
            "decided_on": data["freed_on"].isoformat() if data["freed_on"] else "",
            "use": data["freed_use"].strip(),
            "by": data["freed_by"].strip(),
        }
        return _filled(
            {
                "title": data["title"].strip(),
                "kind": kind,
                "class": worth,
                "scenario": data["scenario"] if data["scenario"] != "difference" else "",
                ("payer" if kind == "cost" else "beneficiary"): data["who"].strip(),
                "unit": data["unit"].strip(),
                **({"quantity": figure, "price": price} if price else {"amount": figure}),
                "share_by_year": {}
                if worth == "qualitative"
                else said_shares({f"y{year}": data[f"y{year}"] for year in self.years}, self.years),
                "price_year": data["price_year"],
                "drivers": data.get("drivers") or [],
                "hours": hours if any(hours.values()) else None,
                "corner": data["corner"],
                "freed_time": _filled(freed) or None,
            }
        )


class DriverForm(Estimated):
    """A figure that several lines rest on."""

    def __init__(self, *args: Any, hourly: Iterable[str] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields |= fields_of("value", hourly)
        self.order_fields(["title", *_figure("value"), "estimator"])

    def content(self) -> Content:
        return _filled(
            {"title": self.cleaned_data["title"].strip(), "value": figure_of(self.cleaned_data, "value")}
        )


class RiskForm(Owned):
    """What may occur, how probable it is and what it costs then."""

    probability = number_field(_("Probability (%)"), help_text=_("From 0 to 100."))
    year = forms.IntegerField(label=_("Year in which it may occur"), required=False)
    lines = forms.MultipleChoiceField(
        label=_("Lines it would strike"), required=False, widget=forms.CheckboxSelectMultiple
    )
    closed = forms.BooleanField(label=_("It is over, or has been averted"), required=False)

    def __init__(self, *args: Any, lines: Iterable[Part], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields |= fields_of("consequence")
        self.fields["lines"].choices = [(one.ref, str(one)) for one in lines]  # type: ignore[attr-defined]
        self.order_fields(
            ["title", "probability", *_figure("consequence"), "year", "lines", "estimator", "owner", "closed"]
        )

    def content(self) -> Content:
        data = self.cleaned_data
        share = said_shares({"y0": data["probability"]}, [0])
        return _filled(
            {
                "title": data["title"].strip(),
                "probability": share.get("0", "0" if data["probability"].strip() else ""),
                "consequence": figure_of(data, "consequence"),
                "year": data["year"],
                "lines": data["lines"],
                "closed": data["closed"],
            }
        )


def initial_line(part: Part, years: Sequence[int]) -> dict[str, Any]:
    """What the form shows of a line."""
    content = part.content
    row = row_of(content, years)
    hours, freed = content.get("hours", {}), content.get("freed_time", {})
    return {
        **{name: row[name] for name in ("title", "sort", "who", "unit")},
        **{f"y{year}": row[f"y{year}"] for year in years},
        **initial_of(content.get("amount", content.get("quantity")), "amount"),
        **initial_of(content.get("price"), "price"),
        "price_year": content.get("price_year"),
        "scenario": content.get("scenario", "difference"),
        "drivers": content.get("drivers", []),
        "hours_whose": hours.get("whose", ""),
        "hours_task": hours.get("task", ""),
        "corner": content.get("corner", ""),
        "freed_on": freed.get("decided_on"),
        "freed_use": freed.get("use", ""),
        "freed_by": freed.get("by", ""),
        **people_of(part),
    }


def initial_driver(part: Part) -> dict[str, Any]:
    return {"title": str(part), **initial_of(part.content.get("value"), "value"), **people_of(part)}


def initial_risk(part: Part) -> dict[str, Any]:
    content = part.content
    percent = row_of({"share_by_year": {"0": content.get("probability", "")}}, [0])["y0"]
    return {
        **{name: content.get(name) for name in ("title", "year", "lines", "closed")},
        "probability": percent,
        **initial_of(content.get("consequence"), "consequence"),
        **people_of(part),
    }


def people_of(part: Part) -> dict[str, Any]:
    named = {name: getattr(part, name) for name in ("owner", "estimator")}
    return {name: str(person) if person else "" for name, person in named.items()} | {"version": part.version}


def _figure(prefix: str) -> tuple[str, ...]:
    names = ("low", "likely", "high", "meaning", "source", "hourly")
    return tuple(f"{prefix}_{name}" for name in names)


def _filled(content: Mapping[str, Any]) -> Content:
    return {name: value for name, value in content.items() if value not in (None, "", {}, [], False)}
