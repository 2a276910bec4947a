"""`samspil opinion-map DIR_OR_CSV`: the opinion map of a finished conversation, without server or database.

Ends with 0 when a map (or the counts of a small body) is printed, 2 when the files cannot be read.
"""

import argparse
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from samspil.core.consultation import MATRIX, PROBLEMS, VOTES, Problem
from samspil.core.marking import marked as _
from samspil.involvement.files import table_in, tables_in
from samspil.kit.spoken import LANGUAGES, Say, spoken, what_is_wrong

PRINTED, CANNOT_SAY = 0, 2
ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


NEITHER = _("There is neither votes.csv nor participants-votes.csv in this folder, gzipped or not.")


def main(arguments: Sequence[str]) -> int:
    options = _options(arguments)
    for name in ONE_THREAD:  # before NumPy is fetched: sums in one order, so that hashes agree
        os.environ.setdefault(name, "1")
    from samspil.core.opinion_map import Misread, Parameters, opinion_map
    from samspil.core.opinion_map.export_format import from_tables

    from .report import in_words

    say = spoken(options.language)
    path: Path = options.path
    try:
        tables = tables_in(path) if path.is_dir() else table_in(path)
        if not {VOTES, MATRIX} & tables.keys():
            return _refused([f"{path}: {say(NEITHER)}"], say)
        conversation = from_tables(tables)
    except Misread as fault:
        return _refused([_problem(one, say) for one in fault.problems], say)
    found = opinion_map(
        conversation.votes,
        moderated=conversation.moderated,
        seed=options.seed,
        parameters=Parameters(
            replicates=options.replicates, k=options.groups, level=options.without_tendency
        ),
    )
    if options.json:
        _print(json.dumps(found.as_data(), ensure_ascii=False))
    else:
        name = conversation.title or path.resolve().name
        _print("\n".join(in_words(found, conversation, name, say)))
    return PRINTED


def _print(text: str) -> None:
    """Whoever stops reading early, as `head` does, has read enough."""
    try:
        print(text, flush=True)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="samspil opinion-map",
        description="The opinion map of a finished conversation, without server or database.",
    )
    parser.add_argument(
        "path",
        type=Path,
        metavar="DIR_OR_CSV",
        help="a folder with votes.csv or participants-votes.csv, and comments.csv, gzipped or not; or one of"
        " the first two",
    )
    parser.add_argument("--seed", type=_whole, help="of all chance in it; printed with the result")
    parser.add_argument("--json", action="store_true", help="for programs")
    parser.add_argument("--language", choices=LANGUAGES, help="of the report; else that of this computer")
    parser.add_argument(
        "--replicates", type=_whole, default=100, metavar="N",
        help="how often the map is made anew to see how sure it is (100); 0 leaves out all tests",
    )  # fmt: skip
    parser.add_argument(
        "--without-tendency",
        action="store_true",
        help="take everybody's tendency to agree with anything off their votes first",
    )
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


def _problem(one: Problem, say: Say) -> str:
    sentence = say(PROBLEMS[one.kind]).format(value=one.value)
    line = say(_("line %(line)s")) % {"line": one.line}
    return f"{one.table}, {line}: {sentence}" if one.line else f"{one.table}: {sentence}"


def _refused(lines: list[str], say: Say) -> int:
    print(say(_("This cannot be read as a conversation. Nothing was computed.")), file=sys.stderr)
    print(*what_is_wrong(lines, say), sep="\n", file=sys.stderr)
    return CANNOT_SAY
