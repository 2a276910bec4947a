"""The doormen of the urn: choosing holders, making keys, trying them, opening, recounting, destroying."""

import base64
import binascii
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from samspil.kit.forms import answer
from samspil.kit.refusal import Refused
from samspil.organisation.door import Request, door, who
from samspil.organisation.models import Committee
from samspil.participation.models import Round
from samspil.participation.permissions import PERMISSIONS
from samspil.participation.urn import actions, forms, pages, proof, queries, words
from samspil.participation.urn.models import Urn

BOTH = ("GET", "POST")
CONFIRM = "participation/rounds/confirm.html"


@door(PERMISSIONS, "see_urn", find=queries.secret_round)
def urn(request: Request, found: Round) -> HttpResponse:
    """Who holds the keys, how far it is, and what whoever looks does next."""
    return render(request, "participation/urn/urn.html", pages.urn(found, request.viewer))


@door(PERMISSIONS, "set_up_urn", find=queries.secret_round, methods=BOTH)
def set_up(request: Request, found: Round) -> HttpResponse:
    """First the committee, then the three of it."""
    able = queries.able_to_hold(request.viewer.today)
    committees = list(Committee.objects.order_by("name"))
    chosen = {one.ref: one for one in committees}.get(
        request.POST.get("committee", request.GET.get("committee", ""))
    )
    if chosen is None:
        offered = [one for one in committees if one.pk in able] or committees
        near = queries.committee_near(found.initiative, offered) if found.initiative else None
        form: Any = forms.ChooseCommittee(committees=offered, initial={"committee": near.ref if near else ""})
        context = pages.about(found, _("Choose the committee")) | {"form": form}
        return render(request, "participation/urn/choose_committee.html", context)
    known = queries.candidates(chosen, request.viewer.today)
    form = forms.SetUp(request.POST or None, known=known, initial={"committee": chosen.ref})
    if request.method == "POST":
        chosen_urn = answer(
            form, lambda: actions.set_up_urn(round_=found, plan=form.plan(chosen), **who(request))
        )
        if chosen_urn:
            said = _("The three are chosen. Each of them makes a key now, on their own phone.")
            messages.success(request, said)
            return redirect(pages.about(found)["back"])
    context = pages.about(found, _("Choose who holds the keys")) | {"form": form, "committee": chosen}
    return render(request, "participation/urn/set_up.html", context)


@door(PERMISSIONS, "name_deputy", find=queries.urn_with, methods=BOTH)
def name_deputy(request: Request, found: Urn, place: str) -> HttpResponse:
    holder = next((one for one in queries.holders(found) if str(one.place + 1) == place), None)
    if holder is None:
        raise Refused(words.SET_UP_FIRST)
    people = queries.able_to_stand_in(found, holder.place, request.viewer.today)
    form = forms.NameDeputy(request.POST or None, people=people)
    if request.method == "POST":
        named = answer(
            form,
            lambda: actions.name_deputy(
                urn=found,
                place=holder.place,
                person=form.by_ref.get(form.cleaned_data["person"]),
                **who(request),
            ),
        )
        if named:
            messages.success(request, _("Saved. The deputy can take the place until the round opens."))
            return _back(found)
    context = pages.about(found.round, _("Name a deputy")) | {"form": form, "holder": holder}
    return render(request, "participation/urn/name_deputy.html", context)


@door(PERMISSIONS, "take_place", find=queries.urn_with, methods=BOTH)
def take_place(request: Request, found: Urn) -> HttpResponse:
    if request.method == "POST":
        actions.take_place(urn=found, **who(request))
        messages.success(request, _("The place is yours. Make a key of your own now."))
        return _back(found)
    return render(request, "participation/urn/take_place.html", pages.about(found.round, _("Take the place")))


@door(PERMISSIONS, "make_key", find=queries.urn_with, methods=BOTH)
def make_key(request: Request, found: Urn) -> HttpResponse:
    """The key is made by the script of the page and stays on the device; its public half is sent."""
    if request.method == "POST":
        actions.make_key(urn=found, public_key=request.POST.get("public_key", ""), **who(request))
        messages.success(request, _("Your key is made, and only you have it. Keep what you wrote down."))
        return _back(found)
    context = pages.about(found.round, _("Make my key")) | {"urn": found}
    return render(request, "participation/urn/make_key.html", context)


@door(PERMISSIONS, "drill", find=queries.urn_with)
def boxes(request: Request, found: Urn) -> HttpResponse:
    """What a holder's device opens now, and what shows that its key is the right one."""
    holder = queries.holder_of(found, request.viewer)
    turn = queries.turn(found, holder) if holder and holder.public_key else None
    if holder is None or turn is None:
        return JsonResponse({"public_key": "", "boxes": []})
    box, ticket = proof.challenge(holder)
    return JsonResponse(
        {
            "public_key": holder.public_key,
            "challenge": _text(box),
            "ticket": ticket,
            "boxes": [_text(one) for one in turn.boxes],
        }
    )


