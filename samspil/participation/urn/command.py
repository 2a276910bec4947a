"""`samspil urn count FILE`: count an urn on a machine of one's own. Needs no server, database or settings.

A sealed urn asks for the keys of two holders, from files or typed; an opened one asks for none. Either way
the hash of the result must be the one that stands on the page of the urn. Only Python and `samspil.core`; the
words come from the catalogues beside the code, else they are English. Ends with 0 when it has counted, 2 when
it could not.
"""

import argparse
import hashlib
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from samspil.core.marking import marked as _
from samspil.core.urn import counting, files, keys
from samspil.kit.spoken import LANGUAGES, Say, spoken

COUNTED, CANNOT_SAY = 0, 2
HOLDERS_ASKED = 2


NO_URN = _("This file is no urn of Samspil, or it was changed after it was written.")
UNREADABLE = _("The file cannot be read: %(why)s")
MISTYPED = _("Group %(group)s of the key is not right. Compare it with the paper.")
NOT_EIGHT = _("A key has eight groups of five characters.")
FOREIGN = _("This is not a key of this urn. It may belong to another round.")
TWICE = _("This is the same key twice. Two different holders count together.")
ASK_KEY = _("Key of holder %(number)s: ")


class CannotCountError(Exception):
    """A sentence that says why, and what to do."""


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="samspil urn", description="Count an urn, without server or database."
    )
    parts = parser.add_subparsers(dest="part", required=True)
    count = parts.add_parser("count", help="open and count a sealed urn, or count an opened one")
    count.add_argument("file", type=Path)
    count.add_argument("--key", action="append", type=Path, default=[], help="a file with a key; asked else")
    count.add_argument("--json", action="store_true", help="for programs")
    count.add_argument("--language", choices=LANGUAGES, help="of what is said; else that of the computer")
    options = parser.parse_args(arguments)
    say = spoken(options.language)
    try:
        urn = _read(options.file, say)
        opened = files.recount(urn, _keys(urn, options.key, say)) if isinstance(urn, files.SealedUrn) else urn
    except CannotCountError as fault:
        print(fault, file=sys.stderr)
        return CANNOT_SAY
    print(json.dumps(_plain(opened), ensure_ascii=False, indent=1) if options.json else _words(opened, say))
    return COUNTED


def _read(path: Path, say: Say) -> files.SealedUrn | files.OpenedUrn:
    try:
        return files.read(path.read_bytes())
    except OSError as fault:
        raise CannotCountError(say(UNREADABLE) % {"why": fault.strerror}) from fault
    except files.NoUrnError as fault:
        raise CannotCountError(say(NO_URN)) from fault


def _keys(urn: files.SealedUrn, given: Sequence[Path], say: Say) -> list[bytes]:
    """The secrets of two holders; each is looked at before the next is asked for."""
    found: list[bytes] = []
    for number in range(HOLDERS_ASKED):
        text = _text_of(given[number], say) if number < len(given) else _ask(number + 1, say)
        secret = _secret(text, urn, say)
        if secret in found:
            raise CannotCountError(say(TWICE))
        found.append(secret)
    return found


def _secret(text: str, urn: files.SealedUrn, say: Say) -> bytes:
    try:
        secret = keys.from_text(text)
        files.place_of(secret, urn.holders)
    except keys.MistypedKeyError as fault:
        sentence = say(MISTYPED) % {"group": fault.group} if fault.group else say(NOT_EIGHT)
        raise CannotCountError(sentence) from fault
    except files.WrongKeyError as fault:
        raise CannotCountError(say(FOREIGN)) from fault
    return secret


def _text_of(path: Path, say: Say) -> str:
    try:
        return path.read_text()
    except OSError as fault:
        raise CannotCountError(say(UNREADABLE) % {"why": fault.strerror}) from fault


def _ask(number: int, say: Say) -> str:
    print(say(ASK_KEY) % {"number": number}, end="", file=sys.stderr, flush=True)
    return sys.stdin.readline()


def _plain(urn: files.OpenedUrn) -> dict[str, Any]:
    found = counting.results(urn.opened)
    texts = {one.key: one.text for one in urn.about.form.questions}
    return {
        "title": urn.about.title,
        "organisation": urn.about.organisation,
        "urn_sha256": urn.urn_sha256,
        "result_sha256": _sha256(urn),
        "cast": urn.opened.cast,
        "spoiled": urn.opened.spoiled,
        "too_few": urn.opened.too_few,
        "too_few_answers": list(urn.opened.thin),
        "texts": urn.texts,
        "statements": [
            {"key": key, "text": texts.get(key, ""), **vars(count)} for key, count in found.total.items()
        ],
        "breakdown": [
            {"cell": cell, "statements": {key: vars(count) for key, count in counts.items()}}
            for cell, counts in sorted(counting.told_apart(found, urn.about.smallest_breakdown).items())
        ],
    }


def _words(urn: files.OpenedUrn, say: Say) -> str:
    return "\n".join(_lines(urn, say))


def _lines(urn: files.OpenedUrn, say: Say) -> Iterator[str]:
    about, opened = urn.about, urn.opened
    yield f"{about.title} – {about.organisation}"
    yield ""
    yield say(_("Ballots: %(cast)s, of which spoiled: %(spoiled)s")) % vars(opened)
    if opened.too_few:
        yield say(_("Fewer than %(k)s took part; no answer is kept.")) % {"k": about.smallest_total}
    texts = {one.key: one.text for one in about.form.questions}
    for key, count in counting.results(opened).total.items():
        yield ""
        yield texts.get(key, key)
        yield "  " + say(_("agree %(agree)s · disagree %(disagree)s · pass %(passed)s")) % vars(count)
    for key in opened.thin:
        yield ""
        yield texts.get(key, key)
        yield "  " + say(_("answered by fewer than %(k)s; not kept")) % {"k": about.smallest_total}
    yield ""
    yield say(_("Hash of the sealed urn: %(sha)s")) % {"sha": urn.urn_sha256}
    yield say(_("Hash of the result: %(sha)s")) % {"sha": _sha256(urn)}


def _sha256(urn: files.OpenedUrn) -> str:
    return hashlib.sha256(urn.as_bytes()).hexdigest()
