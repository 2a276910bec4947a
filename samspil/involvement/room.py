"""What this room brings to the house."""

from django.utils.translation import gettext_lazy as _

from samspil.involvement import boards, panels
from samspil.involvement.opinions import boards as opinions
from samspil.involvement.opinions import manifest
from samspil.involvement.opinions.kind import OPINIONS
from samspil.involvement.permissions import PERMISSIONS
from samspil.involvement.results import actions as results
from samspil.involvement.results import boards as result_boards
from samspil.involvement.results import rounds
from samspil.kit.room import AS_LONG_AS_THE_CASE, Panel, PersonalData, Room, ThingKind, Verb

PERSONAL_DATA = (
    PersonalData(
        "involvement.Consultation",
        _("Consultations"),
        {"imported_by": _("who brought it in")},
        AS_LONG_AS_THE_CASE,
        "anonymise",
        _("The consultation stays; who brought it in goes."),
        beside={"title": _("title"), "imported_at": _("brought in at")},
    ),
    PersonalData(
        "involvement.Statement",
        _("Statements from consultations"),
        {"text": _("what was written")},
        AS_LONG_AS_THE_CASE,
        "keep",
        _("Statements come without names; a person cannot be found from one, and decisions rest on them."),
    ),
)

ROOM = Room(
    name="involvement",
    title=_("Involvement"),
    permissions=PERMISSIONS,
    panels=(Panel(_("What people said"), "involvement/panel.html", panels.voices, order=40),),
    evidence=boards.EVIDENCE,
    things={
        "consultation": ThingKind(_("consultation"), boards.consultation_cards),
        "statement": ThingKind(_("statement"), boards.statement_cards),
        "opinion_result": ThingKind(_("result"), result_boards.result_cards),
        "opinion_group": ThingKind(_("group of opinions"), result_boards.group_cards),
        "round_statement": ThingKind(_("statement in a round"), opinions.cards, opinions.hidden),
    },
    verbs={
        "involvement.consultation_imported": Verb(
            _("brought in the consultation “%(title)s” with %(statements)s statements")
        ),
        "involvement.result_released": Verb(_("released version %(number)s of the result of “%(title)s”")),
        **manifest.VERBS,
    },
    citable=boards.to_cite,
    round_kinds={"opinions": OPINIONS},
    search={"consultation": boards.consultation_texts, "statement": boards.statement_texts},
    sealed={
        "consultation": boards.sealed_consultations,
        "opinion_result": result_boards.sealed_results,
    },
    personal_data=(*PERSONAL_DATA, *manifest.PERSONAL_DATA),
    content_keys={"statement_template": ("theme",)},
    waiting=opinions.waiting,
    works={results.WORK: results.make_ordered},
    ticks=(opinions.remind, rounds.order_results),
)
