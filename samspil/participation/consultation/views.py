"""The doorman of what is set apart."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspil.kit.forms import answer
from samspil.organisation.door import Request, door, typed_before_sign_in
from samspil.participation import queries
from samspil.participation.consultation import actions
from samspil.participation.models import Round
from samspil.participation.organising import pages
from samspil.participation.permissions import PERMISSIONS


class LetIn(forms.Form):
    because = forms.CharField(
        label=gettext_lazy("How do you know that these are people?"),
        help_text=gettext_lazy("For instance: a whole school answered in one hour. Everybody can read it."),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": "3"}),
    )


@door(PERMISSIONS, "let_in", find=queries.round_with, methods=("GET", "POST"))
def let_in(request: Request, found: Round) -> HttpResponse:
    """Let in what was set apart, for a reason."""
    form = LetIn(request.POST or None, initial=typed_before_sign_in(request))
    if request.method == "POST":
        count = answer(
            form,
            lambda: actions.let_in(
                round_=found, because=form.cleaned_data["because"], by=request.viewer, at=request.at
            ),
        )
        if count:
            messages.success(request, _("They count from now on."))
            return redirect(reverse("participation:round", args=[found.organisation.slug, found.ref]))
    context = pages.about(found, _("What is set apart")) | {
        "form": form,
        "set_apart": queries.set_apart(found),
    }
    return render(request, "participation/rounds/let_in.html", context)
