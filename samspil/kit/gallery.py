"""What the gallery of components needs: one form with every kind of field, and rows to show."""

from datetime import date
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from samspil.kit.charts import Bar, Bars, Basis, Chart, Stack, StackedBars, draw


class GalleryForm(forms.Form):
    """Every kind of field that <c-field> can show."""

    title = forms.CharField(label=_("What is the need about?"), max_length=120)
    problem = forms.CharField(
        label=_("What is difficult today?"),
        help_text=_("Write as you would tell a colleague. Names of citizens do not belong here."),
        max_length=600,
        widget=forms.Textarea,
    )
    unit = forms.ChoiceField(
        label=_("Where does it happen?"),
        choices=[("", _("Choose a unit")), ("care", _("Home care North")), ("school", _("Fjord School"))],
    )
    origin = forms.ChoiceField(
        label=_("Where does it come from?"),
        widget=forms.RadioSelect,
        choices=[
            ("own", _("From our own work")),
            ("law", _("From a law")),
            ("joint", _("A joint public system")),
        ],
    )
    groups = forms.MultipleChoiceField(
        label=_("Who is affected?"),
        help_text=_("Choose all that fit."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[("staff", _("Employees")), ("citizens", _("Citizens")), ("companies", _("Companies"))],
    )
    due = forms.DateField(label=_("When must it be decided?"), required=False, widget=forms.DateInput)
    people = forms.IntegerField(label=_("How many people use it in a week?"), min_value=0, required=False)
    paper = forms.FileField(label=_("Something to show"), required=False, help_text=_("Up to 10 MB."))
    agreed = forms.BooleanField(label=_("I have talked with the people it concerns"))


def gallery_context() -> dict[str, Any]:
    """What kit/gallery.html shows: an empty form, a form with faults, phases, rows and pages."""
    faulty = GalleryForm(
        {"faulty-title": "Rosters", "faulty-people": "-3", "faulty-groups": ["staff"]}, prefix="faulty"
    )
    return {
        "gallery_form": GalleryForm(initial={"title": "Rosters nobody can read on a phone"}),
        "faulty_form": faulty,
        "gallery_steps": _steps(),
        **_columns(),
        "gallery_charts": [_rosters(), _statements()],
        "gallery_page": Paginator(range(90), 10).page(2),
        "gallery_tabs": _tabs(),
        "gallery_crumbs": [
            {"title": _("Overview"), "url": "#"},
            {"title": _("Initiatives"), "url": "#"},
            {"title": _("Components"), "url": ""},
        ],
    }


def _columns() -> dict[str, list[dict[str, Any]]]:
    answers = {"title": _("Answers"), "number": True}
    return {
        "gallery_demands": [{"title": _("Demand")}, {"title": _("Status")}, {"title": _("Who")}],
        "gallery_columns": [
            {"title": _("Initiative")},
            {"title": _("Phase")},
            {"title": _("Before the gate")},
            answers,
        ],
    }


def _steps() -> list[dict[str, Any]]:
    return [
        {"name": _("Idea"), "state": "done", "note": _("Decided 4 March"), "url": "#idea"},
        {"name": _("Development"), "state": "done", "note": _("Decided 19 June"), "url": "#development"},
        {"name": _("Implementation"), "state": "current", "note": _("Gate 24 February")},
        {"name": _("Follow-up"), "state": "coming"},
        {"name": _("Closed"), "state": "coming"},
    ]


def _tabs() -> list[dict[str, Any]]:
    return [
        {"title": _("Questions"), "url": "#questions", "current": True, "count": 6},
        {"title": _("Answers"), "url": "#answers", "count": 2},
        {"title": _("Minutes"), "url": "#minutes"},
    ]


def _rosters() -> Chart:
    answers = (Bar(str(_("To a high degree")), 41), Bar(str(_("To some degree")), 108))
    rest = (Bar(str(_("To a low degree")), 65), Bar(str(_("Night shift")), None))
    basis = Basis(n=214, source=str(_("Survey in home care")), as_of=date(2026, 11, 14))
    title = str(_("Do the rosters reach you in time?"))
    return draw(Bars(title, str(_("answers")), (*answers, *rest), basis), get_language() or "en")


def _statements() -> Chart:
    parts = (str(_("Agree")), str(_("Pass")), str(_("Disagree")))
    stacks = (
        Stack(str(_("The roster should be ready three weeks ahead.")), (148, 31, 12)),
        Stack(str(_("I want to be able to swap shifts myself.")), (74, 58, 66)),
    )
    basis = Basis(n=198, source=str(_("Opinion round in home care")), as_of=date(2026, 11, 14))
    return draw(StackedBars(str(_("What colleagues think")), parts, stacks, basis), get_language() or "en")
