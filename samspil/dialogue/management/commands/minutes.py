"""`samspil minutes verify`: compute the hashes of a meeting's minutes anew and tell what does not fit."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from samspil.dialogue import queries
from samspil.dialogue.minutes.whole import Whole, noted, whole
from samspil.kit import clock
from samspil.organisation.models import Organisation
from samspil.organisation.scope import scope
from samspil.organisation.viewer import operator_of


class Command(BaseCommand):
    help = "Verify the minutes of a meeting: each item's hash, and that of the whole. Names no closed item."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parts = parser.add_subparsers(dest="part", required=True)
        verify = parts.add_parser("verify", help="compute every hash anew from the stored records")
        verify.add_argument("meeting", help="the last part of the meeting's address")
        verify.add_argument("--organisation", required=True, help="its short name")
        verify.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        organisation = Organisation.objects.filter(slug=options["organisation"]).first()
        if organisation is None:
            raise CommandError("There is no such organisation.")
        with scope(organisation):
            meeting = queries.meeting(options["meeting"])
            if meeting is None:
                raise CommandError("There is no such meeting.")
            known = _known(whole(meeting, operator_of(organisation, clock.now())))
        self.stdout.write(
            json.dumps(known, ensure_ascii=False) if options["json"] else "\n".join(_said(known))
        )
        if not known["whole"]:
            raise SystemExit(1)


def _known(found: Whole) -> dict[str, Any]:
    items = [
        {
            "number": line.number,
            "item": line.shown.title,
            "sha256": line.minutes.sha256,
            "fits": line.fits,
            "approved_on": line.minutes.approved_on.isoformat() if line.minutes.approved_on else "",
            "written_anew_since_approval": line.approved_before,
        }
        for line in found.lines
        if line.minutes
    ]
    signed = [
        {"row": one.row.sequence, "verb": one.row.verb, "sha256": one.sha256, "same": one.same}
        for one in noted(found)
    ]
    fits = all(one["fits"] and not one["written_anew_since_approval"] for one in items)
    return {"whole": fits, "sha256": found.sha256, "items": items, "signed": signed}


def _said(known: dict[str, Any]) -> list[str]:
    lines = [f"{one['number']}. {one['item']}: {one['sha256']} {_state(one)}" for one in known["items"]]
    lines.append(f"The whole meeting: {known['sha256']}")
    for one in known["signed"]:
        same = "the same today" if one["same"] else "CHANGED since"
        lines.append(f"Journal row {one['row']} ({one['verb']}): {one['sha256']}, {same}")
    return lines


def _state(one: dict[str, Any]) -> str:
    if not one["fits"]:
        return "DOES NOT FIT its stored text"
    if one["written_anew_since_approval"]:
        return "WRITTEN ANEW since it was approved"
    return f"approved on {one['approved_on']}" if one["approved_on"] else "not approved yet"
