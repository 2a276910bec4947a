"""What the hall brings to the house."""

from datetime import timedelta

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samspil.initiative import boards, consumers, mails, notices, words
from samspil.initiative.permissions import PERMISSIONS
from samspil.kit.room import AS_LONG_AS_THE_CASE, MenuEntry, PersonalData, Room, ThingKind, Verb

A_RANDOM_ID = _("A random code that leads to nobody once the person is erased.")

PERSONAL_DATA = (
    PersonalData(
        "initiative.Need",
        _("Needs"),
        {"raised_by": _("who raised it")},
        AS_LONG_AS_THE_CASE,
        "anonymise",
        _("The need stays; who raised it goes."),
        beside={
            "problem": _("the need"),
            "for_whom": _("for whom"),
            "if_nothing": _("what happens if nothing is done"),
            "raised_at": _("raised at"),
            "status": _("state"),
        },
        choices={"status": words.NEED_STATUSES},
    ),
    PersonalData(
        "initiative.Initiative",
        _("Initiatives"),
        {"owner": _("who owns it"), "lead": _("who leads it")},
        AS_LONG_AS_THE_CASE,
        "anonymise",
        _("Who is responsible must be known while it runs; afterwards the row leads to nobody's name."),
        beside={"title": _("title"), "phase": _("phase"), "started_at": _("started at")},
        choices={"phase": words.PHASES},
    ),
    PersonalData(
        "initiative.MoneyAsGiven",
        _("Money as given"),
        {"entered_by": _("who entered it")},
        AS_LONG_AS_THE_CASE,
        "anonymise",
        _("The figure and where it stands stay; who entered it goes."),
        beside={
            "amount": _("amount"),
            "currency": _("currency"),
            "what": _("what it covers"),
            "source": _("where it stands"),
            "entered_at": _("entered at"),
        },
    ),
    PersonalData(
        "initiative.Admission",
        _("Ways in for guests"),
        {"person": _("who was let in")},
        _("until the initiative ends"),
        "delete",
        _("A guest's way in is of no use without the guest."),
        beside={"initiative": _("initiative")},
        over=lambda _at: Q(initiative__phase__in=("closed", "stopped")),
    ),
    PersonalData(
        "initiative.StepDate",
        _("Dates of binding steps"),
        {"given_by": _("who gave the date")},
        AS_LONG_AS_THE_CASE,
        "anonymise",
        _("Who gave a date is not needed later."),
        beside={"on": _("date"), "reason": _("reason"), "given_at": _("given at")},
    ),
    PersonalData(
        "initiative.Evidence",
        _("Answers to what a gate asks for"),
        {"answered_by": _("who answered")},
        AS_LONG_AS_THE_CASE,
        "anonymise",
        _("The answer stays without a name."),
        beside={"because": _("answer"), "answered_at": _("answered at")},
    ),
    PersonalData(
        "initiative.GateDecision",
        _("Decisions at gates"),
        {"decided_by": _("who decided"), "decider_title": _("that person's title")},
        AS_LONG_AS_THE_CASE,
        "anonymise",
        _("The decision is a record and stays; who took it goes, name and title."),
        beside={
            "initiative": _("initiative"),
            "outcome": _("outcome"),
            "decided_on": _("decided on"),
            "reason": _("reason"),
            "override_reason": _("reason for going on with something missing"),
        },
        choices={"outcome": words.OUTCOMES},
    ),
    PersonalData(
        "initiative.Condition",
        _("Conditions of decisions"),
        {"owner": _("who has to meet it")},
        AS_LONG_AS_THE_CASE,
        "anonymise",
        _("The condition stays."),
        beside={"text": _("condition"), "due": _("to be met by"), "met_on": _("met on")},
    ),
    PersonalData(
        "initiative.MondayStatement",
        _("What happens from Monday"),
        {"said_by": _("who said it")},
        AS_LONG_AS_THE_CASE,
        "anonymise",
        _("The statement is the unit's."),
        beside={"text": _("statement"), "said_at": _("said at")},
    ),
    PersonalData(
        "initiative.Notice",
        _("Notices"),
        {"person": _("who was told"), "facts": _("what it was about")},
        timedelta(days=365),
        "delete",
        _("Only of use to the person told."),
        beside={"told_at": _("told at"), "mailed_at": _("mailed at"), "seen_at": _("seen at")},
        counted_from="told_at",
        erase=mails.forget,
    ),
    PersonalData(
        "initiative.AIDuty",
        _("How staff were told about AI"),
        {
            "representatives_how": _("how representatives were told"),
            "staff_how": _("how staff was told"),
        },
        AS_LONG_AS_THE_CASE,
        "keep",
        _("It shows that a duty was met. Names do not belong in it."),
    ),
    PersonalData(
        "initiative.Assessment",
        _("Assessments before a change"),
        {"safety_rep": _("which safety representative took part")},
        AS_LONG_AS_THE_CASE,
        "anonymise",
        _("What was found stays; that a safety representative took part stays without the name."),
        beside={
            "found": _("what was found"),
            "measures": _("what is done about it"),
            "done_on": _("done on"),
        },
    ),
    PersonalData(
        "initiative.SearchText",
        _("What the search knows"),
        {"title": _("title"), "words": _("words")},
        AS_LONG_AS_THE_CASE,
        "keep",
        _("Built anew from the records after every erasure, so it holds no name that they do not hold."),
    ),
    PersonalData(
        "initiative.Link",
        _("Links between things"),
        {"linked_by": _("who linked them, as a random code")},
        AS_LONG_AS_THE_CASE,
        "keep",
        A_RANDOM_ID,
    ),
    PersonalData(
        "initiative.Figure",
        _("Figures"),
        {"pushed_by": _("who brought it in, as a random code")},
        AS_LONG_AS_THE_CASE,
        "keep",
        A_RANDOM_ID,
    ),
)

