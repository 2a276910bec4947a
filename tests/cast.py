"""The small cast that plays in all tests: one organisation per regime, and a person for every role.

Ingrid leads projects, Bo owns, Karen directs; Mads chairs the area committee and Aisha is its vice-chair;
Erik is everybody; Olga from the other organisation must see nothing.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from samspil.organisation.models import (
    Account,
    AudienceGroup,
    Committee,
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
from samspil.organisation.scope import scope
from samspil.organisation.viewer import Viewer, viewer_of

AT = datetime(2026, 2, 1, 9, 0, tzinfo=UTC)
SINCE = date(2025, 1, 1)

NAMES = {
    "lead": "Ingrid Projekt",
    "owner": "Bo Leder",
    "director": "Karen Direktør",
    "digital_lead": "Nils Digital",
    "administrator": "Ada Administrator",
    "auditor": "Rune Revisor",
    "consultant": "Frida Forbund",
    "chair": "Mads Formand",
    "vice_chair": "Aisha Næstformand",
    "secretary": "Sanne Sekretær",
    "steward": "Tove Tillidsvalgt",
    "management_member": "Lars Ledelse",
    "employee": "Erik Ansat",
    "guest": "Gitte Gæst",
}


@dataclass
class Cast:
    """One organisation with everybody in it."""

    organisation: Organisation
    people: dict[str, Person] = field(default_factory=dict)
    units: dict[str, Unit] = field(default_factory=dict)
    groups: dict[str, AudienceGroup] = field(default_factory=dict)
    committees: dict[str, Committee] = field(default_factory=dict)
    unions: dict[str, Union] = field(default_factory=dict)
    at: datetime = AT

    def viewer(self, who: str, at: datetime | None = None) -> Viewer:
        with scope(self.organisation):
            return viewer_of(self.people[who], at or self.at)

    def account(self, who: str) -> Account:
        return Membership.everywhere.get(person=self.people[who]).account


def gather(slug: str = "fjordby", regime: str = "MED", at: datetime = AT) -> Cast:
    """Build the organisation. `regime` is MED, SU, samverkan or MBL."""
    swedish = regime in ("samverkan", "MBL")
    organisation = Organisation.objects.create(
        slug=slug,
        name={"fjordby": "Fjordby Kommune", "sjovik": "Sjövik kommun"}.get(slug, slug.title()),
        kind="state" if regime == "SU" else "municipality",
        country="SE" if swedish else "DK",
        language="sv" if swedish else "da",
        zone="Europe/Stockholm" if swedish else "Europe/Copenhagen",
    )
    cast = Cast(organisation, at=at)
    with scope(organisation):
        RegimePeriod.objects.create(organisation=organisation, regime=regime, since=SINCE)
        _units(cast)
        _people(cast)
        _roles(cast)
        _committees(cast, swedish)
    return cast


def _units(cast: Cast) -> None:
    def unit(key: str, name: str, parent: str = "", **facts: object) -> None:
        cast.units[key] = Unit.objects.create(
            organisation=cast.organisation, name=name, parent=cast.units.get(parent), **facts
        )

    unit("whole", cast.organisation.name)
    unit("area", "Ældre og Sundhed", "whole", headcount=2400)
    unit("workplace", "Hjemmeplejen Nord", "area", headcount=120)
    unit("it", "Digitalisering og it", "whole", staff_function=True)
    cast.groups["citizens"] = AudienceGroup.objects.create(
        organisation=cast.organisation, name="Borgere med hjemmehjælp", kind="citizens", size=1900
    )


def _people(cast: Cast) -> None:
    home = {"lead": "it", "digital_lead": "it", "administrator": "it", "owner": "area", "director": "whole"}
    for who, name in NAMES.items():
        given, family = name.split(" ", 1)
        person = Person.objects.create(
            organisation=cast.organisation,
            given_name=given,
            family_name=family,
            email=f"{who}@{cast.organisation.slug}.example",
            title=who.replace("_", " "),
            unit=cast.units[home.get(who, "workplace")],
            guest_of="Region Eksempel" if who == "guest" else "",
        )
        account = Account.objects.create_user(f"{who}@{cast.organisation.slug}")
        Membership.everywhere.create(organisation=cast.organisation, account=account, person=person)
        cast.people[who] = person


def _roles(cast: Cast) -> None:
    roles = {
        "lead": ("project_lead", "it"),
        "owner": ("line_manager", "area"),
        "director": ("director", "whole"),
        "digital_lead": ("digital_lead", "whole"),
        "administrator": ("administrator", "whole"),
        "auditor": ("auditor", "whole"),
        "consultant": ("consultant", "whole"),
        "management_member": ("line_manager", "workplace"),
    }
    for who, (kind, unit) in roles.items():
        Role.objects.create(
            organisation=cast.organisation,
            person=cast.people[who],
            kind=kind,
            unit=cast.units[unit],
            since=SINCE,
        )


def _committees(cast: Cast, swedish: bool) -> None:
    organisation = cast.organisation
    for key in ("A", "B"):
        cast.unions[key] = Union.objects.create(organisation=organisation, name=f"Forbund {key}")
    parent = None
    for level, unit in (("main", "whole"), ("area", "area"), ("local", "workplace")):
        parent = cast.committees[level] = Committee.objects.create(
            organisation=organisation,
            parent=parent,
            unit=cast.units[unit],
            name=f"Udvalg {level}",
            level=level,
        )
        _seats(cast, parent, swedish)
    signing = ["chair", "adjuster"] if swedish else ["chair", "vice_chair"]
    ProcedureRules.objects.create(
        organisation=organisation,
        since=SINCE,
        request_working_days=10,
        release=["chair"] if swedish else signing,
        approve=signing,
        source="Egen forretningsorden",
    )


def _seats(cast: Cast, committee: Committee, swedish: bool) -> None:
    seats = [
        ("chair", "management", "chair", None),
        ("vice_chair", "staff", "adjuster" if swedish else "vice_chair", "A"),
        ("secretary", "management", "secretary", None),
        ("steward", "staff", "adjuster" if swedish else "member", "B"),
        ("management_member", "management", "member", None),
    ]
    for who, side, kind, union in seats:
        Seat.objects.create(
            organisation=cast.organisation,
            committee=committee,
            person=cast.people[who],
            side=side,
            kind=kind,
            union=cast.unions.get(union or ""),
            steward=who == "steward",
            since=SINCE,
        )
