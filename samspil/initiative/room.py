"""What the hall brings to the house."""

from django.utils.translation import gettext_lazy as _

from samspil.initiative import boards, consumers, notices
from samspil.initiative.permissions import PERMISSIONS
from samspil.kit.room import MenuEntry, PersonalData, Room, ThingKind, Verb

AS_LONG_AS_THE_CASE = "as long as the case is kept by the organisation's retention rules"
A_RANDOM_ID = "A random id that leads to nobody once the person is erased."

ROOM = Room(
    name="initiative",
    title=_("Needs and initiatives"),
    permissions=PERMISSIONS,
    can_be_switched_off=False,
    menu=(
        MenuEntry(_("Needs"), "initiative:needs", "initiative.see_needs", 10),
        MenuEntry(_("Initiatives"), "initiative:initiatives", "initiative.see_initiatives", 20),
        MenuEntry(_("Search"), "initiative:search", "initiative.search", 70),
    ),
    evidence=boards.EVIDENCE,
    things={
        "need": ThingKind(_("need"), boards.need_cards),
        "initiative": ThingKind(_("initiative"), boards.initiative_cards),
        "binding_step": ThingKind(_("binding step"), boards.step_cards),
        "gate_decision": ThingKind(_("gate decision"), boards.decision_cards),
        "monday_statement": ThingKind(_("from Monday"), boards.monday_cards),
    },
    verbs={
        "initiative.need_raised": Verb(_("raised the need “%(problem)s”")),
        "initiative.need_merged": Verb(_("merged the need “%(problem)s” into “%(into)s”")),
        "initiative.need_answered": Verb(
            _("let “%(title)s” answer the need “%(problem)s” as well"), notices.of_need_answered
        ),
        "initiative.started": Verb(_("started “%(title)s”"), notices.of_start),
        "initiative.changed": Verb(_("changed what is said about “%(title)s”")),
        "initiative.guest_admitted": Verb(
            _("let %(guest)s from %(from)s follow the initiative"), notices.of_guest
        ),
        "initiative.step_planned": Verb(_("gave a binding step the date %(on)s: %(kind)s")),
        "initiative.step_corrected": Verb(
            _("corrected the date of a binding step (%(kind)s) from %(before)s to %(on)s: %(reason)s")
        ),
        "initiative.demand_answered": Verb(_("answered what a gate asks for (%(status)s): %(because)s")),
        "initiative.monday_said": Verb(_("said what happens from Monday: %(who)s")),
        "initiative.ai_informed": Verb(_("recorded that staff were told about AI on %(informed_on)s")),
        "initiative.gate_decided": Verb(
            _("decided at the gate (%(outcome)s): %(reason)s"), notices.of_decision
        ),
        "initiative.condition_met": Verb(_("marked a condition as met: %(text)s")),
        "initiative.linked": Verb(_("linked two things")),
    },
    search={
        "need": boards.need_texts,
        "initiative": boards.initiative_texts,
        "gate_decision": boards.decision_texts,
    },
    calendar=boards.coming_steps,
    waiting=boards.waiting_for,
    ticks=(consumers.tick,),
    sealed={"gate_decision": boards.sealed_decisions},
    content_keys={"process_model": ("key",)},
    personal_data=(
        PersonalData(
            "initiative.Need",
            ("raised_by",),
            AS_LONG_AS_THE_CASE,
            "anonymise",
            "The need stays; who raised it goes.",
        ),
        PersonalData(
            "initiative.Initiative",
            ("owner", "lead"),
            AS_LONG_AS_THE_CASE,
            "anonymise",
            "Responsibility must be traceable while it runs; the person row itself is anonymised.",
        ),
        PersonalData(
            "initiative.Admission", ("person",), "until the initiative ends", "delete", "A guest's way in."
        ),
        PersonalData(
            "initiative.StepDate",
            ("given_by",),
            AS_LONG_AS_THE_CASE,
            "anonymise",
            "Who gave a date is not needed later.",
        ),
        PersonalData(
            "initiative.Evidence",
            ("answered_by",),
            AS_LONG_AS_THE_CASE,
            "anonymise",
            "The answer stays without a name.",
        ),
        PersonalData(
            "initiative.GateDecision",
            ("decided_by", "decider_title"),
            AS_LONG_AS_THE_CASE,
            "anonymise",
            "The decision is a record and stays; who took it goes, name and title.",
        ),
        PersonalData(
            "initiative.Condition", ("owner",), AS_LONG_AS_THE_CASE, "anonymise", "The condition stays."
        ),
        PersonalData(
            "initiative.MondayStatement",
            ("said_by",),
            AS_LONG_AS_THE_CASE,
            "anonymise",
            "The statement is the unit's.",
        ),
        PersonalData(
            "initiative.Notice", ("person", "facts"), "one year", "delete", "Only of use to the person told."
        ),
        PersonalData("initiative.Link", ("linked_by",), AS_LONG_AS_THE_CASE, "keep", A_RANDOM_ID),
        PersonalData("initiative.Figure", ("pushed_by",), AS_LONG_AS_THE_CASE, "keep", A_RANDOM_ID),
    ),
)
