"""Who may do what in the hall. One table, keyed by action."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from samspil.initiative.models import Admission, Condition, Initiative
from samspil.initiative.queries import LINE
from samspil.kit.permission import Permission, Permissions, predicate
from samspil.organisation.models import Role, Unit
from samspil.organisation.predicates import (
    administrator,
    any_project_lead,
    anyone_here,
    digital_lead,
    director,
    operator,
    reader,
    takes_part,
)
from samspil.organisation.viewer import Viewer


def initiative_of(thing: Any) -> Initiative | None:
    """The initiative a thing belongs to, or is."""
    return thing if isinstance(thing, Initiative) else getattr(thing, "initiative", None)


@predicate(_("the owner of the initiative"))
def owner(viewer: Viewer, thing: Any) -> bool:
    initiative = initiative_of(thing)
    return bool(initiative and viewer.person and initiative.owner_id == viewer.person.pk)


@predicate(_("the project lead of the initiative"))
def lead(viewer: Viewer, thing: Any) -> bool:
    initiative = initiative_of(thing)
    return bool(initiative and viewer.person and initiative.lead_id == viewer.person.pk)


@predicate(_("a line manager of those affected"))
def line_manager_of_those_affected(viewer: Viewer, thing: Any) -> bool:
    """Leads a unit that the initiative affects, or a unit above it."""
    initiative = initiative_of(thing)
    led = {role.unit_id for role in viewer.roles if role.kind == Role.Kind.LINE_MANAGER}
    if initiative is None or not led:
        return False
    return any(led.intersection(line_above(unit)) for unit in affected_units(initiative))


@predicate(_("a guest from a partner organisation"))
def guest(viewer: Viewer, _thing: Any = None) -> bool:
    """Somebody from a partner organisation; lists show them what they are admitted to."""
    return viewer.is_guest


@predicate(_("a guest who was admitted to the initiative"))
def admitted_guest(viewer: Viewer, thing: Any) -> bool:
    initiative = initiative_of(thing)
    if initiative is None or not viewer.is_guest:
        return False
    return viewer.person is not None and viewer.person.pk in _admitted(initiative)


def _admitted(initiative: Initiative) -> set[int]:
    """Asked for once a page, like the units below."""
    if not hasattr(initiative, "known_guests"):
        rows = Admission.objects.filter(initiative=initiative)
        initiative.known_guests = set(rows.values_list("person_id", flat=True))  # type: ignore[attr-defined]
    return initiative.known_guests  # type: ignore[attr-defined,no-any-return]


def affected_units(initiative: Initiative) -> list[Unit]:
    """Asked for once, however many buttons a page has. The line is read along with the units."""
    if not hasattr(initiative, "known_units"):
        initiative.known_units = list(initiative.units.select_related(LINE))  # type: ignore[attr-defined]
    return initiative.known_units  # type: ignore[attr-defined,no-any-return]


def line_above(unit: Any) -> list[int]:
    """The keys of a unit and of every unit above it."""
    line = []
    while unit is not None:
        line.append(unit.pk)
        unit = unit.parent
    return line


@predicate(_("the person named to see to the condition"))
def sees_to_the_condition(viewer: Viewer, thing: Any) -> bool:
    named = thing.owner_id if isinstance(thing, Condition) else None
    return bool(viewer.person and named == viewer.person.pk)


@predicate(_("somebody with a seat in the main committee"))
def sits_in_the_main_committee(viewer: Viewer, _thing: Any = None) -> bool:
    return any(seat.committee.level == Initiative.Level.MAIN for seat in viewer.seats)


ASK_THE_DIGITAL_LEAD = _("The head of digitalisation brings the list of projects. Ask them.")
runs_it = owner | lead | digital_lead | operator

PERMISSIONS = Permissions(
    "initiative",
    {
        "see_needs": Permission(
            anyone_here, _("Needs are open to everyone who belongs to the organisation.")
        ),
        "raise_need": Permission(
            takes_part,
            _("Needs are raised by people who work here. Auditors and consultants read them."),
        ),
        "merge_needs": Permission(
            digital_lead | any_project_lead | operator,
            _("Project leads and the head of digitalisation bring needs together. Ask one of them."),
        ),
        "see_initiatives": Permission(
            anyone_here | guest,
            _("The list of initiatives is open to everyone who belongs to the organisation."),
        ),
        "see_initiative": Permission(
            anyone_here | admitted_guest,
            _("You can see the initiatives you are admitted to. Ask the project lead to let you in."),
        ),
        "start_initiative": Permission(
            any_project_lead | digital_lead | director | operator,
            _(
                "Project leads, the head of digitalisation and directors start initiatives."
                " Raise a need instead."
            ),
        ),
        "see_projects": Permission(digital_lead | operator, ASK_THE_DIGITAL_LEAD),
        "bring_projects": Permission(digital_lead | operator, ASK_THE_DIGITAL_LEAD),
        "take_over_projects": Permission(digital_lead | operator, ASK_THE_DIGITAL_LEAD),
        "throw_away_projects": Permission(digital_lead | operator, ASK_THE_DIGITAL_LEAD),
        "change_initiative": Permission(
            runs_it,
            _("The owner, the project lead or the head of digitalisation changes this. Ask one of them."),
        ),
        "give_step_date": Permission(
            runs_it, _("The owner or the project lead gives the dates of binding steps. Ask one of them.")
        ),
        "answer_demand": Permission(
            runs_it | line_manager_of_those_affected,
            _("The owner, the project lead or a manager of those affected answers this. Ask one of them."),
        ),
        "say_monday": Permission(
            runs_it | line_manager_of_those_affected,
            _("A manager of those affected says what changes on Monday. Ask them or the project lead."),
        ),
        "inform_about_ai": Permission(
            runs_it,
            _("The owner or the project lead records when people were told about AI. Ask one of them."),
        ),
        "record_assessment": Permission(
            runs_it | line_manager_of_those_affected,
            _("The owner, the project lead or a manager of those affected records this. Ask one of them."),
        ),
        "decide_gate": Permission(
            owner | director,
            _("The owner or a director decides at the gate. Ask the owner when it will be decided."),
        ),
        "meet_condition": Permission(
            runs_it | sees_to_the_condition,
            _("The owner, the project lead or the person named marks a condition as met. Ask one of them."),
        ),
        "link_things": Permission(
            runs_it, _("The owner or the project lead links things to this initiative. Ask one of them.")
        ),
        "admit_guest": Permission(
            owner | lead | administrator | operator,
            _("The owner, the project lead or an administrator admits guests. Ask one of them."),
        ),
        "see_thread": Permission(
            anyone_here | guest, _("The thread is open to everyone who may see what hangs on it.")
        ),
        "search": Permission(
            anyone_here, _("Searching is open to everyone who belongs to the organisation.")
        ),
        "see_journal": Permission(
            anyone_here, _("The journal is open to everyone who belongs to the organisation.")
        ),
        "see_leadership": Permission(
            director | digital_lead | administrator | reader | sits_in_the_main_committee | operator,
            _(
                "Directors, the head of digitalisation, members of the main committee, auditors and"
                " consultants read this page. The list of initiatives is open to you."
            ),
        ),
        "give_money": Permission(
            runs_it,
            _("The owner, the project lead or the head of digitalisation gives the money. Ask one of them."),
        ),
        "see_figures": Permission(
            anyone_here, _("Figures are open to everyone who belongs to the organisation.")
        ),
    },
)
