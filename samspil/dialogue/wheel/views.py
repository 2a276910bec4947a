"""The doormen of the annual wheel."""

from datetime import date
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from samspil.dialogue import queries, words
from samspil.dialogue.doorstep import BOTH, about_committee, to
from samspil.dialogue.models import Meeting
from samspil.dialogue.permissions import PERMISSIONS
from samspil.dialogue.wheel import actions, forms, year
from samspil.dialogue.wheel.models import StandingTopic
from samspil.kit.forms import answer, typed_on
from samspil.kit.refusal import ChangedMeanwhile
from samspil.organisation import drafts
from samspil.organisation.door import Request, door, typed_before_sign_in, who
from samspil.organisation.models import Committee

WHY_MOVED = {
    "weekend": gettext_lazy("It lies on a weekend."),
    "holiday": gettext_lazy("It is a public holiday."),
    "quiet_week": gettext_lazy("It lies in week %(week)s, a week without meetings."),
    "taken": gettext_lazy("There is a meeting on this day already."),
}


def topic(ref: str) -> StandingTopic | None:
    return StandingTopic.objects.select_related("committee__organisation").filter(ref=ref).first()


@door(PERMISSIONS, "see_committee", find=queries.committee)
def annual_wheel(request: Request, found: Committee) -> HttpResponse:
    """The year of a committee: twelve months, and the same as a table."""
    viewer = request.viewer
    chosen = _year(request)
    context = about_committee(found, viewer)
    title = context["words"].get("annual_wheel", _("annual wheel"))
    meetings, topics = year.meetings_in(found, chosen), year.topics_of(found, viewer.today)
    context["breadcrumbs"].append({"title": capfirst(title)})
    context |= {
        "year": chosen,
        "title": title,
        "months": [(forms.month_name(one.number), one) for one in year.months(topics, meetings)],
        "meetings": meetings,
        "topics": [(one, forms.months_in_words(one.months), _purpose(context, one)) for one in topics],
        "usual": year.usual_topics(found, context["regime"]),
        "may": PERMISSIONS.allows("add_topic", viewer, found),
        "may_plan": PERMISSIONS.allows("plan_year", viewer, found),
        "today": viewer.today,
    }
    return render(request, "dialogue/wheel/year.html", context)


@door(PERMISSIONS, "plan_year", find=queries.committee, methods=BOTH)
def plan_year(request: Request, found: Committee) -> HttpResponse:
    """Choose a rhythm, look at the days it gives, then put them in the calendar."""
    context = about_committee(found, request.viewer, _("Plan a year's meetings"))
    quiet = forms.as_weeks(context["regime"].defaults.get("quiet_weeks", ()))
    make = partial(forms.PlanYear, request.POST or None)
    form = drafts.begin(request, make, year=request.viewer.today.year + 1, quiet_weeks=quiet)
    days: list[Any] = []
    if request.method == "POST" and form.is_valid():
        days = year.days(found, form.wanted(), form.cleaned_data["quiet_weeks"], request.viewer)
        if request.POST.get("then") == forms.PLAN:
            planned = answer(form, lambda: _plan(request, found, form, days))
            if planned:
                drafts.sent(request)
                said = ngettext(
                    "%(count)s meeting is planned.", "%(count)s meetings are planned.", len(planned)
                )
                messages.success(request, said % {"count": len(planned)})
                there = to("annual_wheel", request, found.ref)
                return redirect(f"{there}?year={planned[0].on.year}")
    context |= {"form": form, "days": [_shown(one, request) for one in days]}
    return render(request, "dialogue/wheel/plan_year.html", context)


@door(PERMISSIONS, "add_topic", find=queries.committee, methods=BOTH)
def add_topic(request: Request, found: Committee) -> HttpResponse:
    context = about_committee(found, request.viewer, _("Add a standing topic"))
    form = forms.TopicForm(
        request.POST or None,
        purposes=context["regime"].purposes,
        initial=typed_before_sign_in(request),
    )
    if request.method == "POST":
        added = answer(form, lambda: actions.add_topic(committee=found, **form.facts(), **who(request)))
        if added:
            messages.success(request, _("It stands in the annual wheel."))
            return redirect(to("annual_wheel", request, found.ref))
    return render(request, "dialogue/wheel/topic.html", context | {"form": form})


