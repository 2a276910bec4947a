"""Lays the rows of an organisation of the demo: units, people, roles, committees, seats, meetings.

Rows that no action makes are made in bulk. Names, titles and headcounts of the crowd are drawn by lot with
the seed that the house names, so that the same people work there every time.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from random import Random
from typing import Any

from samspil.core.remedy_clock import midsummer_eve
from samspil.core.working_days import is_working_day, working_days_before
from samspil.dialogue.models import Meeting
from samspil.organisation.holidays import holidays_of
from samspil.organisation.models import (
    Account,
    AudienceGroup,
    Committee,
    ElectionGroup,
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

CHRISTMAS_EVE = 24
BATCH = 1000
STAFF_MEETING_BELOW = 30
SINCE = timedelta(days=1500)


@dataclass
class House:
    """An organisation of the demo, its rows by the names the texts use."""

    organisation: Organisation
    today: date
    texts: Mapping[str, Any]
    dice: Random
    units: dict[str, Unit] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    unions: dict[str, Union] = field(default_factory=dict)
    committees: dict[str, Committee] = field(default_factory=dict)
    groups: dict[str, AudienceGroup] = field(default_factory=dict)
    crowd: dict[int, list[Person]] = field(default_factory=dict)  # by unit, its manager first

    def day(self, offset: int) -> date:
        """The day so many days from today; where nobody is at work it is the working day before."""
        day = self.today + timedelta(days=offset)
        while not is_at_work(day, self.texts["country"]):
            day -= timedelta(days=1)
        return day

    @property
    def since(self) -> date:
        return self.today - SINCE


def is_at_work(day: date, country: str) -> bool:
    """Whether a town hall decides and meets on a day: not between Christmas and New Year, nor on the two days
    that are no public holidays and yet nobody's working days."""
    closed = day.month == 12 and day.day >= CHRISTMAS_EVE
    constitution_day = country == "DK" and (day.month, day.day) == (6, 5)
    the_eve = country == "SE" and day == midsummer_eve(day.year)
    if closed or constitution_day or the_eve:
        return False
    return is_working_day(day, holidays_of(country, [day.year]))


def lay_house(texts: Mapping[str, Any], today: date, *, crowd: bool) -> House:
    """Everything an organisation has before anything happens; with its crowd, or only those with a name."""
    facts = {name: texts[name] for name in ("slug", "name", "kind", "country", "language", "zone")}
    organisation = Organisation.objects.create(**facts, process_model=texts["process_model"])
    house = House(organisation, today, texts, Random(texts["seed"]))  # noqa: S311 - made-up people
    with scope(organisation):
        _lay_rules(house)
        _lay_units(house)
        _lay_named_people(house)
        if crowd:
            _lay_crowd(house)
        _lay_committees(house)
        _lay_seats(house)
        _lay_meetings(house)
    return house


def _lay_rules(house: House) -> None:
    where, texts = house.organisation, house.texts
    RegimePeriod.objects.create(organisation=where, regime=texts["regime"], since=texts["regime_since"])
    ProcedureRules.objects.create(organisation=where, since=house.since, **texts["procedure"])
    elect = {one["elects_in"]: None for one in texts["unions"] if "elects_in" in one}
    groups = {name: ElectionGroup.objects.create(organisation=where, name=name) for name in elect}
    for one in texts["unions"]:
        group = groups.get(one.get("elects_in", ""))
        house.unions[one["name"]] = Union.objects.create(
            organisation=where, name=one["name"], election_group=group
        )
    for one in texts["groups"]:
        house.groups[one["name"]] = AudienceGroup.objects.create(organisation=where, **one)


# --- units --------------------------------------------------------------------------------------------------


def _lay_units(house: House) -> None:
    where, texts = house.organisation, house.texts
    whole = Unit.objects.create(organisation=where, name=texts["name"], headcount=texts["headcount"])
    house.units[whole.name] = whole
    areas = [
        Unit(
            organisation=where,
            name=area["name"],
            parent=whole,
            headcount=area["headcount"],
            staff_function=area.get("staff_function", False),
        )
        for area in texts["areas"]
    ]
    for unit in [*Unit.objects.bulk_create(areas), *Unit.objects.bulk_create(_workplaces(house, areas))]:
        house.units[unit.name] = unit


