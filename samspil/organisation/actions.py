"""What administrators do to keep the organisation in order, and how a person comes in and goes again."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import available_timezones

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samspil.kit import house
from samspil.kit.refusal import ChangedMeanwhile, Refused
from samspil.organisation import addresses, content, erasure, invitations, journal, leaving
from samspil.organisation.models import (
    Account,
    AudienceGroup,
    Committee,
    ElectionGroup,
    Invitation,
    Membership,
    Organisation,
    Person,
    ProcedureRules,
    RegimePeriod,
    Role,
    Seat,
    Union,
    Unit,
)
from samspil.organisation.permissions import PERMISSIONS
from samspil.organisation.scope import scope
from samspil.organisation.viewer import Viewer, current, operator_of

THEY_CHANGED_IT = _("Somebody changed this while you were writing. Both texts are below; nothing is lost.")


SIGNING_SEATS = (Seat.Kind.CHAIR, Seat.Kind.VICE_CHAIR, Seat.Kind.SECRETARY, Seat.Kind.ADJUSTER)
SHORT_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


# --- an organisation begins ---------------------------------------------------------------------------------


@transaction.atomic
def create_organisation(
    *,
    slug: str,
    name: str,
    kind: str,
    country: str,
    language: str,
    zone: str,
    regime: str,
    since: date,
    source: str = "",
    given_name: str,
    family_name: str = "",
    email: str = "",
    by: Viewer,
    at: datetime,
) -> Person:
    """A new organisation with its regime and top unit, and the administrator who goes on from there."""
    PERMISSIONS.require("create_organisation", by)
    _short_name_is_free(slug)
    _named(given_name)
    if zone not in available_timezones():
        raise Refused(_("There is no such time zone. Write it like Europe/Copenhagen."), "zone")
    organisation = Organisation.objects.create(
        slug=slug, name=name.strip(), kind=kind, country=country, language=language, zone=zone
    )
    _regime_is_loaded(regime, organisation)
    with scope(organisation):
        RegimePeriod.objects.create(
            organisation=organisation, regime=regime, since=since, source=source.strip()
        )
        whole = Unit.objects.create(organisation=organisation, name=organisation.name)
        person = Person.objects.create(
            organisation=organisation,
            given_name=given_name.strip(),
            family_name=family_name.strip(),
            email=email.strip(),
            unit=whole,
        )
        here = operator_of(organisation, at)
        Role.objects.create(
            organisation=organisation,
            person=person,
            kind=Role.Kind.ADMINISTRATOR,
            unit=whole,
            since=here.today,
        )
        facts = {"organisation": organisation.name, "regime": regime, "name": str(person)}
        _remember("organisation_created", person, facts, here, at)
    return person


# --- people -------------------------------------------------------------------------------------------------


@transaction.atomic
def add_person(
    *,
    given_name: str,
    family_name: str = "",
    email: str = "",
    title: str = "",
    unit: Unit | None = None,
    guest_of: str = "",
    by: Viewer,
    at: datetime,
) -> Person:
    """Somebody comes into the organisation, or as a guest from another one."""
    PERMISSIONS.require("add_person", by)
    _named(given_name)
    _address_is_free(email)
    person = Person.objects.create(
        organisation=by.organisation,
        given_name=given_name.strip(),
        family_name=family_name.strip(),
        email=email.strip(),
        title=title.strip(),
        unit=unit,
        guest_of=guest_of.strip(),
    )
    facts = {"name": str(person), "title": person.title}
    _remember("person_added", person, facts, by, at)
    return person


@transaction.atomic
def change_person(
    *,
    person: Person,
    version: int,
    given_name: str,
    family_name: str = "",
    email: str = "",
    title: str = "",
    unit: Unit | None = None,
    by: Viewer,
    at: datetime,
) -> Person:
    """Change a person's name, address, title or place."""
    PERMISSIONS.require("change_person", by, person)
    kept = Person.objects.select_for_update().get(pk=person.pk)
    _still_known(kept)
    if kept.version != version:
        raise ChangedMeanwhile(
            THEY_CHANGED_IT, theirs=f"{kept}\n{kept.title}", yours=f"{given_name} {family_name}\n{title}"
        )
    _named(given_name)
    _address_is_free(email, kept)
    before = {"name": str(kept), "title": kept.title}
    kept.given_name, kept.family_name = given_name.strip(), family_name.strip()
    kept.email, kept.title, kept.unit = email.strip(), title.strip(), unit
    kept.version += 1
    kept.save()
    _remember("person_changed", kept, {"name": str(kept), "title": kept.title, "before": before}, by, at)
    return kept