@door(PERMISSIONS, "change_topic", find=topic, methods=BOTH)
def change_topic(request: Request, found: StandingTopic) -> HttpResponse:
    context = about_committee(found.committee, request.viewer, found.title)
    names = ("title", "about", "purpose", "version")
    initial = {name: getattr(found, name) for name in names} | {"months": [str(one) for one in found.months]}
    make = partial(forms.ChangeTopic, purposes=context["regime"].purposes)
    form = make(request.POST or None, initial=initial | typed_before_sign_in(request))
    theirs = ""
    if request.method == "POST":
        try:
            done = answer(form, lambda: actions.change_topic(topic=found, **form.facts(), **who(request)))
        except ChangedMeanwhile as fault:
            form = make(typed_on(request.POST, found.version))
            form.add_error(None, str(fault.sentence))
            done, theirs = None, fault.theirs
        if done:
            messages.success(request, _("Saved."))
            return redirect(to("annual_wheel", request, found.committee.ref))
    context |= {"form": form, "topic": found, "theirs": theirs}
    return render(request, "dialogue/wheel/topic.html", context, status=409 if theirs else 200)


@door(PERMISSIONS, "end_topic", find=topic, methods=("POST",))
def end_topic(request: Request, found: StandingTopic) -> HttpResponse:
    actions.end_topic(topic=found, **who(request))
    messages.success(request, _("It leaves the annual wheel. Items it became stay."))
    return redirect(to("annual_wheel", request, found.committee.ref))


@door(PERMISSIONS, "take_usual_topics", find=queries.committee, methods=("POST",))
def take_usual_topics(request: Request, found: Committee) -> HttpResponse:
    actions.take_usual_topics(committee=found, keys=request.POST.getlist("keys"), **who(request))
    messages.success(request, _("They stand in the annual wheel and can be changed there."))
    return redirect(to("annual_wheel", request, found.ref))


@door(PERMISSIONS, "place_topic", find=queries.meeting, methods=("POST",))
def place_topic(request: Request, found: Meeting) -> HttpResponse:
    """A topic that the wheel proposes becomes an item of this meeting."""
    chosen = topic(request.POST.get("topic", ""))
    if chosen is None:
        raise Http404
    item = actions.place_topic(topic=chosen, meeting=found, **who(request))
    messages.success(request, _("It stands on the agenda."))
    return redirect(f"{to('meeting', request, found.ref)}#item-{item.ref}")


def _year(request: Request) -> int:
    asked = request.GET.get("year", "")
    known = asked.isdecimal() and 2000 <= int(asked) <= 2100
    return int(asked) if known else request.viewer.today.year


def _plan(
    request: Request, committee: Committee, form: forms.PlanYear, days: list[year.Day]
) -> list[Meeting]:
    kept = set(request.POST.getlist("keep"))
    chosen = [one.planned.on for one in days if one.planned.on and one.planned.on.isoformat() in kept]
    return actions.plan_year(committee=committee, days=chosen, **form.facts(), **who(request))


def _shown(one: year.Day, request: Request) -> dict[str, Any]:
    """A day of the preview: what was wanted, what it became and why, and whether it is ticked."""
    planned = one.planned
    kept = request.POST.getlist("keep")
    value = planned.on.isoformat() if planned.on else ""
    passed = planned.on is not None and planned.on < request.viewer.today
    why = str(WHY_MOVED[planned.why]) % {"week": planned.wanted.isocalendar().week} if planned.why else ""
    return {
        "value": value,
        "on": planned.on,
        "weekday": _weekday(planned.on),
        "wanted": planned.wanted,
        "moved": planned.moved,
        "why": why,
        "passed": passed,
        "ticked": bool(value) and not passed and (not kept or value in kept),
        "deadlines": one.deadlines,
        "spoken": words.day(planned.on) if planned.on else "",
    }


def _weekday(day: date | None) -> str:
    return str(forms.weekday_name(day.weekday())) if day else ""


def _purpose(context: dict[str, Any], one: StandingTopic) -> str:
    return str(context["regime"].purposes.get(one.purpose, ""))
