"""What one computation is about: votes, which statements are in, settings, seed, and the version before."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from .axes import Centred
from .chance import Purpose, stream
from .parameters import DEFAULT_SEED, Parameters
from .votes import Floats, Ints, Key, Votes

if TYPE_CHECKING:
    from .result import OpinionMap


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """`votes` are all there are; `heard` those on active statements, everybody in the same place."""

    votes: Votes
    heard: Votes
    active: NDArray[np.bool_]
    parameters: Parameters
    seed: int
    previous: "OpinionMap | None"

    @classmethod
    def of(
        cls,
        votes: Votes,
        moderated: Collection[Key],
        parameters: Parameters,
        seed: int | None,
        previous: "OpinionMap | None",
    ) -> "Case":
        active = votes.active(moderated)
        heard = votes if active.all() else votes.only(active[votes.columns])
        return cls(votes, heard, active, parameters, DEFAULT_SEED if seed is None else seed, previous)

    @property
    def each(self) -> Ints:
        """How many votes on active statements each person gave."""
        return self.heard.votes_each

    @property
    def stretch(self) -> Floats:
        """What makes up for the votes a person did not give: sqrt(active statements / own votes)."""
        longer: Floats = np.sqrt(self.active.sum() / np.maximum(self.each, 1))
        return longer

    def centred(self, votes: Votes | None = None) -> Centred:
        """The votes heard, or others on the same statements, with the means taken off."""
        return Centred(votes or self.heard, self.active, level=self.parameters.level)

    def chance(self, purpose: Purpose, number: int = 0) -> np.random.Generator:
        """The stream of this computation's seed for a purpose."""
        return stream(self.seed, purpose, number)
