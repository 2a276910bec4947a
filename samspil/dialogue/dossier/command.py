"""`samspil dossier verify FILE`: is this dossier as it was made? Needs no server, database or settings.

Only Python and `samspil.core`; the words come from the catalogues beside the code, else they are English.
Ends with 0 when everything fits, 1 when something does not, 2 when the file cannot be examined.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from samspil.core import dossier as core
from samspil.core.journal import Head
from samspil.core.marking import marked as _
from samspil.kit.spoken import LANGUAGES, Say, spoken

FITS, DOES_NOT_FIT, CANNOT_SAY = 0, 1, 2


SENTENCES: Mapping[str, str] = {
    "structure": _("Changed at byte %(detail)s, in: %(place)s"),
    "damaged": _("It cannot be read from byte %(detail)s on; it is cut off or damaged there."),
    "not_a_dossier": _("This file is not a dossier of Samspil."),
    "name": _("A file in it has a name that no dossier gives: %(place)s"),
    "twice": _("A file is in it twice: %(place)s"),
    "manifest": _("Its list of files is missing or is not as it was written: %(place)s"),
    "package_hash": _("Its list of files does not fit its own fingerprint; the list was changed."),
    "missing": _("A file is missing: %(place)s"),
    "unlisted": _("A file is in it that its list does not name: %(place)s"),
    "changed": _("This file was changed after the dossier was made: %(place)s"),
    "order": _("Its files stand in another order than in its list."),
    "shape": _("What it tells programs is not built as a dossier is built: %(place)s"),
    "record": _("The text of the minutes of “%(detail)s” does not fit its hash: %(place)s"),
    "signature": _("A signature under the minutes of “%(place)s”, version %(detail)s, is for another text."),
    "changed_since": _(
        "It says something else about changes in the minutes of “%(place)s” than its files show."
    ),
    "unknown_version": _("The journal names a version of the minutes of “%(place)s” that is not here."),
    "newest_version": _("The journal names another newest version of the minutes of “%(place)s”."),
    "unwitnessed": _(
        "The journal does not confirm the approval of the minutes of “%(place)s”, version %(detail)s."
    ),
    "board": _("The answers that a decision rested on do not fit their hash: %(place)s"),
    "days": _("The days before “%(place)s” do not follow from the dates in it."),
    "words": _("Row %(place)s of the journal: “%(detail)s” is not what the row was sealed with."),
    "journal_altered": _("Row %(place)s of the journal does not say what it said when it was sealed."),
    "journal_duplicated": _("Row %(place)s of the journal is there more than once."),
    "journal_misplaced": _("Row %(place)s of the journal stands in the wrong place."),
    "journal_missing": _("Rows of the journal are missing from row %(place)s on."),
    "journal_unlinked": _("Row %(place)s of the journal does not follow the row that stands before it."),
    "journal_beyond_head": _("Rows of the journal follow after its head, from before row %(place)s on."),
    "journal_truncated": _("The journal ends before row %(place)s, which was there once."),
    "journal_recomputed": _("Row %(place)s of the journal does not have the hash that was published."),
}


NO_HEADS = _(
    "No heads are published, so nobody outside can tell from this whether the whole journal was written anew."
)


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="samspil dossier", description="Check a dossier, without server or database."
    )
    parts = parser.add_subparsers(dest="part", required=True)
    verify = parts.add_parser("verify", help="is this dossier as it was made, and were minutes changed?")
    verify.add_argument("file", type=Path)
    verify.add_argument("--json", action="store_true", help="for programs")
    verify.add_argument("--language", choices=LANGUAGES, help="of what is said; else that of the dossier")
    verify.add_argument(
        "--head",
        action="append",
        default=[],
        metavar="SEQ:HASH",
        type=_head,
        help="a head of the journal that was published elsewhere: printed in minutes, mailed",
    )
    options = parser.parse_args(arguments)
    try:
        data = options.file.read_bytes()
    except OSError as fault:
        say = spoken(options.language)
        print(say(_("The file cannot be read: %(why)s")) % {"why": fault.strerror}, file=sys.stderr)
        return CANNOT_SAY
    report = core.examine(data, options.head)
    say = spoken(options.language or report.language)
    print(_as_json(report) if options.json else "\n".join(_in_words(report, say)))
    if not report.is_dossier:
        return CANNOT_SAY
    return DOES_NOT_FIT if report.faults else CANNOT_SAY if report.out_of_reach else FITS


def sentence(fault: core.Fault, say: Say) -> str:
    """A fault in the person's language."""
    place = fault.place or say(_("what stands after its files"))
    return say(SENTENCES[fault.kind]) % {"place": place, "detail": fault.detail}


def _head(text: str) -> Head:
    sequence, _colon, hash_ = text.partition(":")
    return Head(int(sequence), hash_)


def _as_json(report: core.Report) -> str:
    known = asdict(report) | {"whole": not report.faults and report.is_dossier}
    return json.dumps(known, ensure_ascii=False, indent=1, default=str)


