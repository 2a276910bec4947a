"""What is decided about a round. Two things are typed; the rest has a usual answer."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.db.models import Model
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from samspil.core.round_promise import FLOOR_BREAKDOWN, FLOOR_TOTAL
from samspil.initiative.models import Initiative
from samspil.organisation import queries as house
from samspil.organisation.models import AudienceGroup, Committee, Organisation, Unit
from samspil.organisation.viewer import Viewer
from samspil.participation.actions import Plan
from samspil.participation.levels import LEVELS
from samspil.participation.models import Round
from samspil.participation.organising import legal
from samspil.participation.words import INFLUENCE, INFLUENCE_NAMES

USUAL_TIME = timedelta(days=14)  # between two meetings
MOST_ASKED = 100_000
QUICK = ("title", "purpose", "asked", "closes_on", "legal_basis", "disposal")
MORE = (
    *("level", "influence", "by_link", "opens_on", "language"),
    *("smallest_total", "smallest_breakdown", "unit", "committee", "group"),
)
Chosen = Unit | Committee | AudienceGroup


class PlanForm(forms.Form):
    """The quick way above, everything else under "More"."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    title = forms.CharField(label=_("What do you ask about?"), max_length=200)
    purpose = forms.CharField(
        label=_("Why do you ask, and what will you use it for?"),
        help_text=_("Two sentences are enough. Whoever is asked reads them first."),
        max_length=1500,
        widget=forms.Textarea(attrs={"rows": "3"}),
    )
    asked = forms.MultipleChoiceField(
        label=_("Who is asked?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Everybody in a unit and below it, the members of a committee, or a group outside."),
    )
    closes_on = forms.DateField(label=_("Last day"), widget=forms.DateInput)
    legal_basis = forms.CharField(
        label=_("On what legal basis?"), max_length=1500, widget=forms.Textarea(attrs={"rows": "3"})
    )
    disposal = forms.CharField(
        label=_("Decision on disposal (gallringsbeslut)"),
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": "2"}),
    )
    level = forms.ChoiceField(
        label=_("How are the answers kept?"),
        widget=forms.RadioSelect,
        choices=[(key, words.name) for key, words in LEVELS.items()],
        initial=Round.Level.CONFIDENTIAL,
        help_text=_(
            "Nobody can lower it once the round is open. A secret round needs three key holders "
            "and their ceremony."
        ),
    )
    influence = forms.ChoiceField(
        label=_("What do you promise?"),
        widget=forms.RadioSelect,
        choices=[(key, INFLUENCE_NAMES[key]) for key in INFLUENCE],
        initial=Round.Influence.CONSULTED,
    )
    by_link = forms.BooleanField(
        label=_("Whoever has the link may take part, unverified; it is counted apart"), required=False
    )
    opens_on = forms.DateField(label=_("First day"), widget=forms.DateInput)
    language = forms.ChoiceField(
        label=_("Language you write in"),
        choices=settings.LANGUAGES,
        help_text=_("The pages around your text come in every language."),
    )
    smallest_total = forms.IntegerField(
        label=_("Smallest group that is shown"), min_value=FLOOR_TOTAL, max_value=1000, initial=FLOOR_TOTAL
    )
    smallest_breakdown = forms.IntegerField(
        label=_("Smallest group in breakdowns"),
        min_value=FLOOR_BREAKDOWN,
        max_value=1000,
        initial=FLOOR_BREAKDOWN,
        help_text=_("Both can be raised now, and stand once the round is open."),
    )
    unit = forms.ChoiceField(label=_("Another unit, too"), required=False)
    committee = forms.ChoiceField(label=_("Another committee, too"), required=False)
    group = forms.ChoiceField(label=_("Another group, too"), required=False)

    def __init__(
        self, *args: Any, organisation: Organisation, offered: Iterable[Chosen], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        known = _everybody()
        near = [key_of(one) for one in offered]
        self.rows: dict[str, Chosen] = {key: row for key, row, _name in known}
        names = {key: name for key, _row, name in known}
        self._offer("asked", [(key, names[key].strip()) for key in dict.fromkeys(near) if key in names])
        for kind in ("unit", "committee", "group"):
            others = [
                (key, name) for key, _row, name in known if key.startswith(f"{kind}:") and key not in near
            ]
            self._offer(kind, [("", "–"), *others])
        self._name_the_law(organisation)

    @property
    def quick(self) -> list[forms.BoundField]:
        return [self[name] for name in QUICK if name in self.fields]

    @property
    def more(self) -> list[forms.BoundField]:
        return [self[name] for name in MORE if name in self.fields]

    @property
    def more_is_wrong(self) -> bool:
        """Something under "More" needs attention, so it stands open."""
        return any(name in self.errors for name in MORE)

    def plan(self) -> Plan:
        typed = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        extra = [typed.pop(kind) for kind in ("unit", "committee", "group")]
        keys = dict.fromkeys([*typed.pop("asked"), *filter(None, extra)])
        chosen = [self.rows[key] for key in keys]
        return Plan(
            **typed,
            units=[one for one in chosen if isinstance(one, Unit)],
            committees=[one for one in chosen if isinstance(one, Committee)],
            groups=[one for one in chosen if isinstance(one, AudienceGroup)],
        )

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        if choices in ([], [("", "–")]):
            del self.fields[name]
            return
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """What had nothing to choose from was not chosen."""
        typed = super().clean() or self.cleaned_data
        nothing = {"asked": [], "unit": "", "committee": "", "group": "", "disposal": ""}
        return {**nothing, **typed}

    def _name_the_law(self, organisation: Organisation) -> None:
        advice = legal.proposed(organisation, organisation.language, get_language() or "en")
        self.fields["legal_basis"].help_text = advice.adapt
        if legal.needs_disposal(organisation):
            self.fields["disposal"].help_text = advice.disposal
        else:
            del self.fields["disposal"]


class WhatCameOfIt(forms.Form):
    """What those who asked tell those who answered."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("What came of it?"),
        help_text=_(
            "Name what will be changed, what will not, and why. Everybody who took part can read it."
        ),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": "8"}),
    )


def usual(viewer: Viewer, initiative: Initiative | None) -> dict[str, Any]:
    """The usual answers for somebody who plans a round now."""
    organisation = viewer.organisation
    basis = legal.proposed(organisation, organisation.language, organisation.language)
    return {
        "asked": [key_of(one) for one in near(initiative) if not isinstance(one, Committee)],
        "opens_on": viewer.today,
        "closes_on": viewer.today + USUAL_TIME,
        "legal_basis": basis.text,
        "language": organisation.language,
        "level": Round.Level.CONFIDENTIAL,
        "influence": Round.Influence.CONSULTED,
    }


def near(initiative: Initiative | None) -> list[Chosen]:
    """Those whom an initiative is about: its units, their committees and its groups."""
    if initiative is None:
        return []
    units = list(initiative.units.order_by("name"))
    committees = house.committees().filter(unit__in=units)
    return [*units, *committees, *initiative.groups.order_by("name")]


def planned(round_: Round) -> dict[str, Any]:
    """What is decided about a round, for its form."""
    facts = {
        name: getattr(round_, name) for name in (*QUICK, *MORE) if hasattr(round_, name) and name != "asked"
    }
    return {**facts, "asked": [key_of(one) for one in already_asked(round_)], "version": round_.version}


def already_asked(round_: Round) -> list[Chosen]:
    rows = round_.asked.select_related("unit", "committee", "group").order_by("pk")
    return [found for row in rows if (found := row.unit or row.committee or row.group)]


def key_of(one: Model) -> str:
    kinds = {Unit: "unit", Committee: "committee", AudienceGroup: "group"}
    return f"{kinds[type(one)]}:{one.ref}"  # type: ignore[index,attr-defined]


def _everybody() -> list[tuple[str, Chosen, str]]:
    """Whoever can be asked: their key, the row, and the name with its depth."""
    return [
        *((key_of(unit), unit, "\u2003" * depth + unit.name) for unit, depth in house.units_in_order()),
        *((key_of(one), one, one.name) for one in house.committees()),
        *((key_of(one), one, one.name) for one in house.groups()),
    ]
