"""The pages of people, units and the organisation itself."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.core.paginator import Paginator
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from samspil.kit import house
from samspil.kit.forms import answer
from samspil.organisation import actions, forms, invitations, personal_data, queries, words
from samspil.organisation import handover as handovers
from samspil.organisation.door import Request, door, to_sign_in, typed_before_sign_in
from samspil.organisation.models import (
    AudienceGroup,
    Committee,
    Invitation,
    Organisation,
    Person,
    Role,
    Seat,
    Union,
    Unit,
)
from samspil.organisation.permissions import PERMISSIONS
from samspil.organisation.scope import scope
from samspil.organisation.viewer import viewer_of

ON_A_PAGE = 50
ROWS_SHOWN = 10
BACKEND = "django.contrib.auth.backends.ModelBackend"
FORM = ("GET", "POST")


@dataclass(frozen=True)
class Asked:
    """What stands around a form: its words, where it came from and what is said when it is done."""

    title: str
    submit: str
    back: str
    crumbs: tuple[dict[str, str], ...]
    done: Callable[[Any], str]
    lead: str = ""
    kind: str = "primary"


# --- people -------------------------------------------------------------------------------------------------


@door(PERMISSIONS, "see_people")
def people(request: Request) -> HttpResponse:
    """Look somebody up."""
    form = forms.PeopleFilter(request.GET)
    chosen = form.chosen()
    page = Paginator(queries.people(**chosen), ON_A_PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "filter": form,
        "page": page,
        "query": query.urlencode(),
        "searched": bool(chosen["text"] or chosen["gone"]),
        "may_add": PERMISSIONS.allows("add_person", request.viewer),
        "breadcrumbs": [_start(request), {"title": _("People")}],
    }
    return render(request, "organisation/people.html", context)


@door(PERMISSIONS, "see_person", find=queries.person)
def person(request: Request, found: Person) -> HttpResponse:
    """Who somebody is here: place, roles and seats."""
    keeps = PERMISSIONS.allows("change_person", request.viewer)
    context = {
        "person": found,
        "itself": found == request.viewer.person,
        "roles": _with_words(queries.roles_of(found), words.ROLES, request),
        "seats": _with_words(queries.seats_of(found), words.SEATS, request),
        "sides": words.SIDES,
        "sees_email": PERMISSIONS.allows("see_email", request.viewer, found),
        "keeps": keeps,
        "account": keeps and queries.has_account(found),
        "invitation": queries.open_invitation(found, request.at) if keeps else None,
        "breadcrumbs": [_start(request), _people(request), {"title": str(found)}],
    }
    return render(request, "organisation/person.html", context)


@door(PERMISSIONS, "add_person", methods=FORM)
def add_person(request: Request) -> HttpResponse:
    form = _form(request, forms.NewPersonForm)
    asked = Asked(
        _("Add a person"),
        _("Add the person"),
        _at(request, "people"),
        (_start(request), _people(request)),
        lambda made: _("%(name)s has been added. Give roles and seats from here.") % {"name": made},
    )
    return _ask(request, form, actions.add_person, asked, onward="person")


@door(PERMISSIONS, "change_person", find=queries.person, methods=FORM)
def change_person(request: Request, found: Person) -> HttpResponse:
    form = _form(request, forms.ChangePersonForm, forms.PersonForm.as_it_stands(found))
    asked = _about(request, found, _("Change %(name)s"), _("Save"), _("Saved."))
    return _ask(request, form, actions.change_person, asked, onward="person", person=found)


@door(PERMISSIONS, "person_leaves", find=queries.person, methods=FORM)
def person_leaves(request: Request, found: Person) -> HttpResponse:
    form = _form(request, forms.DayForm, {"on": request.viewer.today})
    lead = _("From then on the person cannot come in. Roles and seats that still hold end on the same day.")
    asked = _about(request, found, _("%(name)s leaves"), _("Note that they left"), _("Noted."), lead)
    return _ask(request, form, actions.person_leaves, asked, onward="person", person=found)


@door(PERMISSIONS, "give_role", find=queries.person, methods=FORM)
def give_role(request: Request, found: Person) -> HttpResponse:
    initial = {"since": request.viewer.today, "unit": found.unit.ref if found.unit else ""}
    form = _form(request, forms.RoleForm, initial)
    asked = _about(
        request, found, _("A role for %(name)s"), _("Give the role"), _("The role has been given.")
    )
    return _ask(request, form, actions.give_role, asked, person=found)


@door(PERMISSIONS, "end_role", find=queries.role, methods=FORM)
def end_role(request: Request, found: Role) -> HttpResponse:
    form = _form(request, forms.DayForm, {"on": request.viewer.today})
    lead = str(words.ROLES[found.kind])
    asked = _about(
        request,
        found.person,
        _("End a role of %(name)s"),
        _("End the role"),
        _("The last day has been noted."),
        lead,
    )
    return _ask(request, form, actions.end_role, asked, role=found)


@door(PERMISSIONS, "give_seat", find=queries.person, methods=FORM)
def give_seat(request: Request, found: Person) -> HttpResponse:
    form = _form(request, forms.SeatForm, {"since": request.viewer.today}, viewer=request.viewer)
    asked = _about(
        request, found, _("A seat for %(name)s"), _("Give the seat"), _("The seat has been given.")
    )
    return _ask(request, form, actions.give_seat, asked, person=found)


@door(PERMISSIONS, "end_seat", find=queries.seat, methods=FORM)
def end_seat(request: Request, found: Seat) -> HttpResponse:
    form = _form(request, forms.DayForm, {"on": request.viewer.today})
    lead = found.committee.name
    asked = _about(
        request,
        found.person,
        _("End a seat of %(name)s"),
        _("End the seat"),
        _("The last day has been noted."),
        lead,
    )
    return _ask(request, form, actions.end_seat, asked, seat=found)


@door(PERMISSIONS, "erase_person", find=queries.person, methods=FORM)
def erase_person(request: Request, found: Person) -> HttpResponse:
    """Before anything goes, everything that will be touched is shown."""
    form = _form(request, forms.EraseForm)
    lead = _("This cannot be undone. What goes, what stays without a name and what stays is listed below.")
    done = _("The person is erased. The journal notes that it was done, and by whom.")
    asked = _about(request, found, _("Erase %(name)s"), _("Erase for good"), done, lead, kind="warning")

    def erase(certain: bool, **who: Any) -> None:
        actions.erase_person(person=found, **who)

    return _ask(
        request, form, erase, asked, onward="people", extra=_dossier(found, most=0), template="erase.html"
    )


# --- coming in ----------------------------------------------------------------------------------------------


@never_cache
@door(PERMISSIONS, "invite_person", find=queries.person, methods=FORM)
def invite_person(request: Request, found: Person) -> HttpResponse:
    """Make a link. It is shown this once, because only its hash is kept."""
    form = _form(request, forms.InviteForm)
    lead = _("The link is good for seven days and for one use. Hand it over yourself; it is shown only once.")
    asked = _about(request, found, _("Let %(name)s in"), _("Make the link"), "", lead)
    if request.method == "POST":
        token = answer(form, lambda: actions.invite_person(person=found, **_said(request, form)))
        if token:
            link = request.build_absolute_uri(_at(request, "come_in", token))
            context = {"person": found, "link": link, "breadcrumbs": _crumbs(asked)}
            return render(request, "organisation/invited.html", context)
    return _page(request, form, asked)


@door(PERMISSIONS, "revoke_invitation", find=queries.invitation, methods=("POST",))
def revoke_invitation(request: Request, found: Invitation) -> HttpResponse:
    actions.revoke_invitation(invitation=found, by=request.viewer, at=request.at)
    messages.success(request, _("The link no longer works."))
    return HttpResponseRedirect(_at(request, "person", found.person.ref))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def come_in(request: HttpRequest, organisation: str, token: str) -> HttpResponse:
    """The other end of an invitation. Opening it changes nothing; a wrong link is like any other address."""
    found = Organisation.objects.filter(slug=organisation).first()
    if found is None:
        return _stranger(request)
    with scope(found):
        invitation = invitations.find(token)
        if invitation is None:
            return _stranger(request)
        response = _come_in(request, invitation)
    response["Referrer-Policy"] = "no-referrer"
    return response


come_in.door = (PERMISSIONS, "organisation.accept_invitation", FORM, None)  # type: ignore[attr-defined]


def _come_in(request: Any, invitation: Invitation) -> HttpResponse:
    organisation = invitation.person.organisation
    _speak_the_language_of(organisation, request)
    context = {"invitation": invitation, "organisation": organisation, "login_url": settings.LOGIN_URL}
    if not invitations.is_open(invitation, request.at):
        return render(request, "organisation/no_longer_good.html", context, status=410)
    account = request.user if request.user.is_authenticated else None
    typed = request.POST if request.method == "POST" else None
    form = forms.NewAccountForm(typed, given_username=invitation.username)
    if account:
        form.fields.clear()
    if request.method == "POST":
        made = answer(form, lambda: _accept(request, invitation, account, form.cleaned_data))
        if made:
            return HttpResponseRedirect(reverse("home", args=[organisation.slug]))
    return render(request, "organisation/come_in.html", {**context, "form": form, "account": account})


def _accept(request: Any, invitation: Invitation, account: Any, typed: dict[str, Any]) -> Any:
    by = viewer_of(invitation.person, request.at)
    made = actions.accept_invitation(invitation=invitation, account=account, by=by, at=request.at, **typed)
    if account is None:
        login(request, made, backend=BACKEND)
    return made


def _stranger(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        raise Http404
    return to_sign_in(request)


def _speak_the_language_of(organisation: Organisation, request: Any) -> None:
    if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
        translation.activate(organisation.language)
        request.LANGUAGE_CODE = translation.get_language()


# --- units and the organisation -----------------------------------------------------------------------------


@door(PERMISSIONS, "see_units")
def units(request: Request) -> HttpResponse:
    tree = queries.unit_tree(request.viewer.today)
    context = {
        "tree": tree,
        "number": sum(1 for _branch in queries.walk(tree)),
        "may_add": PERMISSIONS.allows("add_unit", request.viewer),
        "keeps": PERMISSIONS.allows("change_unit", request.viewer),
        "breadcrumbs": [_start(request), _organisation(request), {"title": _("Units")}],
    }
    return render(request, "organisation/units.html", context)


@door(PERMISSIONS, "add_unit", methods=FORM)
def add_unit(request: Request) -> HttpResponse:
    form = _form(request, forms.UnitForm)
    asked = Asked(
        _("Add a unit"),
        _("Add the unit"),
        _at(request, "units"),
        (_start(request), _organisation(request)),
        lambda made: _("%(name)s has been added.") % {"name": made},
    )
    return _ask(request, form, actions.add_unit, asked, onward="units")


@door(PERMISSIONS, "change_unit", find=queries.unit, methods=FORM)
def change_unit(request: Request, found: Unit) -> HttpResponse:
    form = _form(request, forms.ChangeUnitForm, forms.ChangeUnitForm.as_it_stands(found))
    lead = _("What lies below it moves along. Records keep the unit under its new name.")
    asked = _about_a_unit(request, found.name, _("Save"), lead, _("Saved."))
    return _ask(request, form, actions.change_unit, asked, onward="units", unit=found)


@door(PERMISSIONS, "close_unit", find=queries.unit, methods=FORM)
def close_unit(request: Request, found: Unit) -> HttpResponse:
    form = _form(request, forms.DayForm, {"on": request.viewer.today})
    lead = _("It stays where records name it and can no longer be chosen.")
    title = _("Close %(name)s") % {"name": found.name}
    asked = _about_a_unit(request, title, _("Close the unit"), lead, _("The unit is closed."))
    return _ask(request, form, actions.close_unit, asked, onward="units", unit=found)


def _about_a_unit(request: Request, title: str, submit: str, lead: str, done: str) -> Asked:
    back = _at(request, "units")
    crumbs = (_start(request), _organisation(request), {"title": _("Units"), "url": back})
    return Asked(title, submit, back, crumbs, lambda _made: done, lead)


@door(PERMISSIONS, "see_organisation")
def overview(request: Request) -> HttpResponse:
    """What holds here: regime, rules of procedure, unions, groups, and which parts of Samspil are used."""
    context = {
        "regimes": dict(queries.regimes(request.organisation)),
        "periods": queries.regime_periods(),
        "rules": queries.rules_of_procedure(),
        "seat_words": words.SEATS,
        "unions": queries.unions(),
        "process_models": dict(queries.process_models(request.organisation)),
        "groups": queries.groups(),
        "group_words": words.GROUP_KINDS,
        "tags": words.BARRIERS | words.OUTSIDE_AVERAGE,
        "rooms": _rooms(request),
        "administrators": queries.administrators(request.viewer.today),
        "keeps": PERMISSIONS.allows("switch_room", request.viewer),
        "breadcrumbs": [_start(request), {"title": _("Organisation")}],
    }
    return render(request, "organisation/overview.html", context)


@door(PERMISSIONS, "add_committee", methods=FORM)
def add_committee(request: Request) -> HttpResponse:
    form = _form(request, forms.CommitteeForm, viewer=request.viewer)
    asked = _of_the_house(
        request, _("Add a committee"), _("Add the committee"), _("The committee has been added.")
    )
    return _ask(request, form, actions.add_committee, asked, onward="overview")


@door(PERMISSIONS, "change_committee")
def keep_committees(request: Request) -> HttpResponse:
    """Every committee with its place, for those who change it."""
    levels = queries.levels(request.organisation, request.viewer.today, get_language() or "en")
    context = {
        "committees": queries.committees(),
        "levels": dict(levels),
        "breadcrumbs": [_start(request), _organisation(request), {"title": _("Keep committees in order")}],
    }
    return render(request, "organisation/keep_committees.html", context)


@door(PERMISSIONS, "change_committee", find=queries.committee, methods=FORM)
def change_committee(request: Request, found: Committee) -> HttpResponse:
    holds = forms.ChangeCommitteeForm.as_it_stands(found)
    form = _form(request, forms.ChangeCommitteeForm, holds, viewer=request.viewer)
    asked = _about_a_committee(request, found.name, _("Save"), _("Saved."))
    return _ask(request, form, actions.change_committee, asked, onward="keep_committees", committee=found)


@door(PERMISSIONS, "set_procedure", find=queries.committee, methods=FORM)
def set_committees_procedure(request: Request, found: Committee) -> HttpResponse:
    today = request.viewer.today
    holds = forms.ProcedureForm.as_it_stands(queries.committees_rules(found, today))
    form = _form(request, forms.ProcedureForm, {**holds, "since": today})
    lead = _("They hold for this committee alone. Earlier meetings keep the rules they had.")
    title = _("Rules of procedure for %(name)s") % {"name": found.name}
    done = _("The rules of procedure are set.")
    asked = _about_a_committee(request, title, _("Set the rules"), done, lead)
    return _ask(request, form, actions.set_procedure, asked, onward="keep_committees", committee=found)


def _about_a_committee(request: Request, title: str, submit: str, done: str, lead: str = "") -> Asked:
    back = _at(request, "keep_committees")
    crumbs = (_start(request), _organisation(request), {"title": _("Keep committees in order"), "url": back})
    return Asked(title, submit, back, crumbs, lambda _made: done, lead)


@door(PERMISSIONS, "change_union", find=queries.union, methods=FORM)
def change_union(request: Request, found: Union) -> HttpResponse:
    holds = forms.ChangeUnionForm.as_it_stands(found)
    form = _form(request, forms.ChangeUnionForm, holds, viewer=request.viewer)
    asked = _of_the_house(request, found.name, _("Save"), _("Saved."))
    return _ask(request, form, actions.change_union, asked, onward="overview", union=found)


@door(PERMISSIONS, "see_handover")
def handover(request: Request) -> HttpResponse:
    """What people who left were entrusted with and nobody has taken over."""
    context = {
        "waiting": handovers.waiting(request.viewer),
        "breadcrumbs": [_start(request), _organisation(request), {"title": _("To be passed on")}],
    }
    return render(request, "organisation/handover.html", context)


@door(PERMISSIONS, "settle_handover", find=handovers.role_left, methods=("POST",))
def settle_role(request: Request, found: Role) -> HttpResponse:
    return _settle(request, found)


@door(PERMISSIONS, "settle_handover", find=handovers.seat_left, methods=("POST",))
def settle_seat(request: Request, found: Seat) -> HttpResponse:
    return _settle(request, found)


def _settle(request: Request, found: Role | Seat) -> HttpResponse:
    actions.settle_handover(held=found, by=request.viewer, at=request.at)
    messages.success(request, _("Noted. It is no longer waited for."))
    return HttpResponseRedirect(_at(request, "handover"))


@door(PERMISSIONS, "add_union", methods=FORM)
def add_union(request: Request) -> HttpResponse:
    form = _form(request, forms.UnionForm, viewer=request.viewer)
    asked = _of_the_house(request, _("Add a union"), _("Add the union"), _("The union can be chosen now."))
    return _ask(request, form, actions.add_union, asked, onward="overview")


@door(PERMISSIONS, "add_audience_group", methods=FORM)
def add_audience_group(request: Request) -> HttpResponse:
    form = _form(request, forms.GroupForm)
    asked = _of_the_house(request, _("Add a group"), _("Add the group"), _("The group can be chosen now."))
    return _ask(request, form, actions.add_audience_group, asked, onward="overview")


@door(PERMISSIONS, "change_audience_group", find=queries.group, methods=FORM)
def change_audience_group(request: Request, found: AudienceGroup) -> HttpResponse:
    form = _form(request, forms.ChangeGroupForm, forms.GroupForm.as_it_stands(found))
    asked = _of_the_house(request, found.name, _("Save"), _("Saved."))
    return _ask(request, form, actions.change_audience_group, asked, onward="overview", group=found)


@door(PERMISSIONS, "set_regime", methods=FORM)
def set_regime(request: Request) -> HttpResponse:
    form = _form(request, forms.RegimeForm, {"since": request.viewer.today}, viewer=request.viewer)
    lead = _(
        "Outcomes, deadlines and words follow the regime. What was decided before keeps the regime it had."
    )
    asked = _of_the_house(request, _("Set the regime"), _("Set the regime"), _("The regime is set."), lead)
    return _ask(request, form, actions.set_regime, asked, onward="overview")


@door(PERMISSIONS, "set_procedure", methods=FORM)
def set_procedure(request: Request) -> HttpResponse:
    today = request.viewer.today
    holds = forms.ProcedureForm.as_it_stands(queries.organisations_rules(today))
    form = _form(request, forms.ProcedureForm, {**holds, "since": today})
    lead = _(
        "They hold for every committee without rules of its own. Earlier meetings keep the rules they had."
    )
    title, done = _("Set rules of procedure"), _("The rules of procedure are set.")
    asked = _of_the_house(request, title, _("Set the rules"), done, lead)
    return _ask(request, form, actions.set_procedure, asked, onward="overview")


@door(PERMISSIONS, "set_mail_hour", methods=FORM)
def set_mail_hour(request: Request) -> HttpResponse:
    form = _form(request, forms.MailHourForm, {"mail_hour": request.organisation.mail_hour})
    lead = _(
        "Everybody gets at most one mail a day with all that is new, and one more when something is wanted"
        " today."
    )
    asked = _of_the_house(
        request, _("Set the hour of the mails"), _("Set the hour"), _("The hour is set."), lead
    )
    return _ask(request, form, actions.set_mail_hour, asked, onward="overview")


@door(PERMISSIONS, "choose_process_model", methods=FORM)
def choose_process_model(request: Request) -> HttpResponse:
    holds = {"process_model": request.organisation.process_model}
    form = _form(request, forms.ProcessModelForm, holds, viewer=request.viewer)
    lead = _("Initiatives that start from now on follow it. Those that run stay on the way they began on.")
    asked = _of_the_house(request, _("Choose the usual way"), _("Choose"), _("It is chosen."), lead)
    return _ask(request, form, actions.choose_process_model, asked, onward="overview")


@door(PERMISSIONS, "switch_room", methods=("POST",))
def switch_room(request: Request, room: str) -> HttpResponse:
    on = request.POST.get("on") == "1"
    actions.switch_room(room=room, on=on, by=request.viewer, at=request.at)
    messages.success(
        request, _("It is switched on.") if on else _("It is switched off. What it holds stays.")
    )
    return HttpResponseRedirect(_at(request, "overview"))


# --- my own data --------------------------------------------------------------------------------------------


@never_cache
@door(PERMISSIONS, "see_own_data")
def own_data(request: Request) -> HttpResponse:
    """What Samspil knows about the person who asks, all of it."""
    context = _dossier(_myself(request), most=ROWS_SHOWN)
    context["breadcrumbs"] = [_start(request), {"title": _("What Samspil knows about me")}]
    return render(request, "organisation/own_data.html", context)


@never_cache
@door(PERMISSIONS, "see_own_data")
def own_data_file(request: Request) -> HttpResponse:
    """The same as a file that programs read."""
    me = _myself(request)
    known = {
        trace.entry.model: list(trace.values()) for trace in personal_data.traces(me) if trace.rows.exists()
    }
    response = JsonResponse({"person": str(me), "at": request.at, "known": known})
    response["Content-Disposition"] = 'attachment; filename="samspil-my-data.json"'
    return response


def _myself(request: Request) -> Person:
    if request.viewer.person is None:
        raise Http404
    return request.viewer.person


def _dossier(person: Person, most: int) -> dict[str, Any]:
    """Each declaration that found something, with its rows as far as a page can show them."""
    found = [
        {
            "number": number,
            "entry": trace.entry,
            "happens": words.WHAT_ERASURE_DOES[trace.entry.on_erasure],
            "rows": list(trace.facts(most)) if most else [],
            "more": max(0, number - most),
        }
        for trace in personal_data.traces(person)
        if (number := trace.rows.count())
    ]
    return {"person": person, "known": found}


# --- what several pages need --------------------------------------------------------------------------------


def _form(
    request: Any, form: Callable[..., BaseForm], initial: dict[str, Any] | None = None, **more: Any
) -> BaseForm:
    if request.method == "POST":
        return form(request.POST, **more)
    return form(initial={**(initial or {}), **typed_before_sign_in(request)}, **more)


def _said(request: Request, form: BaseForm) -> dict[str, Any]:
    return {**form.cleaned_data, "by": request.viewer, "at": request.at}


def _ask(
    request: Request,
    form: BaseForm,
    action: Callable[..., Any],
    asked: Asked,
    *,
    onward: str = "",
    extra: dict[str, Any] | None = None,
    template: str = "form.html",
    **about: Any,
) -> HttpResponse:
    """Show the form, or do what it asks for and go on to where that can be seen."""
    if request.method == "POST":
        made = answer(form, lambda: (action(**about, **_said(request, form)),))
        if made:
            messages.success(request, asked.done(made[0]))
            return HttpResponseRedirect(_onward(request, onward, made[0], asked))
    return _page(request, form, asked, extra, template)


def _onward(request: Request, page: str, made: Any, asked: Asked) -> str:
    if page == "person":
        return _at(request, "person", made.ref)
    return _at(request, page) if page else asked.back


def _page(
    request: Request,
    form: BaseForm,
    asked: Asked,
    extra: dict[str, Any] | None = None,
    template: str = "form.html",
) -> HttpResponse:
    context = {"form": form, "asked": asked, "breadcrumbs": _crumbs(asked), **(extra or {})}
    return render(request, f"organisation/{template}", context)


def _about(
    request: Request,
    person: Person,
    title: str,
    submit: str,
    done: str,
    lead: str = "",
    kind: str = "primary",
) -> Asked:
    """A form about a person; it leads back to the person's page."""
    back = _at(request, "person", person.ref)
    crumbs = (_start(request), _people(request), {"title": str(person), "url": back})
    return Asked(title % {"name": person}, submit, back, crumbs, lambda _made: done, lead, kind)


