"""The opinion map: who sees things alike, what everybody agrees on, what divides, and how sure that is.

Votes of people on statements come in as `Votes` (-1 disagree, 0 pass, +1 agree, last vote counts); out
comes an `OpinionMap`, an immutable version that anybody can recompute to the same hash. In words, with a
worked example: docs/calculations/opinion_map.md.

    from samspil.core.opinion_map import Votes, opinion_map

    found = opinion_map(Votes.from_rows(people, statements, values), moderated={"12"})

Arrays are computed with NumPy and SciPy. What is named here is fetched when it is first asked for, so that
importing this package costs nothing where nothing is computed.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .compute import opinion_map as opinion_map
    from .export_format import Conversation as Conversation
    from .export_format import Misread as Misread
    from .export_format import conversation_of as conversation_of
    from .parameters import ALGORITHM_VERSION as ALGORITHM_VERSION
    from .parameters import Parameters as Parameters
    from .result import Group as Group
    from .result import OpinionMap as OpinionMap
    from .result import Representative as Representative
    from .result import StatementResult as StatementResult
    from .running import RunningMap as RunningMap
    from .tables import Tables as Tables
    from .votes import Votes as Votes

_WHERE = {
    "opinion_map": "compute",
    "Conversation": "export_format",
    "Misread": "export_format",
    "conversation_of": "export_format",
    "ALGORITHM_VERSION": "parameters",
    "Parameters": "parameters",
    "Group": "result",
    "OpinionMap": "result",
    "Representative": "result",
    "StatementResult": "result",
    "RunningMap": "running",
    "Tables": "tables",
    "Votes": "votes",
}


def __getattr__(name: str) -> Any:
    if name not in _WHERE:
        raise AttributeError(name)
    return getattr(import_module(f"{__name__}.{_WHERE[name]}"), name)
