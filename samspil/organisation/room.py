"""What this room brings to the house."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from samspil.kit.room import MenuEntry, PersonalData, Room, Verb
from samspil.organisation import erasure, rounds
from samspil.organisation.permissions import PERMISSIONS

WHILE_HERE = "as long as the person belongs to the organisation"
AS_LONG_AS_THE_RECORDS = "as long as the records they belong to"

ROOM = Room(
    name="organisation",
    title=_("Organisation"),
    permissions=PERMISSIONS,
    can_be_switched_off=False,
    menu=(
        MenuEntry(_("People"), "organisation:people", "organisation.see_people", 80),
        MenuEntry(_("Organisation"), "organisation:overview", "organisation.see_organisation", 90),
    ),
    verbs={
        "organisation.person_added": Verb(_("added %(name)s")),
        "organisation.person_changed": Verb(_("changed what is noted about %(name)s")),
        "organisation.person_left": Verb(_("noted that %(name)s left on %(on)s")),
        "organisation.role_given": Verb(_("gave %(name)s a role from %(since)s")),
        "organisation.role_ended": Verb(_("ended a role of %(name)s on %(until)s")),
        "organisation.seat_given": Verb(_("gave %(name)s a seat in %(committee)s")),
        "organisation.seat_ended": Verb(_("ended the seat of %(name)s in %(committee)s on %(until)s")),
        "organisation.person_invited": Verb(_("made a link with which %(name)s can come in")),
        "organisation.invitation_revoked": Verb(_("called back the link of %(name)s")),
        "organisation.invitation_accepted": Verb(_("came in with a link")),
        "organisation.person_erased": Verb(_("erased a person")),
        "organisation.unit_added": Verb(_("added the unit %(name)s")),
        "organisation.committee_added": Verb(_("added the committee %(name)s")),
        "organisation.audience_group_added": Verb(_("added the group %(name)s")),
        "organisation.audience_group_changed": Verb(_("changed what is known of the group %(name)s")),
        "organisation.regime_set": Verb(_("set the regime %(regime)s from %(since)s")),
        "organisation.room_switched": Verb(_("switched a part of Samspil on or off: %(room)s")),
    },
    ticks=(rounds.check_chain_daily, rounds.drop_old_drafts),
    personal_data=(
        PersonalData(
            "organisation.JournalRow",
            ("actor",),
            AS_LONG_AS_THE_RECORDS,
            "keep",
            "A random id that leads to nobody once the person is erased; the chain must stay whole.",
        ),
        PersonalData(
            "organisation.JournalWords",
            ("person", "facts"),
            AS_LONG_AS_THE_RECORDS,
            "anonymise",
            "Who did something and what was said; the sealed half beside it holds no words.",
        ),
        PersonalData(
            "organisation.JournalMention",
            ("person",),
            AS_LONG_AS_THE_RECORDS,
            "delete",
            "Only there so that the words about a person are found when they are to go.",
        ),
        PersonalData(
            "organisation.Erasure",
            ("subject", "erased_by"),
            "for good",
            "keep",
            "Random ids, so that an erasure can be repeated when a backup is put back.",
        ),
        PersonalData("organisation.Draft", ("person",), timedelta(days=30), "delete", "Not sent to anybody."),
        PersonalData(
            "organisation.File",
            ("brought_by",),
            AS_LONG_AS_THE_RECORDS,
            "anonymise",
            "The file belongs to a record; who brought it is not needed.",
        ),
        PersonalData("organisation.Role", ("person",), WHILE_HERE, "delete", "Says what a person may do."),
        PersonalData(
            "organisation.Seat",
            ("person",),
            AS_LONG_AS_THE_RECORDS,
            "keep",
            "Signatures under minutes name the seat; the person behind it has no name any more.",
            erase=erasure.end_seats,
        ),
        PersonalData(
            "organisation.Invitation",
            ("person", "username"),
            WHILE_HERE,
            "delete",
            "A way in, kept as a hash.",
        ),
        PersonalData("kit.Mail", ("to", "subject", "body"), timedelta(days=30), "delete", "Not sent yet."),
        PersonalData("sessions.Session", (), timedelta(hours=8), "delete", "An open sign-in."),
        PersonalData("mfa.Authenticator", ("user",), WHILE_HERE, "delete", "Second steps of the sign-in."),
        PersonalData(
            "socialaccount.SocialAccount", ("user",), WHILE_HERE, "delete", "Issuer and subject of a sign-in."
        ),
        PersonalData("account.EmailAddress", ("user",), WHILE_HERE, "delete", "Addresses of the account."),
        PersonalData(
            "organisation.Account",
            ("username", "email"),
            WHILE_HERE,
            "delete",
            "The account goes unless it belongs to another organisation as well.",
        ),
        PersonalData(
            "organisation.Membership",
            ("person", "account"),
            WHILE_HERE,
            "delete",
            "Says which account may act as this person.",
        ),
        PersonalData(
            "organisation.Person",
            ("given_name", "family_name", "found_as", "email", "title", "unit", "guest_of", "subject"),
            WHILE_HERE,
            "anonymise",
            "Records point to this row; it stays without a name and with new random ids.",
            erase=erasure.leave_a_row_without_a_name,
        ),
    ),
)