@transaction.atomic
def person_leaves(*, person: Person, on: date, by: Viewer, at: datetime) -> Person:
    """Somebody leaves: from then on they can't come in, and their roles and seats end."""
    PERMISSIONS.require("person_leaves", by, person)
    _still_known(person)
    leaving.leave(person, on, by, at)
    _remember("person_left", person, {"name": str(person), "on": on.isoformat()}, by, at)
    return person


@transaction.atomic
def give_role(
    *,
    person: Person,
    kind: str,
    unit: Unit | None,
    since: date,
    until: date | None = None,
    by: Viewer,
    at: datetime,
) -> Role:
    """Entrust a person with a role in a unit and everything below it."""
    PERMISSIONS.require("give_role", by, person)
    _is_here(person)
    _ends_after_it_begins(since, until)
    if kind == Role.Kind.LINE_MANAGER and unit is None:
        raise Refused(_("Choose the unit this person leads."), "unit")
    if current(Role.objects.filter(person=person, kind=kind, unit=unit), since).exists():
        raise Refused(_("This person has that role already."), "kind")
    role = Role.objects.create(
        organisation=by.organisation, person=person, kind=kind, unit=unit, since=since, until=until
    )
    facts = {"name": str(person), "role": kind, "unit": str(unit or ""), "since": since.isoformat()}
    _remember("role_given", person, facts, by, at)
    return role


@transaction.atomic
def end_role(*, role: Role, on: date, by: Viewer, at: datetime) -> Role:
    """A role ends with this day."""
    PERMISSIONS.require("end_role", by, role.person)
    if role.kind == Role.Kind.ADMINISTRATOR and on <= by.today:
        leaving.somebody_keeps_the_house(by, without=role.person)
    _end(role, on)
    facts = {"name": str(role.person), "role": role.kind, "until": on.isoformat()}
    _remember("role_ended", role.person, facts, by, at)
    return role


@transaction.atomic
def give_seat(
    *,
    person: Person,
    committee: Committee,
    side: str,
    kind: str = Seat.Kind.MEMBER,
    union: Union | None = None,
    steward: bool = False,
    safety_rep: bool = False,
    substitute_for: Seat | None = None,
    since: date,
    until: date | None = None,
    by: Viewer,
    at: datetime,
) -> Seat:
    """Give a person a seat in a committee."""
    PERMISSIONS.require("give_seat", by, committee)
    _is_here(person)
    _ends_after_it_begins(since, until)
    if substitute_for and substitute_for.committee_id != committee.pk:
        raise Refused(_("A substitute stands in for somebody in the same committee."), "substitute_for")
    if current(Seat.objects.filter(person=person, committee=committee), since).exists():
        raise Refused(_("This person has a seat in that committee already."), "committee")
    seat = Seat.objects.create(
        organisation=by.organisation,
        person=person,
        committee=committee,
        side=side,
        kind=kind,
        union=union,
        steward=steward,
        safety_rep=safety_rep,
        substitute_for=substitute_for,
        since=since,
        until=until,
    )
    facts = {"name": str(person), "committee": committee.name, "side": side, "seat": kind}
    _remember("seat_given", person, facts, by, at)
    return seat


@transaction.atomic
def end_seat(*, seat: Seat, on: date, by: Viewer, at: datetime) -> Seat:
    """A seat ends with this day."""
    PERMISSIONS.require("end_seat", by, seat.committee)
    _end(seat, on)
    facts = {"name": str(seat.person), "committee": seat.committee.name, "until": on.isoformat()}
    _remember("seat_ended", seat.person, facts, by, at)
    return seat


# --- coming in ----------------------------------------------------------------------------------------------


@transaction.atomic
def invite_person(*, person: Person, username: str = "", by: Viewer, at: datetime) -> str:
    """Make a link with which this person gets an account; returns its token, which is kept nowhere.

    An earlier link that was not used stops working. Without an address the link has to be handed over.
    """
    PERMISSIONS.require("invite_person", by, person)
    _is_here(person)
    if Membership.objects.filter(person=person).exists():
        raise Refused(_("This person has an account already."))
    username = username.strip()
    if username and Account.objects.filter(username__iexact=username).exists():
        raise Refused(_("This user name is taken. Choose another."), "username")
    invitations.revoke_open(person, at)
    token = invitations.write(person, username, at)
    _remember("person_invited", person, {"name": str(person)}, by, at)
    return token