def _of_the_house(request: Request, title: str, submit: str, done: str, lead: str = "") -> Asked:
    crumbs = (_start(request), _organisation(request))
    return Asked(title, submit, _at(request, "overview"), crumbs, lambda _made: done, lead)


def _crumbs(asked: Asked) -> list[dict[str, str]]:
    return [*asked.crumbs, {"title": asked.title}]


def _at(request: Request, page: str, *address: str) -> str:
    return reverse(f"organisation:{page}", args=[request.organisation.slug, *address])


def _start(request: Request) -> dict[str, str]:
    return {"title": _("Start"), "url": reverse("home", args=[request.organisation.slug])}


def _people(request: Request) -> dict[str, str]:
    return {"title": _("People"), "url": _at(request, "people")}


def _organisation(request: Request) -> dict[str, str]:
    return {"title": _("Organisation"), "url": _at(request, "overview")}


def _with_words(rows: Any, named: Any, request: Request) -> list[dict[str, Any]]:
    today = request.viewer.today
    return [
        {
            "row": row,
            "word": named[row.kind],
            "holds": row.since <= today and (row.until is None or row.until >= today),
            "open": row.until is None or row.until > today,
        }
        for row in rows
    ]


def _rooms(request: Request) -> list[dict[str, Any]]:
    off = request.organisation.rooms_off
    return [{"room": room, "on": room.name not in off} for room in house.rooms()]
