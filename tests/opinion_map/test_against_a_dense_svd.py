"""On every real conversation the map is the one a dense SVD of the mean-imputed matrix gives; counts are exact."""

from functools import cache

import numpy as np
import pytest

from samspil.core.opinion_map import OpinionMap, Tables
from tests.opinion_map.conversations import Conversation, real
from tests.opinion_map.oracle import Count, DenseMap, count, dense, dense_map, pair_tables
from tests.opinion_map.ours import loadings, map_of, votes_of
from tests.real_inputs import CONVERSATIONS

CLEARLY_APART = 1e-3  # eigenvalues nearer than this, relatively, have axes that may turn in their plane
every_conversation = pytest.mark.parametrize("name", CONVERSATIONS)


@cache
def both(name: str) -> tuple[Conversation, DenseMap, OpinionMap]:
    conversation = real(name)
    return conversation, dense_map(conversation), map_of(conversation, replicates=0)


@every_conversation
def test_the_axes_point_where_the_oracle_s_point(name: str) -> None:
    _, known, found = both(name)
    ours = loadings(found, known.statements)
    clear = [axis for axis in (0, 1) if known.gap(axis) > CLEARLY_APART]
    assert clear, "nothing would be compared"
    for axis in clear:
        assert abs(ours[:, axis] @ known.axes[:, axis]) >= 1 - 1e-9


@every_conversation
def test_the_eigenvalues_are_the_squared_singular_values(name: str) -> None:
    _, known, found = both(name)
    assert found.axes
    assert found.axes.eigenvalues[:2] == pytest.approx(known.eigenvalues[:2], rel=1e-9)


@every_conversation
def test_everybody_stands_where_the_oracle_has_them(name: str) -> None:
    _, known, found = both(name)
    assert found.coordinates is not None
    assert found.participants.tolist() == known.participants
    turned = np.sign((loadings(found, known.statements) * known.axes).sum(axis=0))
    assert np.abs(found.coordinates * turned - known.coordinates).max() <= 1e-8


@every_conversation
def test_the_same_people_are_included(name: str) -> None:
    _, known, found = both(name)
    assert found.included.tolist() == known.included()


@every_conversation
def test_all_counts_are_exact(name: str) -> None:
    conversation, _, found = both(name)
    whole = dense(conversation, conversation.participants, [str(key) for key in found.statements])
    for at, one in enumerate(found.statement_results()):
        assert one.active == (one.id not in conversation.rejected)
        assert _as_count(one.all) == count(whole[:, at])
        for group, counted in enumerate(one.groups, start=1):
            assert _as_count(counted) == count(whole[found.group_of == group, at])


def _as_count(one: object) -> Count:
    return Count(one.agree, one.disagree, one.passed)  # type: ignore[attr-defined]


@every_conversation
def test_the_three_tables_are_exact(name: str) -> None:
    conversation, known, _ = both(name)
    votes = votes_of(conversation)
    tables = Tables.of(votes, votes.active(conversation.rejected))
    place = {key: at for at, key in enumerate(tables.statements.tolist())}
    order = np.ix_(*[[place[statement] for statement in known.statements]] * 2)
    expected = pair_tables(known.matrix)
    for ours, oracle in zip(tables.all, (expected.together, expected.sums, expected.products), strict=True):
        assert np.array_equal(ours[order], oracle)