@transaction.atomic
def revoke_invitation(*, invitation: Invitation, by: Viewer, at: datetime) -> Invitation:
    """A link that was not used stops working."""
    PERMISSIONS.require("revoke_invitation", by, invitation.person)
    if invitation.accepted_at:
        raise Refused(_("This link has been used already."))
    invitation.revoked_at = at
    invitation.save(update_fields=["revoked_at"])
    _remember("invitation_revoked", invitation.person, {"name": str(invitation.person)}, by, at)
    return invitation


@transaction.atomic
def accept_invitation(
    *,
    invitation: Invitation,
    account: Account | None = None,
    username: str = "",
    password: str = "",
    by: Viewer,
    at: datetime,
) -> Account:
    """Come in: with the account one is signed in with, or with a new one. The link is used up."""
    kept = Invitation.objects.select_for_update().select_related("person").get(pk=invitation.pk)
    PERMISSIONS.require("accept_invitation", by, kept)
    invitations.check_open(kept, at)
    found = account or invitations.new_account(kept, username, password)
    if Membership.objects.filter(account=found).exists():
        raise Refused(_("This account belongs to another person here. Sign out and open the link again."))
    Membership.objects.create(organisation=by.organisation, account=found, person=kept.person)
    kept.accepted_at = at
    kept.save(update_fields=["accepted_at"])
    _remember("invitation_accepted", kept.person, {"name": str(kept.person)}, by, at)
    return found


# --- going again --------------------------------------------------------------------------------------------


@transaction.atomic
def erase_person(*, person: Person, by: Viewer, at: datetime) -> None:
    """Everything Samspil knows of a person goes, as each room declares; the journal's chain stays whole."""
    PERMISSIONS.require("erase_person", by, person)
    _still_known(person)
    leaving.somebody_keeps_the_house(by, without=person)
    erased = erasure.carry_out(person, by, at)
    facts = {"subject": erased.subject, "rows": list(erased.rows)}
    journal.append("organisation.person_erased", facts=facts, by=by, at=at)


# --- the organisation itself --------------------------------------------------------------------------------


@transaction.atomic
def add_unit(
    *,
    name: str,
    parent: Unit | None,
    staff_function: bool = False,
    headcount: int | None = None,
    by: Viewer,
    at: datetime,
) -> Unit:
    """A new place in the organisation's tree."""
    PERMISSIONS.require("add_unit", by)
    if Unit.objects.filter(name__iexact=name.strip(), parent=parent, closed_on=None).exists():
        raise Refused(_("There is a unit with this name in the same place already."), "name")
    unit = Unit.objects.create(
        organisation=by.organisation,
        name=name.strip(),
        parent=parent,
        staff_function=staff_function,
        headcount=headcount,
    )
    facts = {"name": unit.name, "parent": str(parent or "")}
    journal.append("organisation.unit_added", thing=unit.ref, facts=facts, by=by, at=at)
    return unit


@transaction.atomic
def change_unit(
    *,
    unit: Unit,
    version: int,
    name: str,
    parent: Unit | None,
    staff_function: bool = False,
    headcount: int | None = None,
    key: str = "",
    by: Viewer,
    at: datetime,
) -> Unit:
    """Rename a unit, move it with all below it, or change what is noted about it."""
    PERMISSIONS.require("change_unit", by, unit)
    kept = Unit.objects.select_for_update().get(pk=unit.pk)
    _is_open(kept)
    if kept.version != version:
        raise ChangedMeanwhile(THEY_CHANGED_IT, theirs=kept.name, yours=name)
    if parent and kept.pk in _line_above(parent):
        raise Refused(_("A unit cannot lie below itself. Choose another place."), "parent")
    beside = Unit.objects.filter(name__iexact=name.strip(), parent=parent, closed_on=None)
    if beside.exclude(pk=kept.pk).exists():
        raise Refused(_("There is a unit with this name in the same place already."), "name")
    if key.strip() and Unit.objects.filter(key=key.strip(), closed_on=None).exclude(pk=kept.pk).exists():
        raise Refused(_("Another unit has this key."), "key")
    before = {"name": kept.name, "parent": str(kept.parent or "")}
    kept.name, kept.parent, kept.key = name.strip(), parent, key.strip()
    kept.staff_function, kept.headcount = staff_function, headcount
    kept.version += 1
    kept.save()
    facts = {"name": kept.name, "parent": str(parent or ""), "before": before}
    journal.append("organisation.unit_changed", thing=kept.ref, facts=facts, by=by, at=at)
    return kept


