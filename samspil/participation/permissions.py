"""Who may do what here. One table, keyed by action."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from samspil.initiative.permissions import admitted_guest, initiative_of, runs_it
from samspil.kit.permission import Permission, Permissions, predicate
from samspil.organisation.predicates import (
    any_project_lead,
    anyone_here,
    digital_lead,
    director,
    operator,
    reader,
    takes_part,
)
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


@predicate(_("whoever holds one of the three keys of the round"))
def holds_a_key(viewer: Viewer, thing: Any) -> bool:
    return bool(viewer.person and _among_the_holders(thing, person=viewer.person))


@predicate(_("whoever was named as deputy of a holder"))
def deputy_of_a_holder(viewer: Viewer, thing: Any) -> bool:
    return bool(viewer.person and _among_the_holders(thing, deputy=viewer.person))


def _among_the_holders(thing: Any, **who: Any) -> bool:
    found = round_of(thing)
    urn = getattr(found, "urn", None) if found else None
    return bool(urn and urn.holders.filter(**who).exists())


organiser = planned_it | runs_the_initiative | asks_for_the_organisation
THE_ROOM_IS_OPEN = _("Rounds are open to everyone who belongs to the organisation. Ask the project lead.")
ONLY_HOLDERS = _("Only the three who hold the keys of this round do this. They stand on the page of its urn.")
ASK_THE_ORGANISER = _("Whoever planned the round or runs the initiative does this. Ask one of them.")

PERMISSIONS = Permissions(
    "participation",
    {
        "see_rounds": Permission(anyone_here, THE_ROOM_IS_OPEN),
        "see_round": Permission(anyone_here | admitted_guest, THE_ROOM_IS_OPEN),
        "plan_round": Permission(
            runs_the_initiative,
            _("The owner or the project lead asks people about an initiative. Ask one of them."),
        ),
        "plan_own_round": Permission(
            asks_for_the_organisation | operator,
            _(
                "Directors, project leads and the head of digitalisation ask for the organisation. "
                "Ask one of them."
            ),
        ),
        "change_round": Permission(organiser, ASK_THE_ORGANISER),
        "open_round": Permission(organiser, ASK_THE_ORGANISER),
        "close_round": Permission(organiser | operator, ASK_THE_ORGANISER),
        "hand_out": Permission(organiser, ASK_THE_ORGANISER),
        "enter_for_others": Permission(
            takes_part,
            _("Colleagues of the organisation type in answers for others. Auditors and guests do not."),
        ),
        "count_hands": Permission(organiser, ASK_THE_ORGANISER),
        "set_apart": Permission(operator, _("The house looks at this by itself, every hour.")),
        "let_in": Permission(organiser, ASK_THE_ORGANISER),
        "tell_what_came_of_it": Permission(organiser, ASK_THE_ORGANISER),
        "see_urn": Permission(anyone_here | admitted_guest, THE_ROOM_IS_OPEN),
        "set_up_urn": Permission(organiser, ASK_THE_ORGANISER),
        "name_deputy": Permission(
            organiser | holds_a_key,
            _("Whoever runs the round, or the three who hold its keys, name deputies. Ask one of them."),
        ),
        "take_place": Permission(
            deputy_of_a_holder, _("Only whoever was named as deputy takes the place of a holder.")
        ),
        "make_key": Permission(holds_a_key, ONLY_HOLDERS),
        "drill": Permission(holds_a_key, ONLY_HOLDERS),
        "open_urn": Permission(holds_a_key, ONLY_HOLDERS),
        "confirm_recount": Permission(holds_a_key, ONLY_HOLDERS),
        "open_again": Permission(holds_a_key, ONLY_HOLDERS),
        "destroy_urn": Permission(holds_a_key, ONLY_HOLDERS),
        "sign_key_destroyed": Permission(holds_a_key, ONLY_HOLDERS),
        "fetch_urn": Permission(
            holds_a_key | organiser | reader,
            _(
                "The files of an urn are for its three holders, for whoever runs the round and for those who "
                "check the count."
            ),
        ),
    },
)