ROOM = Room(
    name="initiative",
    title=_("Needs and initiatives"),
    permissions=PERMISSIONS,
    can_be_switched_off=False,
    menu=(
        MenuEntry(_("Needs"), "initiative:needs", "initiative.see_needs", 10),
        MenuEntry(_("Initiatives"), "initiative:initiatives", "initiative.see_initiatives", 20),
        MenuEntry(_("Leadership overview"), "initiative:leadership", "initiative.see_leadership", 30),
        MenuEntry(_("Search"), "initiative:search", "initiative.search", 70),
    ),
    about=(MenuEntry(_("Journal"), "initiative:journal", "initiative.see_journal"),),
    evidence=boards.EVIDENCE,
    things={
        "need": ThingKind(_("need"), boards.need_cards),
        "initiative": ThingKind(_("initiative"), boards.initiative_cards),
        "binding_step": ThingKind(_("binding step"), boards.step_cards),
        "gate_decision": ThingKind(_("gate decision"), boards.decision_cards),
        "monday_statement": ThingKind(_("from Monday"), boards.monday_cards),
        "assessment": ThingKind(_("assessment before a change"), boards.assessment_cards),
    },
    verbs={
        "initiative.need_raised": Verb(_("raised the need “%(problem)s”")),
        "initiative.need_merged": Verb(_("merged the need “%(problem)s” into “%(into)s”")),
        "initiative.need_answered": Verb(
            _("let “%(title)s” answer the need “%(problem)s” as well"), notices.of_need_answered
        ),
        "initiative.started": Verb(_("started “%(title)s”"), notices.of_start),
        "initiative.changed": Verb(_("changed what is said about “%(title)s”"), notices.of_change),
        "initiative.money_given": Verb(
            _("gave the money for “%(title)s” as %(amount)s %(currency)s. Source: %(source)s")
        ),
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
        "initiative.ai_duty_dated": Verb(_("said that staff are to be told about AI by %(due)s")),
        "initiative.assessment_recorded": Verb(_("recorded an assessment before the change: %(found)s")),
        "initiative.assessment_dated": Verb(_("said that an assessment is to be done by %(due)s")),
        "initiative.gate_decided": Verb(
            _("decided at the gate (%(outcome)s): %(reason)s"), notices.of_decision
        ),
        "initiative.condition_met": Verb(_("marked a condition as met: %(text)s")),
        "initiative.projects_brought": Verb(_("brought a list of projects (%(files)s)")),
        "initiative.projects_taken_over": Verb(
            _("took over a list of projects (%(files)s): %(new)s new, %(changed)s changed")
        ),
        "initiative.projects_thrown_away": Verb(_("threw away a list of projects (%(files)s)")),
        "initiative.linked": Verb(_("linked two things")),
    },
    search={
        "need": boards.need_texts,
        "initiative": boards.initiative_texts,
        "gate_decision": boards.decision_texts,
        "assessment": boards.assessment_texts,
    },
    calendar=boards.coming_days,
    waiting=boards.waiting_for,
    ticks=(consumers.tick, consumers.look_again_daily, consumers.remind),
    sealed={"gate_decision": boards.sealed_decisions},
    content_keys={"process_model": ("key",), "duty": ("key",)},
    left_behind=boards.left_behind,
    personal_data=PERSONAL_DATA,
)
