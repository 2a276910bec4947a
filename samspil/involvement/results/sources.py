"""What a result can be of: a consultation that was brought in, or a round of opinions held here."""

import hashlib
from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspil.core.released import Thresholds
from samspil.initiative.models import Initiative
from samspil.involvement import queries as consultations
from samspil.involvement.models import Consultation, Statement
from samspil.involvement.opinions import queries as opinions
from samspil.involvement.opinions.models import RoundStatement
from samspil.involvement.results import kept_votes
from samspil.involvement.results.models import OpinionResult
from samspil.involvement.results.words import written_in
from samspil.organisation.models import Organisation
from samspil.participation import queries as rounds
from samspil.participation.models import Round
from samspil.participation.urn import results as urn

if TYPE_CHECKING:
    from samspil.core.opinion_map import Votes

BREAKDOWN = 10  # of consultations from elsewhere; a round says its own
OPINIONS = "opinions"


@dataclass(frozen=True)
class Said:
    """A statement as its result shows it."""

    key: Any
    ref: str
    number: str
    text: str
    language: str
    moderated: str
    url: str

    @property
    def written_in(self) -> str:
        """In which language, where it is not the reader's."""
        return written_in(self.language)


@dataclass(frozen=True)
class Cast:
    """What a result is computed from. `tiers`: how sure each participant is one person who was asked."""

    votes: "Votes"
    moderated: frozenset[Any]
    tiers: Mapping[Any, str]


class Source(ABC):
    """A consultation or a round, as the pages of results see it. `kind`: the field a result holds it in."""

    kind: str
    of: Any

    @property
    def ref(self) -> str:
        return str(self.of.ref)

    @property
    def title(self) -> str:
        return str(self.of.title)

    @property
    def organisation(self) -> Organisation:
        found: Organisation = self.of.organisation
        return found

    @property
    def initiative(self) -> Initiative | None:
        found: Initiative | None = self.of.initiative
        return found

    @property
    def language(self) -> str:
        return str(self.of.language)

    def results(self) -> "QuerySet[OpinionResult]":
        """Its versions, the newest first."""
        return OpinionResult.objects.filter(**{self.kind: self.of}).select_related("thing")

    @property
    @abstractmethod
    def told_by(self) -> str:
        """Where the votes come from."""

    @property
    @abstractmethod
    def ended_on(self) -> date | None: ...

    @property
    @abstractmethod
    def thresholds(self) -> Thresholds: ...

    @property
    @abstractmethod
    def home(self) -> str:
        """The page on which one reads what was asked."""

    @property
    @abstractmethod
    def why_none(self) -> str:
        """Why there is no result, where none is on its way."""

    @abstractmethod
    def cast(self) -> Cast | None:
        """The votes, or nothing where there are none."""

    def commitment(self, sha256: str) -> str:
        """A hash over the votes as it is told. The votes of a consultation from elsewhere were published."""
        return sha256

    @abstractmethod
    def said(self, keys: Collection[Any] | None = None) -> dict[Any, Said]:
        """The statements by their keys in the release; all of them, or those asked for."""


@dataclass(frozen=True)
class HeldElsewhere(Source):
    of: Consultation
    kind: str = "consultation"

    @property
    def told_by(self) -> str:
        return self.of.source

    @property
    def ended_on(self) -> date | None:
        return self.of.held_until

    @property
    def thresholds(self) -> Thresholds:
        least = self.of.smallest_group
        return Thresholds(total=least, breakdown=max(BREAKDOWN, least))

    @property
    def home(self) -> str:
        return reverse("involvement:consultation", args=[self.organisation.slug, self.ref])

    @property
    def why_none(self) -> str:
        return _("The votes of this consultation were not kept when it came in. Bring it in once more.")

    def cast(self) -> Cast | None:
        votes = kept_votes.of(self.of)
        rejected = self.of.statements.filter(moderated=Statement.Moderated.REJECTED)
        out = frozenset(map(int, rejected.values_list("number", flat=True)))
        return Cast(votes, out, {}) if votes else None

    def said(self, keys: Collection[Any] | None = None) -> dict[Any, Said]:
        rows = self.of.statements.select_related("thing")
        if keys is not None:
            rows = rows.filter(number__in=[str(key) for key in keys])
        return {int(row.number): self._said(row) for row in rows}

    def _said(self, row: Statement) -> Said:
        url = reverse("involvement:statement", args=[self.organisation.slug, row.ref])
        return Said(int(row.number), row.ref, row.number, row.text, self.language, row.moderated, url)


