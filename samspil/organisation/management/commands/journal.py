"""`samspil journal verify | export | publish-head | request`: prove, hand out, pin and read the chain."""

import json
from argparse import ArgumentParser
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from samspil.core import journal as chain
from samspil.kit import clock
from samspil.organisation import journal
from samspil.organisation.models import Organisation
from samspil.organisation.scope import every_organisation, scope


class Command(BaseCommand):
    help = "Verify, export or publish the journal of an organisation, or find what a request wrote into it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parts = parser.add_subparsers(dest="part", required=True)
        verify = parts.add_parser("verify", help="check the chain, its words, and the records it speaks of")
        verify.add_argument("--organisation", help="its short name; all of them when left out")
        verify.add_argument("--head", action="append", default=[], metavar="SEQ:HASH", type=_head)
        verify.add_argument("--file", type=Path, help="check an exported chain instead of the database")
        verify.add_argument("--json", action="store_true")
        export = parts.add_parser("export", help="write the chain, one entry a line; it holds no names")
        export.add_argument("--organisation", required=True)
        publish = parts.add_parser("publish-head", help="note where the present head is printed or mailed")
        publish.add_argument("--organisation", required=True)
        publish.add_argument("--where", required=True)
        publish.add_argument("--json", action="store_true")
        request = parts.add_parser("request", help="what happened in the request with this number; no names")
        request.add_argument("number", help="as it stands on the error page and in the log")
        request.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        part = {
            "verify": self.verify,
            "export": self.export,
            "publish-head": self.publish,
            "request": self.request,
        }
        part[options["part"]](options)

    def verify(self, options: dict[str, Any]) -> None:
        faults = _of_file(options) if options["file"] else _of_database(options)
        if options["json"]:
            rows = [
                {"of": name, "kind": one.kind, "row": one.sequence, "says": one.sentence}
                for name, one in faults
            ]
            self.stdout.write(json.dumps({"whole": not faults, "faults": rows}, ensure_ascii=False))
        else:
            lines = [f"{name}: {one.sentence}" for name, one in faults]
            self.stdout.write("\n".join(lines) or "The journal is whole.")
        if faults:
            raise SystemExit(1)

    def export(self, options: dict[str, Any]) -> None:
        organisation = _organisation(options)
        with scope(organisation):
            for entry in journal.entries(organisation):
                self.stdout.write(chain.write_line(entry))

    def publish(self, options: dict[str, Any]) -> None:
        organisation = _organisation(options)
        with scope(organisation):
            head = journal.publish_head(organisation, options["where"], clock.now())
        said = {"sequence": head.sequence, "hash": head.hash}
        self.stdout.write(json.dumps(said) if options["json"] else f"{head.sequence}:{head.hash}")

    def request(self, options: dict[str, Any]) -> None:
        with every_organisation():
            found = [
                {
                    "of": row.organisation.slug,
                    "row": row.sequence,
                    "verb": row.verb,
                    "thing": row.thing,
                    "at": row.instant,
                }
                for row in journal.rows_of_request(options["number"])
            ]
        if options["json"]:
            self.stdout.write(json.dumps(found))
        else:
            lines = [" ".join(str(value) for value in one.values()) for one in found]
            self.stdout.write("\n".join(lines) or "Nothing was written down in this request.")


def _head(text: str) -> chain.Head:
    sequence, _colon, hash_ = text.partition(":")
    return chain.Head(int(sequence), hash_)


def _organisation(options: dict[str, Any]) -> Organisation:
    found = Organisation.objects.filter(slug=options["organisation"]).first()
    if found is None:
        raise CommandError(f"There is no organisation with the short name {options['organisation']}.")
    return found


def _of_file(options: dict[str, Any]) -> list[tuple[str, chain.Fault]]:
    name = options["file"].name
    try:
        with options["file"].open(encoding="utf-8", newline="\n") as lines:
            return [(name, fault) for fault in chain.verify(chain.read_lines(lines), options["head"])]
    except (OSError, ValueError) as fault:
        raise CommandError(f"{name}: {fault}") from fault


def _of_database(options: dict[str, Any]) -> list[tuple[str, chain.Fault]]:
    if options["head"] and not options["organisation"]:
        raise CommandError("A head belongs to one organisation; name it with --organisation.")
    chosen: Iterable[Organisation] = Organisation.objects.order_by("pk")
    if options["organisation"]:
        chosen = [_organisation(options)]
    faults = []
    for organisation in chosen:
        with scope(organisation):
            faults += [(organisation.slug, fault) for fault in journal.verify(organisation, options["head"])]
    return faults
