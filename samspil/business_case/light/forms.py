"""The light case: five lines on one page. The full case grows from it."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from samspil.business_case.models import Case, Part
from samspil.business_case.table.columns import LIGHT, when_of, whole
from samspil.business_case.table.grid import Grid
from samspil.business_case.words import MEANINGS

ROOM = 5
SIMPLE = {"title", "kind", "class", "payer", "beneficiary", "amount", "share_by_year"}
CHOOSE = {"": _("Choose, where you give low and high")}


class LightForm(forms.Form):
    """Rows for five lines; what low and high mean is asked once for all of them."""

    meaning = forms.ChoiceField(
        label=_("What low and high mean"),
        choices=[*CHOOSE.items(), *((key, title) for key, title in MEANINGS.items() if key)],
        required=False,
        help_text=_("The same three numbers say different things, so it has to be said which is meant."),
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        parts: Sequence[Part] = (),
        years: Sequence[int] = (),
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=dict(initial or {}))
        given = data if data is not None else (initial or {})
        meaning = str(given.get("meaning", ""))
        self.grid = Grid(
            data,
            parts=parts,
            columns=LIGHT,
            years=years or _years(given),
            new=max(0, ROOM - len(parts)),
            initial=initial,
            meaning=meaning if meaning in MEANINGS else "",
        )


class BeginForm(LightForm):
    """The light case of an initiative that has none yet."""

    title = forms.CharField(label=pgettext_lazy("of a case", "Name"), max_length=300)
    first_year = forms.IntegerField(label=_("First year"), min_value=1900, max_value=2200)
    years = forms.IntegerField(label=_("How many years"), min_value=1, max_value=150)
    because = forms.CharField(required=False, widget=forms.HiddenInput)

    def frame(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("first_year", "years")}


def is_light(case: Case, parts: Sequence[Part]) -> bool:
    """Whether one page says all that is in the case."""
    years = range(int(case.frame["first_year"]), int(case.frame["first_year"]) + int(case.frame["years"]))
    simple = all(
        one.kind == Part.Kind.LINE
        and set(one.content) <= SIMPLE
        and when_of(one.content.get("share_by_year", {}), list(years)) != "other"
        for one in parts
    )
    return len(parts) <= ROOM and simple and len(meanings_of(parts) - {""}) <= 1


def meanings_of(parts: Sequence[Part]) -> set[str]:
    figures = [one.content.get("amount") for one in parts]
    return {one.get("meaning", "") for one in figures if isinstance(one, dict)}


def meaning_of(parts: Sequence[Part]) -> str:
    """What low and high mean in all of them."""
    return next(iter(meanings_of(parts) - {""}), "")


def _years(given: Mapping[str, Any]) -> list[int]:
    first, count = whole(str(given.get("first_year", "")), 9999), whole(str(given.get("years", "")), 150)
    return list(range(first, first + max(count, 1)))