@door(PERMISSIONS, "drill", find=queries.urn_with, methods=BOTH, waits=False)
def drill(request: Request, found: Urn) -> HttpResponse:
    said = {
        "begun": str(words.YOU_HAVE_BEGUN),
        "done": _("The test ballot is open: both keys work."),
        "failed": str(words.DRILL_FAILED),
    }
    return _layer(request, found, actions.drill, said, _("Try my key"))


@door(PERMISSIONS, "open_urn", find=queries.urn_with, methods=BOTH, waits=False)
def open_urn(request: Request, found: Urn) -> HttpResponse:
    said = {
        "begun": str(words.YOU_HAVE_BEGUN),
        "done": _("The urn is open and the ballots are counted."),
        "failed": str(words.NOTHING_OPENED),
    }
    return _layer(request, found, actions.open_urn, said, _("Open the urn"))


@door(PERMISSIONS, "confirm_recount", find=queries.urn_with, methods=BOTH)
def recount(request: Request, found: Urn) -> HttpResponse:
    form = forms.Recount(request.POST or None)
    if request.method == "POST":
        confirmed = answer(
            form, lambda: actions.confirm_recount(urn=found, **form.cleaned_data, **who(request))
        )
        if confirmed:
            messages.success(request, _("The same hash: your count and the one here agree."))
            return _back(found)
    context = pages.about(found.round, _("Recount")) | {"urn": found, "form": form}
    return render(request, "participation/urn/recount.html", context)


@door(PERMISSIONS, "open_again", find=queries.urn_with, methods=BOTH)
def open_again(request: Request, found: Urn) -> HttpResponse:
    """Ask once more, then take the count back."""
    if request.method == "POST":
        actions.open_again(urn=found, **who(request))
        messages.success(request, _("The count is undone. Two holders open the urn again."))
        return _back(found)
    return render(request, CONFIRM, pages.opening_again(found))


@door(PERMISSIONS, "destroy_urn", find=queries.urn_with, methods=BOTH)
def destroy(request: Request, found: Urn) -> HttpResponse:
    if request.method == "POST":
        actions.destroy_urn(urn=found, **who(request))
        messages.success(request, _("The envelopes are destroyed. What was counted stays."))
        return _back(found)
    return render(request, CONFIRM, pages.destroying(found))


@door(PERMISSIONS, "sign_key_destroyed", find=queries.urn_with, methods=BOTH)
def key_destroyed(request: Request, found: Urn) -> HttpResponse:
    if request.method == "POST":
        actions.sign_key_destroyed(urn=found, **who(request))
        messages.success(request, _("Signed. Nothing more is asked of you."))
        return _back(found)
    context = pages.about(found.round, _("Sign that my key is destroyed")) | {"urn": found}
    return render(request, "participation/urn/key_destroyed.html", context)


@door(PERMISSIONS, "fetch_urn", find=queries.urn_with)
def urn_file(request: Request, found: Urn) -> HttpResponse:
    """The sealed urn, for a count on a machine of one's own."""
    if found.state not in (Urn.State.EXPORTED, Urn.State.OPENED):
        raise Refused(words.NO_FILE)
    return _file(queries.sealed_urn(found).as_bytes(), f"urn-{found.round.ref}.json")


@door(PERMISSIONS, "fetch_urn", find=queries.urn_with)
def result_file(request: Request, found: Urn) -> HttpResponse:
    """The opened urn, which anybody can count without keys."""
    if found.result is None:
        raise Refused(words.NOT_OPENED)
    return _file(bytes(found.result.data), f"opened-urn-{found.round.ref}.json")


def _layer(
    request: Request, found: Urn, action: Callable[..., str], said: dict[str, str], title: str
) -> HttpResponse:
    """A holder's device opens its layer and hands in what came out."""
    if request.method != "POST":
        return render(request, "participation/urn/layer.html", pages.layer(found, request.viewer, title))
    handed_in = actions.HandedIn(
        [_bytes(one) for one in request.POST.get("boxes", "").split(".")],
        request.POST.get("ticket", ""),
        _bytes(request.POST.get("answer", "")),
    )
    outcome = action(urn=found, handed_in=handed_in, **who(request))
    tell = messages.warning if outcome == "failed" else messages.success
    tell(request, said[outcome])
    return _back(found)


def _file(data: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(data, content_type="application/json", headers=headers)


def _back(found: Urn) -> HttpResponse:
    return redirect(pages.about(found.round)["back"])


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _bytes(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as fault:
        raise Refused(words.OTHER_SHAPE) from fault
