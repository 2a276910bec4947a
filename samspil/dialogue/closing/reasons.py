"""The reasons for which an item can be closed, from the dated table of the organisation's country."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from samspil.core.months import months_after
from samspil.kit.refusal import Refused
from samspil.organisation import content
from samspil.organisation.models import Organisation

NOT_LOADED = _("The table of reasons is not loaded. Ask the operator to run “samspil load-content”.")


@dataclass(frozen=True)
class Reason:
    """A ground for closing an item. `sentence` is what is kept with the item: short, with the law's place."""

    key: str
    title: str
    explanation: str
    law: str

    @property
    def sentence(self) -> str:
        return f"{self.title} ({self.law})"


@dataclass(frozen=True)
class Reasons:
    """A country's reasons with their source, and for how many years an item may be closed at most."""

    known: Mapping[str, Reason]
    source: str
    longest_years: int

    def latest(self, today: date) -> date:
        """The last day on which an item that is closed today may open."""
        return months_after(today, 12 * self.longest_years)


def reasons_of(organisation: Organisation) -> Reasons:
    """In the organisation's language; what is kept with an item is kept in it."""
    languages = [organisation.language, translation.get_language() or "", content.READING_LANGUAGE]
    table = content.find("confidentiality", organisation.country, languages, organisation)
    if table is None:
        raise Refused(NOT_LOADED)
    rows = [Reason(one["key"], one["title"], one["explanation"], one["law"]) for one in table.body["reasons"]]
    return Reasons({one.key: one for one in rows}, table.body["source"], table.body["longest_years"])
