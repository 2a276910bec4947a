"""From votes to an opinion map: the whole way, step by step."""

from collections.abc import Collection
from dataclasses import fields, replace

import numpy as np
from numpy.typing import NDArray

from .case import Case
from .grouping import Parted, parted
from .left_out import left_out_counts
from .parameters import ALGORITHM_VERSION, Parameters
from .placing import Placed, placed
from .reliability import membership_shares
from .result import Group, OpinionMap, fingerprint
from .statements import Measures, group_counts, measured
from .votes import Floats, Key, Votes


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
    `previous` version the map lies the same way round, groups keep their numbers, and another number of
    groups has to be clearly better, or better three times in a row.
    """
    case = Case.of(votes, moderated or (), parameters, seed, previous)
    where = placed(case)
    groups = parted(case, where)
    membership = membership_shares(case, where, groups)
    picture = where.picture
    told = picture.centred.cells if picture and case.heard is votes else None
    of_groups = group_counts(votes, groups.group_of, groups.k, told)
    found = OpinionMap(
        algorithm_version=ALGORITHM_VERSION,
        parameters=parameters,
        seed=case.seed,
        follows=previous.result_hash if previous else None,
        input_hash=votes.fingerprint(case.active),
        result_hash="",
        participants=votes.participants,
        statements=votes.statements,
        active=case.active,
        votes=votes.count,
        votes_each=case.each,
        included=where.included,
        votes_needed=where.needed,
        axes=picture.axes if picture else None,
        coordinates=picture.points if picture else None,
        group_of=groups.group_of,
        groups=_groups(groups, membership),
        tested=bool(parameters.replicates),
        why=groups.why,
        silhouette=groups.silhouette,
        split_half_ari=groups.split_half,
        first_axis_nulls=groups.nulls,
        membership=membership,
        counts=votes.counts(),
        group_counts=of_groups,
        measures=_measures(case, where, groups, of_groups),
        response_style=picture.style if picture else None,
        certainty=_certainty(case, groups),
        kept_k=groups.kept_k,
    )
    return _closed(replace(found, result_hash=fingerprint(found)))


def _measures(case: Case, where: Placed, groups: Parted, of_groups: NDArray[np.int64]) -> Measures:
    tested, picture = None, where.picture
    if groups.k and picture:
        tested = left_out_counts(
            case.heard,
            picture.centred,
            picture.axes,
            picture.points,
            case.each,
            where.included,
            groups.centres,
        )
    few, rate = case.parameters.fewest_votes_shown, case.parameters.false_discovery_rate
    return measured(case.votes.counts(), of_groups, case.active, few, rate, tested)


def _groups(found: Parted, membership: Floats | None) -> tuple[Group, ...]:
    told = []
    for number, centre in enumerate(found.centres, start=1):
        members = found.group_of == number
        share = None if membership is None else float(membership[members].mean())
        word = "untested" if share is None else "solid" if share >= 0.8 else "uncertain"
        told.append(Group(number, int(members.sum()), tuple(centre.tolist()), share, word))
    return tuple(told)


def _certainty(case: Case, found: Parted) -> str:
    """A plain word for the whole: counts_only, no_groups, untested, very_uncertain, loose or clear."""
    voters = int(np.count_nonzero(case.each))
    if voters < case.parameters.smallest_body:
        return "counts_only"
    if voters < case.parameters.small_body:
        return "very_uncertain"
    if not found.k:
        return "no_groups"
    if found.split_half is None:
        return "untested"
    return "clear" if found.split_half >= case.parameters.clear_split_half else "loose"


def _closed(found: OpinionMap) -> OpinionMap:
    """The same, with arrays that nobody can write to. The keys are the caller's and stay theirs."""
    for part in (found, found.axes, found.measures):
        for each in fields(part) if part is not None else ():
            value = getattr(part, each.name)
            if isinstance(value, np.ndarray) and each.name not in ("participants", "statements"):
                value.setflags(write=False)
    return found
