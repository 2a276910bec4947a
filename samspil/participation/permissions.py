"""Who may do what here. One table, keyed by action."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from samspil.initiative.permissions import admitted_guest, initiative_of, runs_it
from samspil.kit.permission import Permission, Permissions, predicate
from samspil.organisation.predicates import any_project_lead, anyone_here, digital_lead, director
from samspil.organisation.viewer import Viewer
from samspil.participation.models import Round


def round_of(thing: Any) -> Round | None:
    """The round a thing belongs to, or is."""
    return thing if isinstance(thing, Round) else getattr(thing, "round", None)


@predicate(_("whoever planned the round"))
def planned_it(viewer: Viewer, thing: Any) -> bool:
    found = round_of(thing)
    return bool(found and viewer.person and found.planned_by_id == viewer.person.pk)


@predicate(_("those who run the initiative it is about"))
def runs_the_initiative(viewer: Viewer, thing: Any) -> bool:
    found = round_of(thing)
    initiative = found.initiative if found else initiative_of(thing)
    return bool(initiative and runs_it.test(viewer, initiative))


@predicate(_("somebody who may ask about no initiative in particular"))
def asks_for_the_organisation(viewer: Viewer, thing: Any) -> bool:
    """About the organisation itself: directors, project leads and the head of digitalisation ask."""
    found = round_of(thing)
    about_none = initiative_of(found or thing) is None
    return about_none and (director | digital_lead | any_project_lead).test(viewer, thing)


organiser = planned_it | runs_the_initiative | asks_for_the_organisation
ASK_THE_ORGANISER = _("Whoever planned the round or runs the initiative does this. Ask one of them.")

PERMISSIONS = Permissions(
    "participation",
    {
        "see_round": Permission(
            anyone_here | admitted_guest,
            _("Rounds are open to everyone who belongs to the organisation. Ask the project lead."),
        ),
        "plan_round": Permission(
            runs_the_initiative | asks_for_the_organisation,
            _("The owner or the project lead asks people about an initiative. Ask one of them."),
        ),
        "change_round": Permission(organiser, ASK_THE_ORGANISER),
        "open_round": Permission(organiser, ASK_THE_ORGANISER),
        "close_round": Permission(organiser, ASK_THE_ORGANISER),
    },
)