def _workplaces(house: House, areas: list[Unit]) -> list[Unit]:
    """The workplaces of each area; its headcount is shared out among them."""
    return [
        Unit(
            organisation=house.organisation,
            name=name,
            parent=unit,
            headcount=count,
            staff_function=unit.staff_function,
        )
        for unit, area in zip(areas, house.texts["areas"], strict=True)
        for name, count in zip(
            area["workplaces"], _shares(house, unit.headcount or 0, len(area["workplaces"])), strict=True
        )
    ]


def _shares(house: House, whole: int, parts: int) -> list[int]:
    """A number shared out by lot into parts, none of them tiny."""
    weights = [house.dice.uniform(0.35, 1.65) for _ in range(parts)]
    counts = [int(whole * weight / sum(weights)) for weight in weights]
    for place in range(whole - sum(counts)):
        counts[place % parts] += 1
    return counts


# --- people -------------------------------------------------------------------------------------------------


def _lay_named_people(house: House) -> None:
    """Those who have a name in the texts; whoever may sign in gets an account, in the order of the texts."""
    for one in house.texts["people"]:
        given, family = one["name"].rsplit(" ", 1)
        house.people[one["key"]] = person = Person.objects.create(
            organisation=house.organisation,
            given_name=given,
            family_name=family,
            email=f"{one['key'].replace('_', '.')}@{house.texts['domain']}",
            title=one["title"],
            unit=house.units[one["unit"]] if "unit" in one else None,
            guest_of=one.get("guest_of", ""),
        )
        if one.get("account"):
            account = Account.objects.create_user(f"{one['key']}@{house.organisation.slug}")
            Membership.everywhere.create(organisation=house.organisation, account=account, person=person)
        for kind, unit in one.get("roles", []):
            _role(house, person, kind, house.units[unit]).save()


def _role(house: House, person: Person, kind: str, unit: Unit) -> Role:
    return Role(organisation=house.organisation, person=person, kind=kind, unit=unit, since=house.since)


def _lay_crowd(house: House) -> None:
    """Everybody else, so that every unit has as many people as it says; the first of each leads it."""
    named: dict[int | None, int] = {}
    for person in house.people.values():
        named[person.unit_id] = named.get(person.unit_id, 0) + 1
    rows = [
        person
        for area in house.texts["areas"]
        for name in area["workplaces"]
        for person in _crowd_of(house, area, house.units[name], named)
    ]
    for person in Person.objects.bulk_create(rows, batch_size=BATCH):
        house.crowd.setdefault(person.unit_id or 0, []).append(person)
    kind = Role.Kind.LINE_MANAGER
    units = {unit.pk: unit for unit in house.units.values()}
    Role.objects.bulk_create(_role(house, crowd[0], kind, units[unit]) for unit, crowd in house.crowd.items())


def _crowd_of(
    house: House, area: Mapping[str, Any], unit: Unit, named: Mapping[int | None, int]
) -> Iterator[Person]:
    names, dice, domain = house.texts["names"], house.dice, house.texts["domain"]
    for number in range((unit.headcount or 0) - named.get(unit.pk, 0)):
        given, family = dice.choice(names["given"]), dice.choice(names["family"])
        yield Person(
            organisation=house.organisation,
            given_name=given,
            family_name=family,
            email=f"a{dice.randrange(10**7):07d}@{domain}",
            title=area["manager"] if number == 0 else dice.choice(area["titles"]),
            unit=unit,
        )


# --- committees ---------------------------------------------------------------------------------------------


def _lay_committees(house: House) -> None:
    """The committees the texts name, the main one first; then one for every workplace that has none."""
    for one in house.texts["committees"]:
        house.committees[one["name"]] = Committee.objects.create(
            organisation=house.organisation,
            parent=house.committees.get(one.get("parent", "")),
            unit=house.units[one["unit"]],
            name=one["name"],
            level=one["level"],
        )
    for committee in Committee.objects.bulk_create(_local_committees(house)):
        house.committees[committee.name] = committee


