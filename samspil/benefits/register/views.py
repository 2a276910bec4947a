"""The pages of the register: the list, a benefit with all that is known of it, and what is done with it."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samspil.benefits import indicators, queries
from samspil.benefits.measuring.drawing import run_chart
from samspil.benefits.models import Benefit, Prerequisite
from samspil.benefits.permissions import PERMISSIONS
from samspil.benefits.register import actions, forms
from samspil.benefits.ways import BOTH, about_benefit, about_initiative, may, one_form, sent, url
from samspil.business_case.models import Part
from samspil.business_case.table.columns import whole
from samspil.core.benefits import run_chart as runs
from samspil.initiative import queries as hall
from samspil.initiative.models import Initiative
from samspil.kit.forms import answer, typed_on
from samspil.kit.refusal import ChangedMeanwhile
from samspil.organisation import drafts
from samspil.organisation.door import Request, door, typed_before_sign_in, who

ON_A_BENEFIT = (
    "change_benefit",
    "take_out_benefit",
    "answer_for_benefit",
    "hand_over_benefit",
    "excuse_benefit",
    "keep_ledger",
    "measure",
    "explain_deviation",
    "decide_freed_time",
)


@door(PERMISSIONS, "see_benefits", find=hall.initiative)
def register(request: Request, initiative: Initiative) -> HttpResponse:
    """Every benefit of an initiative: who owns it, from where to where, and how it stands."""
    found = queries.of_initiative(initiative, request.viewer.today)
    context = about_initiative(request.viewer, initiative, _("Benefit register"))
    context |= {
        "benefits": [one for one in found if not one.benefit.harm],
        "harms": [one for one in found if one.benefit.harm],
        "counts": queries.counts(found),
        "lacking": [one for one in found if one.lacks],
        "reports": queries.closing_reports(initiative),
        "may": may(
            request.viewer,
            initiative,
            "register_benefit",
            "draw_map",
            "write_closing_report",
            "bring_measurements",
        ),
    }
    context["breadcrumbs"] = context["breadcrumbs"][:-1]
    return render(request, "benefits/register.html", context)


@door(PERMISSIONS, "register_benefit", find=hall.initiative, methods=BOTH)
def register_benefit(request: Request, initiative: Initiative) -> HttpResponse:
    form = drafts.begin(
        request,
        lambda **options: forms.BenefitForm(sent(request), **_offered(initiative), **options),
        worth=Benefit.Worth.REALLOCATION,
    )
    context = about_initiative(request.viewer, initiative, _("Put a benefit into the register"))
    if request.method == "POST":
        made = answer(
            form,
            lambda: actions.register_benefit(
                initiative=initiative,
                described=form.described(),
                because=request.GET.get("because", ""),
                **who(request),
            ),
        )
        if made:
            drafts.sent(request)
            messages.success(request, _("It is in the register. Give it a starting point and a target next."))
            return redirect(url(request.viewer, "benefit", made.ref))
    return render(request, "benefits/benefit_form.html", context | {"form": form})


@door(PERMISSIONS, "see_benefits", find=queries.benefit)
def benefit(request: Request, found: Benefit) -> HttpResponse:
    """A benefit: the promise, the ledger, the figures, and what has to be there before go-live."""
    one = queries.followed(found, request.viewer.today)
    context = about_benefit(request.viewer, found)
    context["breadcrumbs"][-1]["url"] = ""
    context |= {
        "one": one,
        "standing": one.standing,
        "first": one.first_standing,
        "chart": run_chart(one, get_language() or "en"),
        "run": runs.read([figure.value for figure in one.figures]),
        "ledger": _ledger(one),
        "indicator": _indicator(found),
        "may": may(request.viewer, found, *ON_A_BENEFIT),
        "heard": found.line and found.line.ref,
    }
    return render(request, "benefits/benefit.html", context)


@door(PERMISSIONS, "change_benefit", find=queries.benefit, methods=BOTH)
def change_benefit(request: Request, found: Benefit) -> HttpResponse:
    """Both texts are shown where somebody else was quicker."""
    asked = list(found.prerequisites.all())

    def form_of(data: Any, **options: Any) -> forms.BenefitForm:
        return forms.BenefitForm(data, **_offered(found.initiative, found.line), **options)

    initial = forms.written(found, asked) | typed_before_sign_in(request)
    form, fault = form_of(sent(request), initial=initial), None
    if request.method == "POST":
        try:
            done = answer(form, lambda: _change(request, found, form))
        except ChangedMeanwhile as theirs:
            fault, done = theirs, None
            form = form_of(typed_on(request.POST, found.version))
        if done:
            messages.success(request, _("It is saved."))
            return redirect(url(request.viewer, "benefit", found.ref))
    context = about_benefit(request.viewer, found, _("Change what is said of it"))
    context |= {"form": form, "fault": fault}
    return render(request, "benefits/benefit_form.html", context, status=409 if fault else 200)


def _change(request: Request, found: Benefit, form: forms.BenefitForm) -> Benefit:
    version = form.cleaned_data["version"] or 0
    return actions.change_benefit(benefit=found, described=form.described(), version=version, **who(request))


@door(PERMISSIONS, "answer_for_benefit", find=queries.benefit, methods=("POST",))
def accept_benefit(request: Request, found: Benefit) -> HttpResponse:
    sent_version = request.POST.get("version", "")
    version = whole(sent_version) if sent_version else None
    actions.accept_benefit(benefit=found, version=version, **who(request))
    messages.success(request, _("You have said yes. You are reminded when a figure is wanted."))
    return redirect(url(request.viewer, "benefit", found.ref))


@door(PERMISSIONS, "answer_for_benefit", find=queries.benefit, methods=BOTH)
def decline_benefit(request: Request, found: Benefit) -> HttpResponse:
    context = about_benefit(request.viewer, found, _("Say no to owning it"))
    context |= {
        "submit": _("Say no"),
        "lead": _("It is without an owner then, and the project lead is told."),
    }
    return one_form(
        request,
        forms.BecauseForm(sent(request), initial=typed_before_sign_in(request)),
        lambda form: actions.decline_benefit(benefit=found, **form.cleaned_data, **who(request)),
        context,
        done=_("You have said no. The project lead is told."),
    )


@door(PERMISSIONS, "hand_over_benefit", find=queries.benefit, methods=BOTH)
def hand_over_benefit(request: Request, found: Benefit) -> HttpResponse:
    usual = {"owner": str(found.deputy or ""), "deputy": ""}
    context = about_benefit(request.viewer, found, _("Hand it over"))
    context |= {
        "submit": _("Hand it over"),
        "lead": _("The new owner is asked to say yes. The promise stays."),
    }
    return one_form(
        request,
        forms.HandOverForm(sent(request), initial=usual | typed_before_sign_in(request)),
        lambda form: actions.hand_over_benefit(benefit=found, **form.cleaned_data, **who(request)),
        context,
        done=_("It is handed over. The new owner is asked to say yes."),
    )


@door(PERMISSIONS, "excuse_benefit", find=queries.benefit, methods=BOTH)
def excuse_benefit(request: Request, found: Benefit) -> HttpResponse:
    context = about_benefit(request.viewer, found, _("Why it goes live without"))
    context |= {"submit": _("Save")}
    return one_form(
        request,
        forms.ExcuseForm(sent(request), initial={"because": found.excuse} | typed_before_sign_in(request)),
        lambda form: actions.excuse_benefit(benefit=found, **form.cleaned_data, **who(request)),
        context,
        done=_("It is saved. The gate shows it."),
    )


@door(PERMISSIONS, "take_out_benefit", find=queries.benefit, methods=BOTH)
def take_out_benefit(request: Request, found: Benefit) -> HttpResponse:
    context = about_benefit(request.viewer, found, _("Take it out of the register"))
    context |= {"submit": _("Take it out"), "lead": _("What was promised and measured stays in the journal.")}
    return one_form(
        request,
        forms.BecauseForm(sent(request), initial=typed_before_sign_in(request)),
        lambda form: actions.take_out_benefit(benefit=found, **form.cleaned_data, **who(request)),
        context | {"back": url(request.viewer, "register", found.initiative.ref)},
        done=_("It is taken out."),
    )


@door(PERMISSIONS, "change_benefit", find=queries.prerequisite, methods=BOTH)
def meet_prerequisite(request: Request, found: Prerequisite) -> HttpResponse:
    context = about_benefit(request.viewer, found.benefit, _("A prerequisite is there"))
    context |= {"submit": _("Save"), "lead": found.text}
    return one_form(
        request,
        forms.MetForm(
            sent(request), initial={"met_on": request.viewer.today} | typed_before_sign_in(request)
        ),
        lambda form: actions.meet_prerequisite(prerequisite=found, **form.cleaned_data, **who(request)),
        context,
        done=_("It is saved."),
    )


# --- what the doormen share --------------------------------------------------------------------------------


def _offered(initiative: Initiative, rests_on: Part | None = None) -> dict[str, Any]:
    """What can be chosen: standard indicators, and the benefits of the business case. The line that it rests
    on already may stay, also when it was taken out of the case."""
    rows = Part.objects.filter(case__initiative=initiative, kind=Part.Kind.LINE, taken_out_at=None)
    lines = [one for one in rows.select_related("thing") if one.content.get("kind") == "benefit"]
    if rests_on and rests_on not in lines:
        lines.append(rests_on)
    return {"indicators": indicators.standard(initiative.organisation), "lines": lines}


def _indicator(found: Benefit) -> indicators.Indicator | None:
    known: Sequence[indicators.Indicator] = indicators.standard(found.organisation) if found.indicator else ()
    return next((one for one in known if one.key == found.indicator), None)


def _ledger(one: queries.Followed) -> list[tuple[str, Any, bool]]:
    """Starting points and targets as they were set, the newest first; whether it is the gate's promise."""
    rows = [("baseline", row, row == one.first_baseline, row.recorded_at) for row in one.baselines]
    rows += [("target", row, row == one.first_target, row.set_at) for row in one.targets]  # type: ignore[misc]
    rows.sort(key=lambda row: row[3], reverse=True)
    return [(kind, row, promised) for kind, row, promised, _at in rows]
