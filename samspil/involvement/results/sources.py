"""What a result can be of: a consultation that was brought in, or a round of opinions held here."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from samspil.core.opinion_map import Votes
from samspil.core.opinion_release import Thresholds
from samspil.initiative.models import Initiative
from samspil.involvement import queries as consultations
from samspil.involvement.models import Consultation, Statement
from samspil.involvement.results import kept_votes
from samspil.involvement.results.models import OpinionResult
from samspil.organisation.models import Organisation

BREAKDOWN = 10  # of consultations from elsewhere; a round says its own


@dataclass(frozen=True)
class Said:
    """A statement as its result shows it."""

    key: Any
    ref: str
    number: str
    text: str
    language: str
    moderated: str


@dataclass(frozen=True)
class Cast:
    """What a result is computed from. `tiers`: how sure each participant is one person who was asked."""

    votes: Votes
    moderated: frozenset[Any]
    tiers: Mapping[Any, str]


@dataclass(frozen=True)
class Source:
    """A consultation or a round, as the pages of results see it."""

    of: Consultation
    kind: str

    @property
    def ref(self) -> str:
        return self.of.ref

    @property
    def title(self) -> str:
        return self.of.title

    @property
    def organisation(self) -> Organisation:
        return self.of.organisation

    @property
    def initiative(self) -> Initiative | None:
        return self.of.initiative

    @property
    def language(self) -> str:
        return self.of.language

    @property
    def told_by(self) -> str:
        """Where the votes come from."""
        return self.of.source

    @property
    def ended_on(self) -> date | None:
        return self.of.held_until

    @property
    def thresholds(self) -> Thresholds:
        least = self.of.smallest_group
        return Thresholds(total=least, breakdown=max(BREAKDOWN, least))

    @property
    def why_none(self) -> str:
        """Why there is no result, where none is on its way."""
        return _("The votes of this consultation were not kept when it came in. Bring it in once more.")

    def results(self) -> "QuerySet[OpinionResult]":
        """Its versions, the newest first."""
        return OpinionResult.objects.filter(**{self.kind: self.of}).select_related("thing")

    def cast(self) -> Cast | None:
        """The votes, or nothing where they were not kept."""
        votes = kept_votes.of(self.of)
        rejected = self.of.statements.filter(moderated=Statement.Moderated.REJECTED)
        return votes and Cast(votes, frozenset(map(int, rejected.values_list("number", flat=True))), {})

    def said(self, keys: Collection[Any] | None = None) -> dict[Any, Said]:
        """The statements by their keys in the release; all of them, or those asked for."""
        rows = self.of.statements.select_related("thing")
        if keys is not None:
            rows = rows.filter(number__in=[str(key) for key in keys])
        return {
            int(row.number): Said(
                int(row.number), row.ref, row.number, row.text, self.language, row.moderated
            )
            for row in rows
        }


def source(ref: str) -> Source | None:
    """The consultation or the round with this ref."""
    found = consultations.consultation(ref)
    return Source(found, "consultation") if found else None