@transaction.atomic
def close_unit(*, unit: Unit, on: date, by: Viewer, at: datetime) -> Unit:
    """A unit is no more. It stays where records name it and can no longer be chosen."""
    PERMISSIONS.require("close_unit", by, unit)
    kept = Unit.objects.select_for_update().get(pk=unit.pk)
    _is_open(kept)
    if on > by.today:
        raise Refused(_("This day has not come yet. Choose today or an earlier day."), "on")
    if Unit.objects.filter(parent=kept, closed_on=None).exists():
        raise Refused(_("There are units below it. Move or close them first."))
    if Person.objects.filter(unit=kept, left_on=None).exists():
        raise Refused(_("People still work there. Move them first."))
    if Committee.objects.filter(unit=kept).exists():
        raise Refused(_("A committee belongs to it. Give the committee another unit first."))
    if current(Role.objects.filter(unit=kept, person__left_on=None), on).exists():
        raise Refused(_("Somebody has a role there. End the role first."))
    kept.closed_on = on
    kept.version += 1
    kept.save(update_fields=["closed_on", "version"])
    facts = {"name": kept.name, "on": on.isoformat()}
    journal.append("organisation.unit_closed", thing=kept.ref, facts=facts, by=by, at=at)
    return kept


@transaction.atomic
def add_committee(
    *,
    name: str,
    level: str,
    parent: Committee | None = None,
    unit: Unit | None = None,
    staff_meeting: bool = False,
    by: Viewer,
    at: datetime,
) -> Committee:
    """A new committee, or a staff meeting with a committee's standing."""
    PERMISSIONS.require("add_committee", by)
    if Committee.objects.filter(name__iexact=name.strip()).exists():
        raise Refused(_("There is a committee with this name already."), "name")
    committee = Committee.objects.create(
        organisation=by.organisation,
        name=name.strip(),
        level=level,
        parent=parent,
        unit=unit,
        staff_meeting=staff_meeting,
    )
    facts = {"name": committee.name, "level": level}
    journal.append("organisation.committee_added", thing=committee.ref, facts=facts, by=by, at=at)
    return committee


@transaction.atomic
def change_committee(
    *,
    committee: Committee,
    version: int,
    name: str,
    level: str,
    parent: Committee | None = None,
    unit: Unit | None = None,
    staff_meeting: bool = False,
    by: Viewer,
    at: datetime,
) -> Committee:
    """Rename a committee, or change its level, the committee above it or its unit."""
    PERMISSIONS.require("change_committee", by, committee)
    kept = Committee.objects.select_for_update().get(pk=committee.pk)
    if kept.version != version:
        raise ChangedMeanwhile(THEY_CHANGED_IT, theirs=kept.name, yours=name)
    if Committee.objects.filter(name__iexact=name.strip()).exclude(pk=kept.pk).exists():
        raise Refused(_("There is a committee with this name already."), "name")
    if parent and kept.pk in _line_above(parent):
        raise Refused(_("A committee cannot lie below itself. Choose another one."), "parent")
    before = {"name": kept.name, "level": kept.level, "parent": str(kept.parent or "")}
    kept.name, kept.level, kept.parent = name.strip(), level, parent
    kept.unit, kept.staff_meeting = unit, staff_meeting
    kept.version += 1
    kept.save()
    facts = {"name": kept.name, "level": level, "parent": str(parent or ""), "before": before}
    journal.append("organisation.committee_changed", thing=kept.ref, facts=facts, by=by, at=at)
    return kept


@transaction.atomic
def add_union(*, name: str, election_group: str = "", by: Viewer, at: datetime) -> Union:
    """A union with members here, and with which others it elects (MED)."""
    PERMISSIONS.require("add_union", by)
    if Union.objects.filter(name__iexact=name.strip()).exists():
        raise Refused(_("There is a union with this name already."), "name")
    union = Union.objects.create(
        organisation=by.organisation, name=name.strip(), election_group=_election_group(election_group, by)
    )
    facts = {"name": union.name, "election_group": election_group.strip()}
    journal.append("organisation.union_added", thing=union.ref, facts=facts, by=by, at=at)
    return union


