"""From votes to an opinion map: the whole way, step by step."""

from collections.abc import Collection
from dataclasses import dataclass, fields, replace

import numpy as np
from numpy.typing import NDArray

from .axes import Axes, Centred, axes_of
from .chance import Purpose, stream
from .clusters import best_centres, distances, gathered, matched, nearest, settled, silhouette
from .coordinates import active_votes, coordinates, votes_needed
from .left_out import left_out_counts
from .parameters import ALGORITHM_VERSION, DEFAULT_SEED, Parameters
from .reality import exceeds, null_weights, split_half
from .reliability import membership_shares
from .response_style import ResponseStyle, response_style
from .result import Group, OpinionMap, fingerprint
from .statements import group_counts, measured
from .votes import Floats, Ints, Key, Votes

_AS_GOOD = 0.02
"""Numbers of groups whose silhouettes differ by less are equally good; then the halves of the votes decide."""
_WORTH_TRYING = 0.10
_WORSE_IN_A_ROW = 3
_KEPT_AT_MOST = 2


def opinion_map(
    votes: Votes,
    *,
    moderated: Collection[Key] | None = None,
    seed: int | None = None,
    parameters: Parameters = Parameters(),  # noqa: B008 - frozen
    previous: OpinionMap | None = None,
) -> OpinionMap:
    """The opinion map of these votes, with the `moderated` statements taken out of map, groups and measures.

    The same votes, settings and seed give the same result hash, in whatever order the votes came. With a
    `previous` version the map lies the same way round, groups keep their numbers, and another number of groups
    has to be clearly better, or better three times in a row.
    """
    active = votes.active(moderated or ())
    seed = DEFAULT_SEED if seed is None else seed
    each = active_votes(votes, active)
    placed = _placed(votes, active, each, parameters, previous)
    parted = _parted(votes, active, placed, parameters, seed, previous)
    membership = None
    if parted.k and parameters.replicates and placed.axes is not None:
        membership = membership_shares(
            votes, active, placed.included, parted.group_of, parted.k, placed.axes, each,
            parameters.replicates, seed, parameters.level,
        )
    counts = votes.counts()
    told = None if placed.centred is None else placed.centred.cells
    of_groups = group_counts(votes, parted.group_of, parted.k, told)
    found = OpinionMap(
        algorithm_version=ALGORITHM_VERSION,
        parameters=parameters,
        seed=seed,
        follows=previous.result_hash if previous else None,
        input_hash=votes.fingerprint(active),
        result_hash="",
        participants=votes.participants,
        statements=votes.statements,
        active=active,
        votes=votes.count,
        votes_each=each,
        included=placed.included,
        votes_needed=placed.needed,
        axes=placed.axes,
        coordinates=placed.points,
        group_of=parted.group_of,
        groups=_groups(placed, parted, membership, parameters),
        tested=bool(parameters.replicates),
        why=parted.why,
        silhouette=parted.silhouette,
        split_half_ari=parted.split_half,
        first_axis_nulls=parted.nulls,
        membership=membership,
        counts=counts,
        group_counts=of_groups,
        measures=measured(
            counts,
            of_groups,
            active,
            parameters.fewest_votes_shown,
            parameters.false_discovery_rate,
            _tested(votes, placed, parted, each),
        ),
        response_style=placed.style,
        certainty=_certainty(each, parted, parameters),
        kept_k=parted.kept_k,
    )
    return _closed(replace(found, result_hash=fingerprint(found)))


def _closed(found: OpinionMap) -> OpinionMap:
    """The same, with arrays that nobody can write to. The keys are the caller's and stay theirs."""
    mine = [found, found.axes, found.measures]
    for part in mine:
        for field in fields(part) if part is not None else ():
            value = getattr(part, field.name)
            if isinstance(value, np.ndarray) and field.name not in ("participants", "statements"):
                value.setflags(write=False)
    return found


@dataclass(frozen=True, slots=True, eq=False)
class Placed:
    """The map: axes and where people stand on it; None for a body too small for one."""

    needed: int
    included: NDArray[np.bool_]
    centred: Centred | None
    axes: Axes | None
    points: Floats | None
    style: ResponseStyle | None


@dataclass(frozen=True, slots=True, eq=False)
class Parted:
    """The groups, or why there are none."""

    group_of: Ints
    centres: Floats
    why: str | None
    silhouette: float | None
    split_half: float | None
    nulls: Floats
    kept_k: int = 0

    @property
    def k(self) -> int:
        return len(self.centres)


