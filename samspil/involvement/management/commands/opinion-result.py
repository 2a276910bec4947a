"""`samspil opinion-result check [REF]`: compute stored results once more, and are they the same?"""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from samspil.involvement.results.actions import check
from samspil.involvement.results.models import OpinionResult
from samspil.involvement.results.sources import source
from samspil.organisation.models import Organisation
from samspil.organisation.scope import scope

WORDS = {
    "same": "the same",
    "other_votes": "the votes are no longer those it was made from (somebody was erased, say)",
    "differs": "DIFFERS from what the votes give",
    "no_votes": "the votes were not kept",
}


class Command(BaseCommand):
    help = "Compute results of opinion rounds and consultations once more. Ends with 1 when one differs."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=["check"])
        parser.add_argument("ref", nargs="?", default="", help="of one version; without it, all of them")
        parser.add_argument("--organisation", required=True, help="its short name in addresses")
        parser.add_argument("--json", action="store_true", help="answer as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        organisation = Organisation.objects.filter(slug=options["organisation"]).first()
        if organisation is None:
            raise CommandError(f"There is no organisation “{options['organisation']}”.")
        with scope(organisation):
            told = [self._checked(result) for result in _results(options["ref"])]
        if options["ref"] and not told:
            raise CommandError(f"There is no result “{options['ref']}” in {organisation}.")
        self._tell(told, as_json=options["json"])
        differing = sum(one["verdict"] == "differs" for one in told)
        if differing:
            raise CommandError(f"{differing} of {len(told)} results differ.")

    def _checked(self, result: OpinionResult) -> dict[str, Any]:
        found = source(result.source.ref)
        verdict = check(result, found).verdict if found else "no_votes"
        return {
            "ref": result.ref,
            "title": str(result),
            "version": result.number,
            "result_hash": result.result_sha256,
            "verdict": verdict,
        }

    def _tell(self, told: list[dict[str, Any]], *, as_json: bool) -> None:
        same = sum(one["verdict"] == "same" for one in told)
        if as_json:
            self.stdout.write(json.dumps({"same": same, "results": told}, ensure_ascii=False))
            return
        for one in told:
            self.stdout.write(f"{one['ref']} {one['title']} ({one['version']}): {WORDS[one['verdict']]}")
        self.stdout.write(f"{same} of {len(told)} are the same.")


def _results(ref: str) -> list[OpinionResult]:
    rows = OpinionResult.objects.select_related("thing", "consultation__thing", "round__thing").order_by("pk")
    return list(rows.filter(thing__ref=ref) if ref else rows)
