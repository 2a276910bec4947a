"""What the house knows of a person: found, shown and forgotten as every room declares it.

A declaration names the person's foreign keys and the texts that tell who somebody is. That is enough to find
the rows and to forget them; what needs more thought brings its own `erase(person, at)`.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import models
from django.db.models import Q, QuerySet

from samspil.kit import house
from samspil.kit.models import Mail
from samspil.kit.room import PersonalData
from samspil.organisation.models import Account, Person
from samspil.organisation.scope import OfOrganisation
from samspil.organisation.viewer import sole_account_of

NEVER_SHOWN = frozenset({"id", "organisation", "password", "token_sha256", "salts", "data", "session_data"})


@dataclass(frozen=True)
class Trace:
    """What one declaration found of a person."""

    entry: PersonalData
    rows: "QuerySet[Any]"

    @property
    def model(self) -> type[models.Model]:
        return apps.get_model(self.entry.model)

    def values(self, most: int | None = None) -> Iterator[dict[str, Any]]:
        """The rows as a person may read them: no keys of the database, no secrets."""
        relations = [field.name for field in _concrete(self.model) if field.is_relation]
        for row in self.rows.select_related(*relations)[:most]:
            yield {field.name: _shown(row, field) for field in _concrete(self.model) if _readable(row, field)}

    def facts(self, most: int) -> Iterator[list[tuple[str, Any]]]:
        """The rows in words, for a page; details that tell a reader nothing stand in the file alone."""
        shown = {**self.entry.fields, **self.entry.beside}
        for row in self.values(most):
            yield [(str(word), self._said(name, row[name])) for name, word in shown.items() if name in row]

    def _said(self, name: str, value: Any) -> Any:
        if isinstance(value, dict):
            return " · ".join(_joined(part) for part in value.values())
        if isinstance(value, list):
            return _joined(value)
        return self.entry.choices.get(name, {}).get(value, value)


def _joined(part: Any) -> str:
    return ", ".join(map(str, part)) if isinstance(part, list) else str(part)


def traces(person: Person) -> list[Trace]:
    """Everything that is declared, with the rows about this person, from the ground up."""
    return [Trace(entry, rows_about(entry, person)) for room in house.rooms() for entry in room.personal_data]


def rows_about(entry: PersonalData, person: Person) -> "QuerySet[Any]":
    """The rows of a declaration that are about this person."""
    model: type[models.Model] = apps.get_model(entry.model)
    if entry.find:
        found: QuerySet[Any] = entry.find(person)
        return found
    if entry.model in OTHER_WAYS:
        return OTHER_WAYS[entry.model](person)
    if keys := _keys_to(Person, entry):
        return _any_of(model, keys, person)
    account = sole_account_of(person)
    if account and (keys := _keys_to(Account, entry)):
        return _any_of(model, keys, account)
    return model._default_manager.none()


def erase(entry: PersonalData, person: Person, at: datetime) -> None:
    """Forget a person in one model as its room declares."""
    if entry.erase:
        entry.erase(person, at)
    elif entry.on_erasure == "delete":
        rows_about(entry, person).delete()
    elif entry.on_erasure == "anonymise":
        _anonymise(entry, person)


def let_go(at: datetime, *, of_organisation: bool) -> None:
    """What is kept for a time goes when it is over: the present organisation's, or what belongs to none."""
    for room in house.rooms():
        for entry in room.personal_data:
            model = apps.get_model(entry.model)
            over = _over(entry, at)
            if over is not None and issubclass(model, OfOrganisation) == of_organisation:
                _let_go(entry, model._default_manager.filter(over))


def _over(entry: PersonalData, at: datetime) -> Q | None:
    if entry.over:
        found: Q = entry.over(at)
        return found
    if isinstance(entry.kept, timedelta):
        return Q(**{f"{entry.counted_from}__lt": at - entry.kept})
    return None


def _let_go(entry: PersonalData, rows: "QuerySet[Any]") -> None:
    if entry.when_over == "delete":
        rows.delete()
        return
    emptied = _emptied(rows.model, entry)
    rows.exclude(**emptied).update(**emptied)


def _emptied(model: type[models.Model], entry: PersonalData) -> dict[str, Any]:
    return {name: value for name in entry.fields for value in _empty_values(model._meta.get_field(name))}


def _anonymise(entry: PersonalData, person: Person) -> None:
    """Empty what tells who it was. A key that can't be empty stays, and leads to a row without a name."""
    rows = rows_about(entry, person)
    found = list(rows.values_list("pk", flat=True))
    every = rows.model._default_manager.filter(pk__in=found)
    emptied = _emptied(rows.model, entry)
    if emptied:
        every.update(**emptied)
    for key in _keys_to(Person, entry):
        if rows.model._meta.get_field(key).null:
            every.filter(**{key: person}).update(**{key: None})


def _empty_values(field: Any) -> Iterator[Any]:
    """The empty value of a field, if it has one. Keys to people are emptied one by one."""
    if field.is_relation:
        return
    if isinstance(field, models.JSONField):
        yield field.get_default()
    elif isinstance(field, models.CharField | models.TextField):
        yield ""
    elif field.null:
        yield None


def _keys_to(model: type[models.Model], entry: PersonalData) -> list[str]:
    fields = [apps.get_model(entry.model)._meta.get_field(name) for name in entry.fields]
    return [field.name for field in fields if field.is_relation and field.related_model is model]


def _any_of(model: type[models.Model], keys: list[str], value: models.Model) -> "QuerySet[Any]":
    about = Q()
    for key in keys:
        about |= Q(**{key: value})
    return model._default_manager.filter(about).order_by("pk")


def _person(person: Person) -> "QuerySet[Any]":
    return Person.objects.filter(pk=person.pk)


def _account(person: Person) -> "QuerySet[Any]":
    account = sole_account_of(person)
    return Account.objects.filter(pk=account.pk if account else 0)


def _mails(person: Person) -> "QuerySet[Any]":
    return Mail.objects.filter(to__iexact=person.email) if person.email else Mail.objects.none()


def forget_mails(person: Person, _at: datetime) -> None:
    """What is written to a person and what names them to others, and has not been sent, is not sent."""
    naming = Q(subject__contains=str(person)) | Q(body__contains=str(person))
    _mails(person).delete()
    Mail.objects.filter(naming).delete()


def _sessions(person: Person) -> "QuerySet[Any]":
    account = sole_account_of(person)
    if account is None:
        return Session.objects.none()
    theirs = [row.pk for row in Session.objects.iterator() if _belongs_to(row, account)]
    return Session.objects.filter(pk__in=theirs)


def _belongs_to(session: Session, account: Account) -> bool:
    return bool(session.get_decoded().get("_auth_user_id") == str(account.pk))


OTHER_WAYS: Mapping[str, Callable[[Person], "QuerySet[Any]"]] = {
    "organisation.Person": _person,
    "organisation.Account": _account,
    "kit.Mail": _mails,
    "sessions.Session": _sessions,
}


def _concrete(model: type[models.Model]) -> list[Any]:
    return [field for field in model._meta.concrete_fields if field.name not in NEVER_SHOWN]


def _readable(row: models.Model, field: Any) -> bool:
    """Leave out what is empty, and relations to rows that have no name of their own."""
    value = getattr(row, field.name)
    if value in (None, "", [], {}):
        return False
    return not field.is_relation or "__str__" in vars(type(value))


def _shown(row: models.Model, field: Any) -> Any:
    value = getattr(row, field.name)
    return str(value) if field.is_relation else value
