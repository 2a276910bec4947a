"""`samspil business-case CASE.json`: what a case comes to, and how sure that is, without server or database.

Ends with 0 when the case was computed, 2 when it cannot be read or the workbook cannot be written.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from samspil.core.business_case.case import Case
from samspil.core.business_case.problems import Misread, Problem
from samspil.core.business_case.reading import read_case
from samspil.core.marking import marked as _
from samspil.kit.spoken import LANGUAGES, Say, spoken, spoken_language, what_is_wrong

from .key_figures import in_the_house

if TYPE_CHECKING:
    from samspil.core.business_case.result import Result

COMPUTED, CANNOT_SAY = 0, 2
LARGEST_FILE = 10 * 1024 * 1024
MOST_DRAWS = 1 << 22


def main(arguments: Sequence[str]) -> int:
    options = _options(arguments)
    say = spoken(options.language)
    try:
        case = _case(options.case)
        other = _case(options.against) if options.against else None
        return _computed(case, other, options, say)
    except _Unreadable as fault:
        return _refused(fault.path, [say(fault.sentence)], say)
    except _Wrong as fault:
        return _refused(fault.path, [_told(one, say) for one in fault.problems], say)


def _computed(case: Case, other: Case | None, options: argparse.Namespace, say: Say) -> int:
    from samspil.core.business_case.comparison import comparable, compare  # fetches NumPy, SciPy: a second
    from samspil.core.business_case.result import compute

    from .report import in_words

    if other and not comparable(case, other):
        raise _Unreadable(options.against, _("It counts in another currency or another price year."))
    result = compute(case, draws=options.draws, seed=options.seed, sets=in_the_house())
    beside = compare(case, other, draws=options.draws, seed=options.seed) if other else None
    if options.xlsx:
        _write_workbook(options.xlsx, result, say)
    if options.json:
        data = result.as_data() | ({"against": beside.as_data()} if beside else {})
        print(json.dumps(data, ensure_ascii=False, indent=1))
    else:
        print("\n".join(in_words(result, beside, other, spoken_language(options.language), say)))
    return COMPUTED


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="samspil business-case",
        description="What a business case comes to, and how sure that is, without server or database.",
    )
    parser.add_argument("case", type=Path, metavar="CASE.json", help="see docs/business-case.schema.json")
    parser.add_argument("--draws", type=_draws, default=65_536, metavar="N", help="how many (65536)")
    parser.add_argument("--seed", type=_seed, default=2026, metavar="N", help="of all chance in it (2026)")
    parser.add_argument("--json", action="store_true", help="for programs")
    parser.add_argument(
        "--xlsx", type=Path, metavar="OUT", help="write a workbook that computes the mean case"
    )
    parser.add_argument(
        "--against", type=Path, metavar="OTHER.json", help="compare with this case, on the same draws"
    )
    parser.add_argument("--language", choices=LANGUAGES, help="of the report; else that of this computer")
    return parser.parse_args(arguments)


def _draws(text: str) -> int:
    number = int(text)
    if not 100 <= number <= MOST_DRAWS:
        raise argparse.ArgumentTypeError(f"a whole number from 100 to {MOST_DRAWS}")
    return number


def _seed(text: str) -> int:
    number = int(text)
    if not 0 <= number < 1 << 63:
        raise argparse.ArgumentTypeError("a whole number from 0")
    return number


# --- what cannot be read -----------------------------------------------------------------------------------


class _Unreadable(Exception):  # noqa: N818 - named for what it says
    def __init__(self, path: Path, sentence: str) -> None:
        self.path, self.sentence = path, sentence


class _Wrong(Exception):  # noqa: N818 - named for what it says
    def __init__(self, path: Path, problems: Sequence[Problem]) -> None:
        self.path, self.problems = path, problems


def _case(path: Path) -> Case:
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise _Unreadable(path, _("The file is larger than 10 MB."))
        text = path.read_text(encoding="utf-8-sig")
    except OSError as fault:
        raise _Unreadable(path, _("The file cannot be opened.")) from fault
    except UnicodeDecodeError as fault:
        raise _Unreadable(path, _("The file is not written in UTF-8.")) from fault
    try:
        return read_case(text, in_the_house())
    except Misread as fault:
        raise _Wrong(path, fault.problems) from fault


def _write_workbook(path: Path, result: "Result", say: Say) -> None:
    from samspil.core.business_case.workbook import workbook
    from samspil.kit.exports.as_live_xlsx import written

    try:
        path.write_bytes(written(workbook(result, say), result.case.title))
    except OSError as fault:
        raise _Unreadable(path, _("The workbook cannot be written there.")) from fault


def _told(one: Problem, say: Say) -> str:
    return f"{one.place}: {one.sentence(say)}" if one.place else one.sentence(say)


def _refused(path: Path, lines: list[str], say: Say) -> int:
    print(say(_("%(path)s cannot be computed. Nothing was written.")) % {"path": path}, file=sys.stderr)
    print(*what_is_wrong(lines, say), sep="\n", file=sys.stderr)
    return CANNOT_SAY