def _placed(
    votes: Votes,
    active: NDArray[np.bool_],
    each: Ints,
    parameters: Parameters,
    previous: OpinionMap | None,
) -> Placed:
    needed = votes_needed(int(active.sum()), parameters.most_votes_needed)
    included = (each >= needed) & (each > 0)
    if np.count_nonzero(each) < parameters.smallest_body or not active.any():
        return Placed(needed, included, None, None, None, None)
    centred = Centred(votes, active, level=parameters.level)
    axes = _turned_like(previous, votes, axes_of(centred, parameters.components))
    points = coordinates(centred, axes, each)
    style = response_style(centred, axes, points, each, included, parameters.response_style_from)
    return Placed(needed, included, centred, axes, points, style)


def _parted(
    votes: Votes,
    active: NDArray[np.bool_],
    placed: Placed,
    parameters: Parameters,
    seed: int,
    previous: OpinionMap | None,
) -> Parted:
    """The groups, where the first axis is stronger than shuffled votes make it and halves of the votes agree."""
    none = np.zeros(len(votes.participants), dtype=np.int8)
    nulls = np.zeros(0)

    def without(why: str, score: float | None = None, half: float | None = None) -> Parted:
        return Parted(none, np.zeros((0, 2)), why, score, half, nulls)

    if placed.axes is None or placed.points is None:
        return without("few_voters")
    if placed.included.sum() < 2 * parameters.smallest_group:
        return without("few_included")
    if parameters.replicates:
        nulls = null_weights(votes, active, parameters.nulls, seed, parameters.level)
        if parameters.k is None and not exceeds(placed.axes.eigenvalues[0], nulls, parameters.null_level):
            return without("shuffled")
    points = placed.points[placed.included]
    scores, centres = searched(points, parameters, seed)
    if not scores:
        return without("no_parting")
    halves: dict[int, float] = {}
    if parameters.replicates:
        ks = sorted(scores)
        told = split_half(
            votes, active, placed.included, ks, parameters.halves, parameters.restarts // 2, seed,
            parameters.level,
        )
        halves = dict(zip(ks, told.tolist(), strict=True))
    k = _chosen(scores, halves, parameters)
    kept = _keeps(previous, k, scores, halves, parameters)
    k = previous.k if previous and kept else k
    if k is None:
        best = max(scores, key=lambda number: halves[number])
        return without("halves", scores[best], halves[best])
    label, middle = settled(points, centres[k])
    label, middle = numbered_by_size(label, middle)
    group_of = none.copy()
    group_of[placed.included] = label + 1
    group_of, middle = _numbered_like(previous, votes, group_of, middle)
    return Parted(group_of, middle, None, scores[k], halves.get(k), nulls, kept)


def searched(
    points: Floats, parameters: Parameters, seed: int, near: int | None = None
) -> tuple[dict[int, float], dict[int, Floats]]:
    """For each number of groups that leaves none too small: its silhouette and its centres.

    `near`: only numbers at most one away from this are tried.
    """
    cells = gathered(points)
    apart = distances(cells)
    least = max(parameters.smallest_group, parameters.smallest_group_share * len(points))
    forced = parameters.k
    fewest, most = parameters.fewest_groups, parameters.most_groups
    if near:
        fewest, most = max(fewest, near - 1), min(most, near + 1)
    numbers = (forced,) if forced else range(fewest, most + 1)
    scores: dict[int, float] = {}
    centres: dict[int, Floats] = {}
    worse = 0
    for k in numbers:
        if k * (1 if forced else least) > len(points) or worse == _WORSE_IN_A_ROW:
            break
        found = best_centres(cells, k, parameters.restarts, stream(seed, Purpose.GROUPS, k))
        label = nearest(cells.places, found)
        score = silhouette(cells, apart, label, k)
        if forced or np.bincount(label, cells.weights, k).min() >= least:
            scores[k], centres[k] = score, found
        worse = worse + 1 if scores and score < max(scores.values()) - _WORTH_TRYING else 0
    best = max(scores.values(), default=0.0)
    scores = {k: score for k, score in scores.items() if score >= best - _WORTH_TRYING}
    return scores, centres


