"""The command line: `samspil …` runs the house's own commands and Django's."""

import os
import sys


def main() -> None:
    if sys.argv[1:2] == ["dossier"]:  # a stranger's check: it must run where nothing is set up
        from samspil.dialogue.dossier.command import main as dossier

        sys.exit(dossier(sys.argv[2:]))
    if sys.argv[1:2] == ["opinion-map"]:  # so must this: whoever has the votes can recompute the map
        from samspil.involvement.opinion_map.command import main as opinion_map

        sys.exit(opinion_map(sys.argv[2:]))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samspil.web.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