@transaction.atomic
def change_union(
    *, union: Union, version: int, name: str, election_group: str = "", by: Viewer, at: datetime
) -> Union:
    """Rename a union, or say with which others it elects."""
    PERMISSIONS.require("change_union", by, union)
    kept = Union.objects.select_for_update().get(pk=union.pk)
    if kept.version != version:
        raise ChangedMeanwhile(THEY_CHANGED_IT, theirs=kept.name, yours=name)
    if Union.objects.filter(name__iexact=name.strip()).exclude(pk=kept.pk).exists():
        raise Refused(_("There is a union with this name already."), "name")
    before = {"name": kept.name, "election_group": str(getattr(kept.election_group, "name", ""))}
    kept.name, kept.election_group = name.strip(), _election_group(election_group, by)
    kept.version += 1
    kept.save()
    facts = {"name": kept.name, "election_group": election_group.strip(), "before": before}
    journal.append("organisation.union_changed", thing=kept.ref, facts=facts, by=by, at=at)
    return kept


@transaction.atomic
def settle_handover(*, held: Role | Seat, by: Viewer, at: datetime) -> Role | Seat:
    """Nobody takes over what somebody who left had; it is no longer waited for."""
    PERMISSIONS.require("settle_handover", by, held.person)
    if held.person.left_on is None or held.settled_on:
        raise Refused(_("This does not wait to be taken over."))
    held.settled_on = by.today
    held.save(update_fields=["settled_on"])
    what = held.kind if isinstance(held, Role) else held.committee.name
    _remember("handover_settled", held.person, {"name": str(held.person), "what": what}, by, at)
    return held


@transaction.atomic
def add_audience_group(
    *,
    name: str,
    kind: str,
    size: int | None = None,
    barriers: Sequence[str] = (),
    outside_average: Sequence[str] = (),
    by: Viewer,
    at: datetime,
) -> AudienceGroup:
    """Name a group of people who are touched and can be asked."""
    PERMISSIONS.require("add_audience_group", by)
    _group_name_is_free(name)
    group = AudienceGroup.objects.create(
        organisation=by.organisation,
        name=name.strip(),
        kind=kind,
        size=size,
        barriers=list(barriers),
        outside_average=list(outside_average),
    )
    facts = {"name": group.name, "kind": kind, "size": size}
    journal.append("organisation.audience_group_added", thing=group.ref, facts=facts, by=by, at=at)
    return group


@transaction.atomic
def change_audience_group(
    *,
    group: AudienceGroup,
    version: int,
    name: str,
    kind: str,
    size: int | None,
    barriers: Sequence[str],
    outside_average: Sequence[str],
    by: Viewer,
    at: datetime,
) -> AudienceGroup:
    """Change what is known of an audience group."""
    PERMISSIONS.require("change_audience_group", by, group)
    kept = AudienceGroup.objects.select_for_update().get(pk=group.pk)
    if kept.version != version:
        raise ChangedMeanwhile(THEY_CHANGED_IT, theirs=kept.name, yours=name)
    _group_name_is_free(name, kept)
    before = {"name": kept.name, "kind": kept.kind, "size": kept.size}
    kept.name, kept.kind, kept.size = name.strip(), kind, size
    kept.barriers, kept.outside_average = list(barriers), list(outside_average)
    kept.version += 1
    kept.save()
    facts = {"name": kept.name, "kind": kind, "size": size, "before": before}
    journal.append("organisation.audience_group_changed", thing=kept.ref, facts=facts, by=by, at=at)
    return kept


@transaction.atomic
def set_regime(*, regime: str, since: date, source: str = "", by: Viewer, at: datetime) -> RegimePeriod:
    """Say which regime of co-determination holds from a date on. Earlier periods stay as they were."""
    PERMISSIONS.require("set_regime", by)
    _regime_is_loaded(regime, by.organisation)
    if RegimePeriod.objects.filter(since=since).exists():
        raise Refused(_("A regime begins on that day already. Choose another day."), "since")
    period = RegimePeriod.objects.create(
        organisation=by.organisation, regime=regime, since=since, source=source.strip()
    )
    facts = {"regime": regime, "since": since.isoformat(), "source": period.source}
    journal.append("organisation.regime_set", facts=facts, by=by, at=at)
    return period