@dataclass(frozen=True)
class HeldHere(Source):
    """A round of opinions. Its result is made once, when it has closed: while answers come in one by one, the
    difference of two results would tell what the newest said."""

    of: Round
    kind: str = "round"

    @property
    def told_by(self) -> str:
        return _("A round of questions in %(organisation)s") % {"organisation": self.organisation.name}

    @property
    def ended_on(self) -> date | None:
        return self.of.closes_on

    @property
    def thresholds(self) -> Thresholds:
        return Thresholds(self.of.smallest_total, self.of.smallest_breakdown)

    @property
    def home(self) -> str:
        return reverse("participation:round", args=[self.organisation.slug, self.ref])

    @property
    def why_none(self) -> str:
        if self.of.state == Round.State.CLOSED:
            if self.of.level == Round.Level.SECRET and urn.results_of(self.of) is None:
                return _("The round has closed. Its result is made when two key holders have opened the urn.")
            return _("The round has closed. Its result is on its way and here in a minute or two.")
        told = _("The result is made when the round has closed.")
        return f"{self._so_far()} {told}".strip()

    def _so_far(self) -> str:
        """In steps, so that nobody sees when one person came."""
        step = self.of.smallest_breakdown
        count = rounds.took_part(self.of) // step * step
        told = ngettext(
            "At least %(count)s person has answered.", "At least %(count)s people have answered.", count
        )
        return told % {"count": count} if count else ""

    def cast(self) -> Cast | None:
        if self.of.state != Round.State.CLOSED:
            return None
        rows = self._from_the_urn() if self.of.level == Round.Level.SECRET else opinions.votes_of(self.of)
        if rows is None:
            return None
        rows = list(rows)
        from samspil.core.opinion_map import Votes  # with NumPy and SciPy: the worker's, not every page's

        people, keys, values = zip(*rows, strict=True) if rows else ((), (), ())
        return Cast(Votes.from_rows(people, keys, values), frozenset(), opinions.tiers_of(self.of))

    def _from_the_urn(self) -> Iterable[tuple[int, int, int]] | None:
        """The ballots as they were opened; nothing before that, and none where too few took part."""
        found = urn.results_of(self.of)
        if found is None:
            return None
        return [(voter, int(key.removeprefix("s")), value) for voter, key, value in found.votes]

    def commitment(self, sha256: str) -> str:
        """Mixed with the keys of the participants, which are told nowhere: else whoever knows the counts of a
        small round could try who-said-what until the hash fits. Ballots from an urn have no such keys."""
        keys = self.of.participants.order_by("key").values_list("key", flat=True)
        return hashlib.sha256("\n".join([*keys, sha256]).encode()).hexdigest() if keys else sha256

    def said(self, keys: Collection[Any] | None = None) -> dict[Any, Said]:
        accepted = RoundStatement.State.ACCEPTED  # nobody reads what waits or was left out
        rows = RoundStatement.objects.filter(round=self.of, state=accepted).select_related("thing")
        if keys is not None:
            rows = rows.filter(number__in=keys)
        return {row.number: self._said(row) for row in rows}

    def _said(self, row: RoundStatement) -> Said:
        url = reverse("initiative:thread", args=[self.organisation.slug, row.ref])
        return Said(row.number, row.ref, str(row.number), row.text, row.language, row.state, url)


def source(ref: str) -> Source | None:
    """The consultation or the round of opinions with this ref."""
    consultation = consultations.consultation(ref)
    if consultation:
        return HeldElsewhere(consultation)
    round_ = rounds.round_with(ref)
    return HeldHere(round_) if round_ and round_.kind == OPINIONS else None
