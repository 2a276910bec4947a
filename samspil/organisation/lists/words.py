"""What a list is told, in the reader's words."""

from collections.abc import Mapping
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from samspil.core import organisation_list as core
from samspil.core.lists import Fault, Kind
from samspil.organisation.words import GROUP_KINDS, ROLES, SEATS, SIDES

REASONS = {
    "unknown_sheet": _("It is not clear what this sheet lists. Give it the name it has in the template."),
    "unknown_heading": _("No column is called “%(column)s”. Use the headings of the template."),
    "heading_twice": _("Two columns are called “%(column)s”. Keep one of them."),
    "missing_heading": _("The column “%(column)s” is missing."),
    "no_lines": _("There are no lines here, or only examples."),
    "no_heading": _("“%(cell)s” stands in a column without a heading."),
    "formula_fault": _("The formula in this cell has failed (%(cell)s). Write the value instead."),
    "empty": _("This must be filled in."),
    "not_a_text": _("Write a text here."),
    "too_long": _("This is too long. There is room for %(longest)s characters."),
    "not_an_email": _("“%(cell)s” is not an e-mail address."),
    "not_a_number": _("“%(cell)s” is not a whole number."),
    "not_an_amount": _("“%(cell)s” is not clear as an amount. Write it like 1250000 or 1250000,50."),
    "not_yes_or_no": _("“%(cell)s” is neither yes nor no."),
    "not_a_day": _("“%(cell)s” is not a date. Write it like 2026-03-31."),
    "not_a_choice": _("“%(cell)s” is not one of: %(allowed)s."),
    "twice": _("“%(cell)s” stands in row %(first)s already."),
    "no_key": _("Give an employee number or an e-mail address, so that the person is found again next time."),
    "two_people": _("The employee number is %(one)s's and the e-mail address %(other)s's."),
    "is_a_guest": _("%(name)s is a guest from another organisation. Leave the line out."),
    "other_key": _("%(name)s has this e-mail address and the employee number %(key)s."),
    "unknown_person": _("Nobody here or in the file has “%(cell)s” as e-mail address or employee number."),
    "unknown_unit": _("No unit here or in the file is called “%(cell)s”."),
    "several_units": _("Several units are called “%(cell)s”. Write the key, or the path: Area / Unit."),
    "unknown_committee": _("No committee here or in the file is called “%(cell)s”."),
    "unknown_union": _("No union here or in the file is called “%(cell)s”."),
    "no_election_groups": _("Unions form no election groups here. Leave the cell empty."),
    "circle": _("“%(cell)s” would lie below itself."),
    "name_taken": _("There is another unit called “%(cell)s” in the same place."),
    "not_a_level": _("The regime here has no level “%(cell)s”."),
    "ends_before": _("The last day lies before the first."),
    "leads_which_unit": _("Say which unit this person leads."),
    "has_role_then": _("The person had this role on %(cell)s already."),
    "has_seat_then": _("The person had a seat in this committee on %(cell)s already."),
    "not_in_the_committee": _("“%(cell)s” has no seat in this committee to stand in for."),
}
LEVEL_WORDS = {"main": _("Main"), "area": _("Area"), "local": _("Local")}
CHOICES: Mapping[tuple[str, str], Mapping[str, Any]] = {
    (core.ROLES, "kind"): ROLES,
    (core.SEATS, "side"): SIDES,
    (core.SEATS, "kind"): SEATS,
    (core.GROUPS, "kind"): GROUP_KINDS,
    (core.COMMITTEES, "level"): LEVEL_WORDS,
}


def sentence(fault: Fault, reasons: Mapping[str, Any] = REASONS) -> str:
    """What is wrong, in words."""
    facts = {
        name: value.get(language(), value["en"]) if isinstance(value, dict) else value
        for name, value in fault.facts.items()
    }
    return str(reasons[fault.reason]) % {"column": fault.column, **facts}


def language() -> str:
    return (get_language() or "en").split("-")[0]


def kind_name(kind: Kind) -> str:
    return kind.name(language())


def column_name(kind: Kind, key: str) -> str:
    return next(column.heading(language()) for column in kind.columns if column.key == key)


def shown(kind: str, column: str, value: Any) -> str:
    """A value as it reads in a preview."""
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    if hasattr(value, "isoformat"):
        return date_format(value)
    known = CHOICES.get((kind, column))
    return str(known.get(value, value)) if known else str(value)
