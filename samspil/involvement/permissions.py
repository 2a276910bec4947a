"""Who may do what here. One table, keyed by action."""

from django.utils.translation import gettext_lazy as _

from samspil.initiative.permissions import admitted_guest, runs_it
from samspil.involvement.opinions.deciders import did_not_leave_it_out
from samspil.kit.permission import Permission, Permissions
from samspil.organisation.predicates import anyone_here
from samspil.participation.permissions import ASK_THE_ORGANISER, organiser

BELONGING = anyone_here | admitted_guest

PERMISSIONS = Permissions(
    "involvement",
    {
        "see_consultation": Permission(
            BELONGING,
            _("You can see what people said about initiatives you are admitted to. Ask the project lead."),
        ),
        "see_statement": Permission(
            BELONGING,
            _("You can see what people said about initiatives you are admitted to. Ask the project lead."),
        ),
        "export_consultation": Permission(
            BELONGING,
            _("You can download what you may read. Ask the project lead to let you into the initiative."),
        ),
        "see_result": Permission(
            BELONGING,
            _("You can see what came of it on initiatives you are admitted to. Ask the project lead."),
        ),
        "export_result": Permission(
            BELONGING,
            _("You can download what you may read. Ask the project lead to let you into the initiative."),
        ),
        "import_consultation": Permission(
            runs_it,
            _("The owner or the project lead brings in what people said. Ask one of them."),
        ),
        "see_round_statement": Permission(
            BELONGING,
            _("You can see what is asked about initiatives you are admitted to. Ask the project lead."),
        ),
        "prepare_statements": Permission(organiser, ASK_THE_ORGANISER),
        "moderate_statements": Permission(organiser, ASK_THE_ORGANISER),
        "decide_appeal": Permission(
            organiser & did_not_leave_it_out,
            _("Somebody else who runs the round decides the appeal, not who left the statement out."),
        ),
        "export_moderation": Permission(organiser, ASK_THE_ORGANISER),
        "lead_live_meeting": Permission(organiser, ASK_THE_ORGANISER),
    },
)