def _local_committees(house: House) -> Iterator[Committee]:
    by_unit = {committee.unit_id: committee for committee in house.committees.values()}
    local = house.texts.get("local", {})
    for unit in house.units.values():
        above = by_unit.get(unit.parent_id)
        if not local or unit.pk in by_unit or above is None or above.level == "main":
            continue
        small = (unit.headcount or 0) < STAFF_MEETING_BELOW
        name = local["staff_meeting" if small else "committee"].format(unit=unit.name)
        yield Committee(
            organisation=house.organisation,
            parent=above,
            unit=unit,
            name=name,
            level="local",
            staff_meeting=small,
        )


def _lay_seats(house: House) -> None:
    """Named people sit where the texts say; the crowd fills the other chairs."""
    rows = list(_named_seats(house))
    taken: dict[int, set[str]] = {}
    for row in rows:
        taken.setdefault(row.committee_id, set()).add(row.kind)
    for committee in house.committees.values():
        rows += _crowd_seats(house, committee, taken.get(committee.pk, set()))
    Seat.objects.bulk_create(rows, batch_size=BATCH)


def _named_seats(house: House) -> Iterator[Seat]:
    for one in house.texts["people"]:
        for seat in one.get("seats", []):
            facts = {**seat, "committee": house.committees[seat["committee"]]}
            facts["union"] = house.unions[seat["union"]] if "union" in seat else None
            yield _seat(house, house.people[one["key"]], **facts)


def _seat(house: House, person: Person, **facts: Any) -> Seat:
    return Seat(organisation=house.organisation, person=person, since=house.since, **facts)


def _crowd_seats(house: House, committee: Committee, taken: set[str]) -> Iterator[Seat]:
    crowd = _near(house, committee)
    if not crowd:
        return
    manager, *others = crowd
    staff = house.dice.sample(others, min(len(others), 4))
    union = house.dice.choice(list(house.unions.values()))
    if "chair" not in taken:
        yield _seat(house, manager, committee=committee, side="management", kind="chair")
    for place, person in enumerate(staff[: 2 if committee.staff_meeting else 4]):
        kind = "vice_chair" if place == 0 and "vice_chair" not in taken else "member"
        facts = {"steward": place in (0, 2), "safety_rep": place == 1, "union": union}
        yield _seat(house, person, committee=committee, side="staff", kind=kind, **facts)


def _near(house: House, committee: Committee) -> list[Person]:
    """The crowd that a committee speaks for: its unit's own, else that of a unit below it."""
    if committee.unit_id in house.crowd:
        return house.crowd[committee.unit_id]
    below = [unit.pk for unit in house.units.values() if unit.parent_id == committee.unit_id]
    return next((house.crowd[pk] for pk in below if pk in house.crowd), [])


def _lay_meetings(house: House) -> None:
    """The meetings of the year: the days the texts name, else one every so many days."""
    named = {one["name"]: one.get("meetings") for one in house.texts["committees"]}
    every = house.texts["meetings"]
    years = range(house.today.year - 2, house.today.year + 2)
    free = holidays_of(house.organisation.country, years)
    rows = [
        _meeting(house, committee, offset, free)
        for committee in house.committees.values()
        for offset in named.get(committee.name) or _regularly(house, every[committee.level])
    ]
    Meeting.objects.bulk_create(rows, batch_size=BATCH)


def _regularly(house: House, every: int) -> range:
    return range(-380 + house.dice.randrange(every), 240, every)


def _meeting(house: House, committee: Committee, offset: int, free: frozenset[date]) -> Meeting:
    on = house.day(offset)
    days = house.texts["procedure"]["request_working_days"]
    return Meeting(
        organisation=house.organisation,
        committee=committee,
        on=on,
        starts=time.fromisoformat(house.texts["meetings"]["starts"]),
        place=house.texts["meetings"]["place"],
        request_by=working_days_before(on, days, free),
    )