@transaction.atomic
def set_procedure(
    *,
    since: date,
    request_working_days: int,
    release: Sequence[str],
    approve: Sequence[str],
    extraordinary: bool = True,
    in_writing: bool = True,
    agenda_by: Sequence[str] = (),
    chairs_working_days: int | None = None,
    agenda_working_days: int | None = None,
    quorum: str = "",
    source: str = "",
    committee: Committee | None = None,
    by: Viewer,
    at: datetime,
) -> ProcedureRules:
    """Rules of procedure from a date on: the organisation's own, or one committee's. Earlier ones stay."""
    PERMISSIONS.require("set_procedure", by)
    for name, kinds in (("release", release), ("approve", approve)):
        if not kinds or not set(kinds) <= set(SIGNING_SEATS):
            raise Refused(_("Choose at least one seat that signs the minutes."), name)
    if not set(agenda_by) <= set(SIGNING_SEATS):
        raise Refused(_("Choose among the seats of a committee."), "agenda_by")
    _in_order(request_working_days, chairs_working_days, agenda_working_days)
    if ProcedureRules.objects.filter(committee=committee, since=since).exists():
        raise Refused(_("Rules of procedure begin on that day already. Choose another day."), "since")
    rules = ProcedureRules.objects.create(
        organisation=by.organisation,
        committee=committee,
        since=since,
        request_working_days=request_working_days,
        release=list(release),
        approve=list(approve),
        extraordinary=extraordinary,
        in_writing=in_writing,
        agenda_by=list(agenda_by),
        chairs_working_days=chairs_working_days,
        agenda_working_days=agenda_working_days,
        quorum=quorum,
        source=source.strip(),
    )
    facts = {
        "since": since.isoformat(),
        "request_working_days": request_working_days,
        "release": list(release),
        "approve": list(approve),
        "extraordinary": extraordinary,
        "in_writing": in_writing,
        "agenda_by": list(agenda_by),
        "chairs_working_days": chairs_working_days,
        "agenda_working_days": agenda_working_days,
        "quorum": quorum,
        "source": rules.source,
    }
    if committee:
        facts["committee"] = committee.name
    thing = committee.ref if committee else ""
    journal.append("organisation.procedure_set", thing=thing, facts=facts, by=by, at=at)
    return rules


def _in_order(request: int, chairs: int | None, agenda: int | None) -> None:
    """Items are asked for first, then the agenda is settled, then it is sent."""
    if chairs is not None and chairs > request:
        raise Refused(
            _("The agenda is settled after items were asked for. Choose fewer days before the meeting."),
            "chairs_working_days",
        )
    if agenda is not None and agenda > (request if chairs is None else chairs):
        raise Refused(
            _("The agenda is sent after it was settled. Choose fewer days before the meeting."),
            "agenda_working_days",
        )


@transaction.atomic
def set_mail_hour(*, mail_hour: int, by: Viewer, at: datetime) -> None:
    """At which hour everybody's one mail of the day goes, on the organisation's own clocks."""
    PERMISSIONS.require("set_mail_hour", by)
    if not 0 <= mail_hour <= 23:
        raise Refused(_("Choose an hour from 0 to 23."), "mail_hour")
    kept = Organisation.objects.select_for_update().get(pk=by.organisation.pk)
    before, kept.mail_hour = kept.mail_hour, mail_hour
    kept.save(update_fields=["mail_hour"])
    by.organisation.mail_hour = mail_hour
    facts = {"mail_hour": mail_hour, "before": before}
    journal.append("organisation.mail_hour_set", facts=facts, by=by, at=at)


@transaction.atomic
def choose_process_model(*, process_model: str, by: Viewer, at: datetime) -> None:
    """Which way initiatives that start from now on follow, unless somebody chooses another."""
    PERMISSIONS.require("choose_process_model", by)
    languages = [by.organisation.language, content.READING_LANGUAGE]
    found = content.find("process_model", process_model, languages, by.organisation)
    if found is None:
        raise Refused(
            _("This way is not loaded. Ask the operator to run “samspil load-content”."), "process_model"
        )
    kept = Organisation.objects.select_for_update().get(pk=by.organisation.pk)
    before, kept.process_model = kept.process_model, process_model
    kept.save(update_fields=["process_model"])
    by.organisation.process_model = process_model
    facts = {"title": found.body["title"], "process_model": process_model, "before": before}
    journal.append("organisation.process_model_chosen", facts=facts, by=by, at=at)


