"""What people fill in to draw the map."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samspil.benefits.models import MapNode
from samspil.benefits.words import EFFECTS, KINDS
from samspil.core.benefits.benefit_map import ORDER, Kind


class NodeForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("What is it?"),
        help_text=_("Benefits come onto the map from the register."),
        choices=[(kind, KINDS[kind]) for kind in ORDER if kind is not Kind.BENEFIT],
        widget=forms.RadioSelect,
    )
    title = forms.CharField(label=_("In a few words"), max_length=200)


class ArrowForm(forms.Form):
    """From one thing to the next; the lists are in the order of the map."""

    start = forms.ChoiceField(label=_("From"))
    effect = forms.ChoiceField(label=_("What it does"), choices=list(EFFECTS.items()))
    end = forms.ChoiceField(label=_("To"))

    def __init__(self, *args: Any, nodes: Sequence[MapNode], **options: Any) -> None:
        super().__init__(*args, **options)
        self.nodes = {one.ref: one for one in nodes}
        grouped = [
            (KINDS[kind], [(one.ref, str(one)) for one in nodes if one.kind == kind])
            for kind in ORDER
            if any(one.kind == kind for one in nodes)
        ]
        for name in ("start", "end"):
            self.fields[name].choices = [("", _("Choose")), *grouped]  # type: ignore[attr-defined]
