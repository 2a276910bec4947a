"""What the gallery of components needs: one form with every kind of field, and rows to show.

The gallery is for those who build pages; it speaks English only.
"""

from datetime import date
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.utils.translation import get_language

from samspil.kit.charts import Bar, Bars, Basis, Chart, Stack, StackedBars, draw


class GalleryForm(forms.Form):
    """Every kind of field that <c-field> can show."""

    title = forms.CharField(label="What is the need about?", max_length=120)
    problem = forms.CharField(
        label="What is difficult today?",
        help_text="Write as you would tell a colleague. Names of citizens do not belong here.",
        max_length=600,
        widget=forms.Textarea,
    )
    unit = forms.ChoiceField(
        label="Where does it happen?",
        choices=[("", "Choose a unit"), ("care", "Home care North"), ("school", "Fjord School")],
    )
    origin = forms.ChoiceField(
        label="Where does it come from?",
        widget=forms.RadioSelect,
        choices=[
            ("own", "From our own work"),
            ("law", "From a law"),
            ("joint", "A joint public system"),
        ],
    )
    groups = forms.MultipleChoiceField(
        label="Who is affected?",
        help_text="Choose all that fit.",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[("staff", "Employees"), ("citizens", "Citizens"), ("companies", "Companies")],
    )
    due = forms.DateField(label="When must it be decided?", required=False, widget=forms.DateInput)
    people = forms.IntegerField(label="How many people use it in a week?", min_value=0, required=False)
    paper = forms.FileField(label="Something to show", required=False, help_text="Up to 10 MB.")
    agreed = forms.BooleanField(label="I have talked with the people it concerns")


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
            {"title": "Overview", "url": "#"},
            {"title": "Initiatives", "url": "#"},
            {"title": "Components", "url": ""},
        ],
    }


def _columns() -> dict[str, list[dict[str, Any]]]:
    answers = {"title": "Answers", "number": True}
    return {
        "gallery_demands": [{"title": "Demand"}, {"title": "Status"}, {"title": "Who"}],
        "gallery_columns": [
            {"title": "Initiative"},
            {"title": "Phase"},
            {"title": "Before the gate"},
            answers,
        ],
    }


def _steps() -> list[dict[str, Any]]:
    return [
        {"name": "Idea", "state": "done", "note": "Decided 4 March", "url": "#idea"},
        {"name": "Development", "state": "done", "note": "Decided 19 June", "url": "#development"},
        {"name": "Implementation", "state": "current", "note": "Gate 24 February"},
        {"name": "Follow-up", "state": "coming"},
        {"name": "Closed", "state": "coming"},
    ]


def _tabs() -> list[dict[str, Any]]:
    return [
        {"title": "Questions", "url": "#questions", "current": True, "count": 6},
        {"title": "Answers", "url": "#answers", "count": 2},
        {"title": "Minutes", "url": "#minutes"},
    ]


def _rosters() -> Chart:
    answers = (Bar("To a high degree", 41), Bar("To some degree", 108))
    rest = (Bar("To a low degree", 65), Bar("Night shift", None))
    basis = Basis(n=214, source="Survey in home care", as_of=date(2026, 11, 14))
    title = "Do the rosters reach you in time?"
    return draw(Bars(title, "answers", (*answers, *rest), basis), get_language() or "en")


def _statements() -> Chart:
    parts = ("Agree", "Pass", "Disagree")
    stacks = (
        Stack("The roster should be ready three weeks ahead.", (148, 31, 12)),
        Stack("I want to be able to swap shifts myself.", (74, 58, 66)),
    )
    basis = Basis(n=198, source="Opinion round in home care", as_of=date(2026, 11, 14))
    return draw(StackedBars("What colleagues think", parts, stacks, basis), get_language() or "en")