def _chosen(scores: dict[int, float], halves: dict[int, float], parameters: Parameters) -> int | None:
    """The number of groups: of those that halves of the votes find again the one that parts people best."""
    if parameters.k is not None:
        return parameters.k if parameters.k in scores else None
    again = [k for k in scores if not halves or halves[k] >= parameters.least_split_half]
    if not again:
        return None
    best = max(scores[k] for k in again)
    as_good = [k for k in again if scores[k] >= best - _AS_GOOD]
    return max(as_good, key=lambda k: (halves.get(k, 0.0), -k))


def _keeps(
    previous: OpinionMap | None,
    k: int | None,
    scores: dict[int, float],
    halves: dict[int, float],
    parameters: Parameters,
) -> int:
    """How many times now the number of groups is kept against one that is not clearly better; 0 if it is not."""
    if previous is None or k is None or parameters.k is not None or previous.k in (0, k):
        return 0
    found_again = previous.k in scores and halves.get(previous.k, 1.0) >= parameters.least_split_half
    if not found_again or scores[k] - scores[previous.k] > _AS_GOOD or previous.kept_k >= _KEPT_AT_MOST:
        return 0
    return previous.kept_k + 1


def _turned_like(previous: OpinionMap | None, votes: Votes, axes: Axes) -> Axes:
    """The axes in the directions they had before, judged by the statements that were there already."""
    if previous is None or previous.axes is None:
        return axes
    before = dict(zip(previous.statements.tolist(), previous.axes.loadings, strict=True))
    none = np.zeros(axes.loadings.shape[1])
    old = np.array([before.get(key, none)[: len(none)] for key in votes.statements.tolist()])
    turned = np.where((axes.loadings * old).sum(axis=0) < 0, -1.0, 1.0)
    return replace(axes, loadings=axes.loadings * turned)


def _numbered_like(
    previous: OpinionMap | None, votes: Votes, group_of: Ints, centres: Floats
) -> tuple[Ints, Floats]:
    """Groups with the numbers they had before: those with which they have most people in common."""
    if previous is None or not previous.k:
        return group_of, centres
    before = previous.members()
    old = np.array([before.get(person, 0) for person in votes.participants.tolist()])
    both = (group_of > 0) & (old > 0)
    name = matched(group_of[both].astype(np.int64) - 1, old[both] - 1, len(centres))[: len(centres)]
    order = np.argsort(name, kind="stable")
    rank = np.argsort(order, kind="stable")
    return np.where(group_of > 0, rank[np.maximum(group_of, 1) - 1] + 1, 0).astype(np.int8), centres[order]


def numbered_by_size(label: Ints, centres: Floats) -> tuple[Ints, Floats]:
    """Groups numbered from the largest; of equally large ones by where they lie."""
    size = np.bincount(label, minlength=len(centres))
    order = np.lexsort((*centres.T[::-1], -size))
    rank = np.empty(len(order), dtype=np.int8)
    rank[order] = np.arange(len(order), dtype=np.int8)
    return rank[label], centres[order]


def _tested(votes: Votes, placed: Placed, parted: Parted, each: Ints) -> NDArray[np.int64] | None:
    if not parted.k or placed.centred is None or placed.axes is None or placed.points is None:
        return None
    return left_out_counts(
        votes, placed.centred, placed.axes, placed.points, each, placed.included, parted.centres
    )


def _groups(
    placed: Placed, parted: Parted, membership: Floats | None, parameters: Parameters
) -> tuple[Group, ...]:
    found = []
    for at, centre in enumerate(parted.centres):
        members = parted.group_of == at + 1
        share = None if membership is None else float(membership[members].mean())
        word = "untested" if share is None else "solid" if share >= 0.8 else "uncertain"
        found.append(Group(at + 1, int(members.sum()), tuple(centre.tolist()), share, word))
    return tuple(found)


def _certainty(each: Ints, parted: Parted, parameters: Parameters) -> str:
    """A plain word for the whole: counts_only, no_groups, untested, very_uncertain, loose or clear."""
    voters = int(np.count_nonzero(each))
    if voters < parameters.smallest_body:
        return "counts_only"
    if voters < parameters.small_body:
        return "very_uncertain"
    if not parted.k:
        return "no_groups"
    if parted.split_half is None:
        return "untested"
    return "clear" if parted.split_half >= parameters.clear_split_half else "loose"


def chosen_by_silhouette(scores: dict[int, float], parameters: Parameters) -> int:
    """The number of groups where no halves were asked: the best parting, of equally good ones the fewest."""
    found = _chosen(scores, {}, parameters)
    assert found is not None  # noqa: S101 - without halves the best of one or more is always found
    return found