@transaction.atomic
def switch_room(*, room: str, on: bool, by: Viewer, at: datetime) -> None:
    """Switch a room of the house off or on again. What it holds stays."""
    PERMISSIONS.require("switch_room", by)
    found = next((one for one in house.rooms() if one.name == room), None)
    if found is None or not found.can_be_switched_off:
        raise Refused(_("This part belongs to the house itself and can't be switched off."), "room")
    kept = type(by.organisation).objects.select_for_update().get(pk=by.organisation.pk)
    kept.rooms_off = sorted(set(kept.rooms_off) - {room} if on else {*kept.rooms_off, room})
    kept.save(update_fields=["rooms_off"])
    by.organisation.rooms_off = kept.rooms_off
    facts = {"room": room, "on": on}
    journal.append("organisation.room_switched", facts=facts, by=by, at=at)


# --- what several of them need ------------------------------------------------------------------------------


def _remember(verb: str, person: Person, facts: Mapping[str, Any], by: Viewer, at: datetime) -> None:
    journal.append(f"organisation.{verb}", thing=person.ref, facts=facts, about=[person], by=by, at=at)


def _is_open(unit: Unit) -> None:
    if unit.closed_on:
        raise Refused(_("This unit has been closed. Nothing can be changed any more."))


def _line_above(one: Any) -> set[int]:
    """The keys of a unit or committee and of all above it."""
    line: set[int] = set()
    while one is not None and one.pk not in line:
        line.add(one.pk)
        one = one.parent
    return line


def _short_name_is_free(slug: str) -> None:
    if not SHORT_NAME.fullmatch(slug) or len(slug) > 50:
        raise Refused(
            _("The short name stands in addresses: small letters, digits and hyphens only."), "slug"
        )
    if slug in addresses.of_the_house():
        raise Refused(
            _("“%(slug)s” is an address of Samspil itself. Choose another.") % {"slug": slug}, "slug"
        )
    if Organisation.objects.filter(slug=slug).exists():
        raise Refused(
            _("There is an organisation “%(slug)s” already. Choose another.") % {"slug": slug}, "slug"
        )


def _regime_is_loaded(regime: str, organisation: Organisation) -> None:
    if content.find("regime", regime, [organisation.language, content.READING_LANGUAGE]) is None:
        raise Refused(
            _("This regime is not loaded. Ask the operator to run “samspil load-content”."), "regime"
        )


def _named(given_name: str) -> None:
    if not given_name.strip():
        raise Refused(_("Write at least a given name."), "given_name")


def _address_is_free(email: str, person: Person | None = None) -> None:
    others = Person.objects.filter(email__iexact=email.strip(), left_on__isnull=True)
    if email.strip() and others.exclude(pk=person.pk if person else 0).exists():
        raise Refused(
            _("Somebody else here has this e-mail address. Check whether they are the same."), "email"
        )


def _election_group(name: str, by: Viewer) -> ElectionGroup | None:
    """The group of that name; a new name makes a new group."""
    if not name.strip():
        return None
    known = ElectionGroup.objects.filter(name__iexact=name.strip()).first()
    return known or ElectionGroup.objects.create(organisation=by.organisation, name=name.strip())


def _group_name_is_free(name: str, group: AudienceGroup | None = None) -> None:
    others = AudienceGroup.objects.filter(name__iexact=name.strip())
    if others.exclude(pk=group.pk if group else 0).exists():
        raise Refused(_("There is a group with this name already."), "name")


def _still_known(person: Person) -> None:
    if person.erased_at:
        raise Refused(_("This person has been erased. Nothing can be changed any more."))


def _is_here(person: Person) -> None:
    _still_known(person)
    if person.left_on:
        raise Refused(_("This person has left the organisation."))


def _ends_after_it_begins(since: date, until: date | None) -> None:
    if until and until < since:
        raise Refused(_("The last day lies before the first. Check both."), "until")


def _end(held: Role | Seat, on: date) -> None:
    if on < held.since:
        raise Refused(_("It can't end before it began. Choose a later day."), "on")
    held.until = on
    held.save(update_fields=["until"])
