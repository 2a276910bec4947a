"""The benefit map: the drawing, the table that says the same, and the forms to draw it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from samspil.benefits import queries
from samspil.benefits.benefit_map import actions, forms
from samspil.benefits.benefit_map.drawing import drawn
from samspil.benefits.models import MapArrow, MapNode
from samspil.benefits.permissions import PERMISSIONS
from samspil.benefits.ways import about_initiative, may, url
from samspil.core.benefits.benefit_map import ORDER, Effect, columns, contested, loose_ends
from samspil.initiative import queries as hall
from samspil.initiative.models import Initiative
from samspil.kit.forms import answer
from samspil.organisation.door import Request, door, typed_before_sign_in, who


@door(PERMISSIONS, "see_benefits", find=hall.initiative)
def benefit_map(request: Request, initiative: Initiative) -> HttpResponse:
    return _page(request, initiative)


@door(PERMISSIONS, "draw_map", find=hall.initiative, methods=("POST",))
def add_to_map(request: Request, initiative: Initiative) -> HttpResponse:
    form = forms.NodeForm(request.POST, auto_id="node_%s")
    made = answer(
        form, lambda: actions.add_to_map(initiative=initiative, **form.cleaned_data, **who(request))
    )
    if made:
        messages.success(request, _("It is on the map. Draw the arrows that lead to it and from it."))
        return _back(request, initiative)
    return _page(request, initiative, node_form=form)


@door(PERMISSIONS, "draw_map", find=queries.map_node, methods=("POST",))
def remove_from_map(request: Request, node: MapNode) -> HttpResponse:
    actions.remove_from_map(node=node, **who(request))
    messages.success(request, _("It is taken from the map, with its arrows."))
    return _back(request, node.initiative)


@door(PERMISSIONS, "draw_map", find=hall.initiative, methods=("POST",))
def draw_arrow(request: Request, initiative: Initiative) -> HttpResponse:
    nodes, _arrows = queries.map_of(initiative)
    form = forms.ArrowForm(request.POST, nodes=nodes, auto_id="arrow_%s")
    made = answer(
        form,
        lambda: actions.draw_arrow(
            initiative=initiative,
            start=form.nodes[form.cleaned_data["start"]],
            end=form.nodes[form.cleaned_data["end"]],
            effect=form.cleaned_data["effect"],
            **who(request),
        ),
    )
    if made:
        messages.success(request, _("The arrow is drawn."))
        return _back(request, initiative)
    return _page(request, initiative, arrow_form=form)


@door(PERMISSIONS, "draw_map", find=queries.map_arrow, methods=("POST",))
def take_arrow_away(request: Request, arrow: MapArrow) -> HttpResponse:
    actions.take_arrow_away(arrow=arrow, **who(request))
    messages.success(request, _("The arrow is taken away."))
    return _back(request, arrow.initiative)


# --- what the doormen share --------------------------------------------------------------------------------


def _back(request: Request, initiative: Initiative) -> HttpResponse:
    return redirect(url(request.viewer, "map", initiative.ref))


def _page(
    request: Request,
    initiative: Initiative,
    node_form: forms.NodeForm | None = None,
    arrow_form: forms.ArrowForm | None = None,
) -> HttpResponse:
    nodes, arrows = queries.map_of(initiative)
    things, lines = actions.core_map(nodes, arrows)
    by_ref = {one.ref: one for one in nodes}
    typed = typed_before_sign_in(request)
    context = about_initiative(request.viewer, initiative, _("Benefit map"))
    context |= {
        "drawing": drawn(things, lines, _("Benefit map")),
        "rows": [
            (
                kind,
                node,
                [one for one in arrows if one.start_id == node.pk],
                [one for one in arrows if one.end_id == node.pk],
            )
            for kind in ORDER
            for node in [by_ref[one.id] for one in columns(things, lines)[kind]]
        ],
        "loose": [(by_ref[one.id], one) for one in loose_ends(things, lines)],
        "hinders": any(one.effect == Effect.HINDERS for one in lines),
        "harms": any(node.benefit and node.benefit.harm for node in nodes),
        "contested": [by_ref[ref] for ref in contested(things, lines)],
        "node_form": node_form or forms.NodeForm(initial={"kind": "change"} | typed, auto_id="node_%s"),
        "arrow_form": arrow_form or forms.ArrowForm(nodes=nodes, initial=typed, auto_id="arrow_%s"),
        "may": may(request.viewer, initiative, "draw_map"),
    }
    return render(request, "benefits/map.html", context)
