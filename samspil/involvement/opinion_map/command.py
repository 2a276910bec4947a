"""`samspil opinion-map DIR_OR_CSV`: the opinion map of a finished conversation, without server or database.

Ends with 0 when a map (or the counts of a small body) is printed, 2 when the files cannot be read.
"""

import argparse
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from samspil.kit.spoken import LANGUAGES, Say, spoken

PRINTED, CANNOT_SAY = 0, 2
ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


def _(text: str) -> str:
    """Marks a text for the translators; it is said by `spoken`."""
    return text


def main(arguments: Sequence[str]) -> int:
    options = _options(arguments)
    for name in ONE_THREAD:  # before NumPy is fetched: sums in one order, so that hashes agree
        os.environ.setdefault(name, "1")
    from samspil.core.opinion_map import Misread, Parameters, opinion_map

    from .files import read
    from .report import in_words

    say = spoken(options.language)
    try:
        conversation = read(options.path)
    except Misread as fault:
        return _refused(_faults(fault, say), say)
    except OSError as fault:
        return _refused([f"{options.path}: {fault.strerror or fault}"], say)
    found = opinion_map(
        conversation.votes,
        moderated=conversation.moderated,
        seed=options.seed,
        parameters=Parameters(replicates=options.replicates, k=options.groups),
    )
    if options.json:
        print(json.dumps(found.as_data(), ensure_ascii=False))
    else:
        name = options.path.resolve().name
        print("\n".join(in_words(found, conversation, name, say)))
    return PRINTED


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="samspil opinion-map",
        description="The opinion map of a finished conversation, without server or database.",
    )
    parser.add_argument(
        "path",
        type=Path,
        metavar="DIR_OR_CSV",
        help="a folder with votes.csv or participants-votes.csv and comments.csv, gzipped or not; or one of the"
        " first two",
    )
    parser.add_argument("--seed", type=_whole, help="of all chance in it; printed with the result")
    parser.add_argument("--json", action="store_true", help="for programs")
    parser.add_argument("--language", choices=LANGUAGES, help="of the report; else that of this computer")
    parser.add_argument(
        "--replicates", type=_whole, default=100, metavar="N",
        help="how often the map is made anew to see how sure it is (100); 0 leaves out all tests",
    )  # fmt: skip
    parser.add_argument(
        "--groups", type=_groups, metavar="K", help="this many groups, whether or not they stand the tests"
    )
    return parser.parse_args(arguments)


def _whole(text: str) -> int:
    number = int(text)
    if not 0 <= number < 1 << 63:
        raise argparse.ArgumentTypeError("a whole number from 0")
    return number


def _groups(text: str) -> int:
    number = int(text)
    if not 2 <= number <= 20:
        raise argparse.ArgumentTypeError("a whole number from 2 to 20")
    return number


def _faults(fault: Exception, say: Say) -> list[str]:
    from samspil.core.opinion_map.export_format import REASONS, Misread

    assert isinstance(fault, Misread)  # noqa: S101 - the caller's except clause
    told = []
    for one in fault.faults:
        reason = say(REASONS[one.kind]) % dict(one.about)
        row = say(_("row %(row)s")) % {"row": one.row}
        told.append(f"{one.file}, {row}: {reason}" if one.row else f"{one.file}: {reason}")
    return told


def _refused(lines: list[str], say: Say) -> int:
    print(say(_("This cannot be read as a conversation. Nothing was computed.")), file=sys.stderr)
    for line in lines:
        print(f"  – {line}", file=sys.stderr)
    return CANNOT_SAY
