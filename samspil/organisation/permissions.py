"""Who may do what here. One table, keyed by action."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from samspil.kit.permission import Permission, Permissions, predicate
from samspil.organisation.models import Invitation, Person, Seat
from samspil.organisation.predicates import administrator, anyone_here, operator, reader
from samspil.organisation.viewer import Viewer, current


@predicate(_("the person it is about"))
def oneself(viewer: Viewer, thing: Any) -> bool:
    return isinstance(thing, Person) and thing == viewer.person


@predicate(_("anybody who has come in"))
def anyone_signed_in(viewer: Viewer, _thing: Any = None) -> bool:
    return viewer.person is not None


@predicate(_("somebody with a seat in the same committee"))
def shares_a_committee(viewer: Viewer, thing: Any) -> bool:
    """Sits in a committee with this person today."""
    if not isinstance(thing, Person) or not viewer.seats:
        return False
    seats = current(Seat.objects.filter(person=thing), viewer.today)
    return seats.filter(committee__in=viewer.committee_ids).exists()


@predicate(_("the person for whom the link was made"))
def holds_the_invitation(viewer: Viewer, thing: Any) -> bool:
    return isinstance(thing, Invitation) and thing.person == viewer.person


keeps_the_house = administrator | operator
ASK_AN_ADMINISTRATOR = _("Administrators keep the organisation in order. Ask one of them.")
PEOPLE_ARE_SEEN_HERE = _("People, units and committees are shown to those who belong to the organisation.")

PERMISSIONS = Permissions(
    "organisation",
    {
        "see_people": Permission(anyone_here | reader, PEOPLE_ARE_SEEN_HERE),
        "see_person": Permission(anyone_here | reader, PEOPLE_ARE_SEEN_HERE),
        "see_units": Permission(anyone_here | reader, PEOPLE_ARE_SEEN_HERE),
        "see_organisation": Permission(anyone_here | reader, PEOPLE_ARE_SEEN_HERE),
        "see_email": Permission(
            oneself | shares_a_committee | keeps_the_house,
            _("An address is seen by the person, by those in the same committee and by administrators."),
        ),
        "see_own_data": Permission(anyone_signed_in, _("Sign in to see what Samspil knows about you.")),
        "create_organisation": Permission(
            operator, _("Organisations are created by the operator, at the command line.")
        ),
        "add_person": Permission(keeps_the_house, ASK_AN_ADMINISTRATOR),
        "change_person": Permission(keeps_the_house, ASK_AN_ADMINISTRATOR),
        "person_leaves": Permission(keeps_the_house, ASK_AN_ADMINISTRATOR),
        "give_role": Permission(keeps_the_house, ASK_AN_ADMINISTRATOR),
        "end_role": Permission(keeps_the_house, ASK_AN_ADMINISTRATOR),
        "give_seat": Permission(keeps_the_house, ASK_AN_ADMINISTRATOR),
        "end_seat": Permission(keeps_the_house, ASK_AN_ADMINISTRATOR),
        "invite_person": Permission(keeps_the_house, ASK_AN_ADMINISTRATOR),
        "revoke_invitation": Permission(keeps_the_house, ASK_AN_ADMINISTRATOR),
        "accept_invitation": Permission(
            holds_the_invitation,
            _("This link is for somebody else. Ask an administrator for one of your own."),
        ),
        "erase_person": Permission(
            keeps_the_house, _("Administrators erase what Samspil knows of a person. Ask one of them.")
        ),
        "see_handover": Permission(keeps_the_house, ASK_AN_ADMINISTRATOR),
        "settle_handover": Permission(keeps_the_house, ASK_AN_ADMINISTRATOR),
        "add_unit": Permission(keeps_the_house, ASK_AN_ADMINISTRATOR),
        "change_unit": Permission(keeps_the_house, ASK_AN_ADMINISTRATOR),
        "close_unit": Permission(keeps_the_house, ASK_AN_ADMINISTRATOR),
        "add_committee": Permission(keeps_the_house, ASK_AN_ADMINISTRATOR),
        "change_committee": Permission(keeps_the_house, ASK_AN_ADMINISTRATOR),
        "add_union": Permission(keeps_the_house, ASK_AN_ADMINISTRATOR),
        "change_union": Permission(keeps_the_house, ASK_AN_ADMINISTRATOR),
        "add_audience_group": Permission(keeps_the_house, ASK_AN_ADMINISTRATOR),
        "change_audience_group": Permission(keeps_the_house, ASK_AN_ADMINISTRATOR),
        "see_list": Permission(keeps_the_house, ASK_AN_ADMINISTRATOR),
        "bring_list": Permission(keeps_the_house, ASK_AN_ADMINISTRATOR),
        "take_over_list": Permission(keeps_the_house, ASK_AN_ADMINISTRATOR),
        "throw_away_list": Permission(keeps_the_house, ASK_AN_ADMINISTRATOR),
        "set_regime": Permission(keeps_the_house, ASK_AN_ADMINISTRATOR),
        "set_procedure": Permission(keeps_the_house, ASK_AN_ADMINISTRATOR),
        "set_mail_hour": Permission(keeps_the_house, ASK_AN_ADMINISTRATOR),
        "choose_process_model": Permission(keeps_the_house, ASK_AN_ADMINISTRATOR),
        "switch_room": Permission(keeps_the_house, ASK_AN_ADMINISTRATOR),
    },
)
