"""Who is meant by a name in a spreadsheet: an e-mail address, an employee number, a name, a title."""

from collections.abc import Iterable

from django.utils.translation import override

from samspil.business_case.format import role_of
from samspil.core.lists import same
from samspil.organisation.models import Person


class People:
    """Those who work here, found in one question. A name that two bear means nobody. `language`: in which a
    case says roles."""

    def __init__(self, language: str) -> None:
        self.language = language
        here = Person.objects.filter(left_on=None, erased_at=None, guest_of="").select_related("unit")
        self._found: dict[str, set[int]] = {}
        self._people = {person.pk: person for person in here}
        for person in self._people.values():
            for name in _names(person):
                self._found.setdefault(same(name), set()).add(person.pk)

    def find(self, name: str, until_now: Person | None) -> Person | None:
        """The one meant; a role that is still that of whoever stood there means them."""
        with override(self.language):
            still_theirs = until_now is not None and same(name) == same(role_of(until_now))
        if still_theirs:
            return until_now
        found = self._found.get(same(name), set())
        return self._people[next(iter(found))] if len(found) == 1 else None


def _names(person: Person) -> Iterable[str]:
    return filter(None, (person.key, person.email, str(person), person.title))
