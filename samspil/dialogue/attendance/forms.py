"""What the secretary fills in about who came: one line a member."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samspil.dialogue.attendance.actions import Came
from samspil.dialogue.attendance.counting import Place
from samspil.dialogue.attendance.models import Attendance
from samspil.organisation.models import Person

Presence = Attendance.Presence
WORDS = {
    Presence.PRESENT: _("Came"),
    Presence.EXCUSED: _("Excused"),
    Presence.ABSENT: _("Absent"),
}


class NoteAttendance(forms.Form):
    """A choice for each member: came, a substitute by name, excused or absent."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    note = forms.CharField(
        label=_("Note on the quorum"),
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": "3"}),
        help_text=_("Left empty, it is written from the rules of procedure."),
    )

    def __init__(self, *args: Any, places: Sequence[Place], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = places
        for place in places:
            self.fields[f"seat_{place.seat.ref}"] = forms.ChoiceField(
                label=str(place.seat.person), choices=_choices(place), initial=Presence.PRESENT
            )

    def lines(self) -> list[tuple[Place, forms.BoundField]]:
        return [(place, self[f"seat_{place.seat.ref}"]) for place in self.places]

    def came(self) -> list[Came]:
        return [self._came(place, self.cleaned_data[f"seat_{place.seat.ref}"]) for place in self.places]

    def _came(self, place: Place, chosen: str) -> Came:
        stood_in = next((one for one in place.substitutes if chosen == _key(one)), None)
        return Came(place.seat, Presence.SUBSTITUTE if stood_in else chosen, stood_in)


def as_noted(sheet: Any) -> dict[str, Any]:
    """What has been noted, for the form."""
    if sheet is None:
        return {"version": 0}
    chosen = {
        f"seat_{row.seat.ref}": _key(row.stood_in) if row.stood_in else row.presence
        for row in sheet.rows.all()
    }
    return {"version": sheet.version, "note": sheet.note, **chosen}


def _choices(place: Place) -> list[tuple[str, Any]]:
    instead = [(_key(one), _("Substitute: %(who)s") % {"who": one}) for one in place.substitutes]
    return [
        (Presence.PRESENT.value, WORDS[Presence.PRESENT]),
        *instead,
        (Presence.EXCUSED.value, WORDS[Presence.EXCUSED]),
        (Presence.ABSENT.value, WORDS[Presence.ABSENT]),
    ]


def _key(person: Person) -> str:
    return f"person_{person.ref}"
