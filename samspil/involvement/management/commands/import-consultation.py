"""`samspil import-consultation DIR`: a finished consultation onto an initiative, all of it or nothing."""

import json
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from samspil.core.consultation import ConsultationRejected, read
from samspil.initiative import queries as hall
from samspil.initiative.models import Initiative
from samspil.involvement import queries
from samspil.involvement.actions import import_consultation
from samspil.involvement.files import fingerprint, tables_in
from samspil.involvement.models import SMALLEST_GROUP, Consultation
from samspil.involvement.words import note_in_words
from samspil.kit import clock
from samspil.kit.refusal import Refused
from samspil.organisation.models import Organisation
from samspil.organisation.scope import scope
from samspil.organisation.viewer import operator_of


class Command(BaseCommand):
    help = "Bring a finished consultation onto an initiative. All of it comes in, or nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "directory", type=Path, help="folder with comments, votes, participants-votes, summary"
        )
        parser.add_argument(
            "--organisation", required=True, help="the organisation's short name in addresses"
        )
        parser.add_argument("--initiative", required=True, help="the initiative's reference")
        parser.add_argument("--title", default="", help="without it, the topic named in the summary")
        parser.add_argument("--language", default="", help="the language people wrote in, such as en")
        parser.add_argument("--source", default="", help="where it comes from; without it, the folder's name")
        parser.add_argument("--held-until", type=date.fromisoformat, default=None, help="YYYY-MM-DD")
        parser.add_argument("--smallest-group", type=int, default=SMALLEST_GROUP, help="5 or more")
        parser.add_argument("--json", action="store_true", help="answer as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        organisation = Organisation.objects.filter(slug=options["organisation"]).first()
        if organisation is None:
            raise CommandError(f"There is no organisation “{options['organisation']}”.")
        with scope(organisation), translation.override("en"):
            initiative = hall.initiative(options["initiative"])
            if initiative is None:
                raise CommandError(f"There is no initiative “{options['initiative']}” in {organisation}.")
            told = self._bring_in(initiative, options)
        self._tell(told, as_json=options["json"])

    def _bring_in(self, initiative: Initiative, options: dict[str, Any]) -> dict[str, Any]:
        """What came in, as plain values; a refusal ends the command with every wrong line named."""
        directory, at = options["directory"], clock.now()
        named = {name: options[name] for name in ("title", "language", "held_until", "smallest_group")}
        try:
            kept = import_consultation(
                initiative=initiative,
                consultation=read(tables_in(directory)),
                source=options["source"] or directory.resolve().name,
                input_sha256=fingerprint(directory),
                by=operator_of(initiative.organisation, at),
                at=at,
                **named,
            )
        except ConsultationRejected as refused:
            raise CommandError(_refusal(refused, as_json=options["json"])) from refused
        except Refused as refused:
            raise CommandError(str(refused.sentence)) from refused
        return _facts(kept, was_here=kept.imported_at != at)

    def _tell(self, told: dict[str, Any], *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(told, ensure_ascii=False))
            return
        beginning = "Was here already" if told["was_here"] else "Brought in"
        self.stdout.write(
            f"{beginning}: {told['title']} ({told['ref']}), {told['participants']} people, "
            f"{told['statements']} statements, {told['votes']} votes."
        )
        for note in told["notes"]:
            self.stdout.write(f"- {note}")


def _facts(kept: Consultation, *, was_here: bool) -> dict[str, Any]:
    return {
        "ref": kept.ref,
        "title": kept.title,
        "was_here": was_here,
        "participants": kept.participants,
        "statements": kept.statements.count(),
        "votes": kept.votes,
        "votes_shown": queries.shown_votes(kept),
        "input_sha256": kept.input_sha256,
        "notes": [note_in_words(kind, numbers) for kind, numbers in kept.notes],
    }


def _refusal(refused: ConsultationRejected, *, as_json: bool) -> str:
    if not as_json:
        return f"Nothing came in. {len(refused.problems)} lines are wrong:\n{refused}"
    wrong = [{"table": p.table, "line": p.line, "problem": p.sentence} for p in refused.problems]
    return json.dumps({"problems": wrong}, ensure_ascii=False)