def _in_words(report: core.Report, say: Say) -> Iterator[str]:
    if not report.is_dossier:
        yield say(SENTENCES["not_a_dossier"])
        return
    if report.about:
        title, *rest = (report.about.get(name, "") for name in ("title", "organisation", "made_on"))
        yield f"{title} – {', '.join(rest)}"
        yield ""
    yield from _verdict(report, say)
    yield ""
    yield from _what_it_says(report, say)
    yield from _out_of_reach(report, say)
    yield from _fingerprints(report, say)


def _fingerprints(report: core.Report, say: Say) -> Iterator[str]:
    """What is worth comparing; a file whose bytes do not fit has no fingerprint, whatever it says itself."""
    if not report.package_sha256:
        yield say(_("Fingerprint of the package: none, for a file that was changed has none to compare."))
        yield say(_("SHA-256 of the file as it is now: %(sha)s")) % {"sha": report.file_sha256}
        return
    yield say(_("Fingerprint of the package: %(sha)s")) % {"sha": report.package_sha256}
    yield say(_("SHA-256 of the file: %(sha)s")) % {"sha": report.file_sha256}
    yield say(
        _(
            "Compare the fingerprint with the one on the initiative’s page in Samspil, and get that from"
            " somebody other than the one who sent you the file. Somebody who writes the whole file anew,"
            " hashes and all, is found by that comparison alone."
        )
    )


def _verdict(report: core.Report, say: Say) -> Iterator[str]:
    if report.faults:
        yield say(_("SOMETHING DOES NOT FIT. Do not rely on this file."))
        yield from (f"  – {sentence(fault, say)}" for fault in report.faults)
        return
    yield say(
        _("Everything fits: no byte of the %(files)s files was changed since the dossier was made.")
    ) % {"files": report.files}


def _what_it_says(report: core.Report, say: Say) -> Iterator[str]:
    """What was discussed before which step, and the minutes; nothing is said of a file that does not fit."""
    if report.faults:
        return
    for step in report.steps:
        yield f"{step['title']}, {step['on']}: {' '.join(_step(step, say))}"
    if not report.minutes:
        yield say(_("No minutes have been approved yet."))
    for one in report.minutes:
        yield from _minutes(one, say)
    if report.closed:
        yield say(_("Closed items of which only a hash is here: %(count)s.")) % {"count": report.closed}
    head = report.head or Head(0, "")
    yield from _journal(report, head, say)
    yield say(_("Head of the journal: %(head)s")) % {"head": f"{head.sequence}:{head.hash}"}
    yield ""


def _journal(report: core.Report, head: Head, say: Say) -> Iterator[str]:
    yield say(
        _(
            "The journal: rows %(first)s–%(head)s, without gaps; %(about)s of these %(rows)s rows are about"
            " this initiative. It starts where the first of them stands."
        )
    ) % {
        "first": head.sequence - report.rows + 1,
        "head": head.sequence,
        "about": report.rows_about,
        "rows": report.rows,
    }
    if report.published:
        count = {"count": len(report.published)}
        yield say(_("Published heads in these rows: %(count)s, all agree.")) % count
    else:
        yield say(NO_HEADS)


def _step(step: Mapping[str, Any], say: Say) -> Iterator[str]:
    yield step["sentence"]
    if step.get("entered_afterwards"):
        yield say(_("The meeting was held outside Samspil and entered afterwards."))


def _minutes(one: core.Told, say: Say) -> Iterator[str]:
    known = {"title": one.title, "number": one.number, "day": one.approved_on}
    if one.elsewhere:
        yield from _entered(one, one.elsewhere, say)
    elif not one.changes:
        yield (
            say(_("Minutes of “%(title)s”: version %(number)s approved on %(day)s, not changed since."))
            % known
        )
    if not one.changes:
        return
    yield say(_("Minutes of “%(title)s”: CHANGED SINCE APPROVAL.")) % known
    for change in one.changes:
        yield "  – " + say(
            _("Version %(after)s was approved on %(day)s; version %(number)s came after it.")
        ) % {
            "after": change.approved.number,
            "day": change.approved.approved_on,
            "number": change.later.number,
        }


def _entered(one: core.Told, found: core.Elsewhere, say: Say) -> Iterator[str]:
    """Minutes of a meeting that was held elsewhere: what of it was given in Samspil and what was not."""
    known = {
        "title": one.title,
        "number": one.number,
        "day": one.approved_on,
        "who": found.entered_by or "–",
        "entered": found.entered_on,
        "stated_by": found.stated_by or "–",
    }
    yield (
        say(
            _(
                "Minutes of “%(title)s”: the meeting was held outside Samspil; %(who)s entered it on"
                " %(entered)s."
            )
        )
        % known
    )
    if found.stated_by:
        approved = _("That it was approved on %(day)s is stated by %(stated_by)s, not given in Samspil.")
    else:
        approved = _("Version %(number)s was approved in Samspil on %(day)s.")
    yield "  – " + say(approved) % known
    if not one.changes:
        yield "  – " + say(_("Version %(number)s was not changed since it was entered.")) % known


def _out_of_reach(report: core.Report, say: Say) -> Iterator[str]:
    for head in report.out_of_reach:
        yield say(
            _(
                "Head %(head)s cannot be compared: row %(head)s is not among the rows of the journal in this"
                " file."
            )
        ) % {"head": head.sequence}
