"""What came out of a secret round, for whoever shows it.

Everything here comes from the published file and the table of texts: nothing in it leads to a person, no
number, nor the difference of two, is of fewer people than was promised.
"""

from dataclasses import dataclass

from samspil.core.urn import counting
from samspil.core.urn.form import Form
from samspil.participation.models import Round
from samspil.participation.urn import queries
from samspil.participation.urn.models import OpenedText


@dataclass(frozen=True)
class SecretResults:
    """An opened urn as core data. `too_few`: not enough took part, so there are no answers.

    `votes` are for a map: (voter, statement, value) with 1 agree, -1 disagree, 0 pass. A voter is the place
    of a ballot among all ballots sorted by what stands in them: it says nothing but that, and it is the same
    whoever counts. `cells` tell results apart as far as was promised before the round opened.
    """

    form: Form
    cast: int
    spoiled: int
    too_few: bool
    thin: tuple[str, ...]
    total: dict[str, counting.Count]
    cells: dict[counting.Cell, dict[str, counting.Count]]
    votes: tuple[tuple[int, str, int], ...]
    texts: tuple[str, ...]
    sha256: str


def results_of(round_: Round) -> SecretResults | None:
    """The results of a secret round; none before its urn was opened."""
    urn = queries.urn_of(round_)
    found = queries.opened_urn(urn) if urn else None
    if urn is None or found is None:
        return None
    numbers = counting.results(found.opened)
    texts = OpenedText.objects.filter(round=round_).order_by("text", "pk")
    return SecretResults(
        form=found.about.form,
        cast=found.opened.cast,
        spoiled=found.opened.spoiled,
        too_few=found.opened.too_few,
        thin=found.opened.thin,
        total=dict(numbers.total),
        cells=counting.told_apart(numbers, round_.smallest_breakdown),
        votes=tuple(_votes(found.opened)),
        texts=tuple(one.text for one in texts),
        sha256=urn.result_sha256,
    )


def _votes(opened: counting.Opened) -> list[tuple[int, str, int]]:
    numbered = enumerate(opened.ballots, start=1)
    return [(voter, key, value) for voter, (answers, _cell) in numbered for key, value in answers]
