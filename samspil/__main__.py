"""The command line: `samspil …` runs the house's own commands and Django's."""

import os
import sys
from importlib import import_module

# What a stranger must be able to run where nothing is set up: no server, no database.
FOR_STRANGERS = {
    "dossier": "samspil.dialogue.dossier.command",
    "urn": "samspil.participation.urn.command",
    "opinion-map": "samspil.involvement.opinion_map.command",
    "business-case": "samspil.business_case.command",
}


def main() -> None:
    asked, words = sys.argv[1:2], sys.argv[2:]
    if asked and asked[0] in FOR_STRANGERS:
        sys.exit(import_module(FOR_STRANGERS[asked[0]]).main(words))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samspil.web.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
