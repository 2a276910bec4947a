"""A house in a database of its own, in which a person with unmistakable words works, and is erased.

    DATABASE_URL=… SAMSPIL_VAR=… python -m tests.canary live | erase | restore

prints what to look for as JSON. Run as a program, so that what is looked for stands nowhere but in the files.
"""

import json
import os
import sys
from itertools import count
from pathlib import Path

SLUG = "fjordby"
numbers = count(1)


def say(text: str) -> str:
    """Every text gets a word that is nowhere else."""
    return f"{text} kanarifugl{next(numbers)}x"


def live(who: str, backup: Path) -> dict[str, object]:
    """Work, be told, keep drafts, and make a backup."""
    from django.core.management import call_command

    from samspil.kit import jobs, mail
    from samspil.organisation import content, drafts, rounds
    from samspil.organisation.scope import scope
    from tests.cast import AT
    from tests.permissions.world import furnish

    call_command("migrate", verbosity=0)
    content.load_house(AT)
    world = furnish(SLUG, "MED", say)
    person = world.cast.people[who]
    with scope(world.cast.organisation):
        person.refresh_from_db()
        draft, letter = say("Ikke sendt"), say("Kære du")
        drafts.keep(world.viewer(who), "/needs/new/", {"problem": draft}, AT)
        mail.write("canary", person.email, letter, letter, AT)
    rounds.round_of(AT)
    jobs.beat("worker", AT)
    call_command("backup", str(backup), stdout=sys.stderr)
    names = [person.family_name.split()[-1], person.title.split()[-1], f"{who}@{SLUG}"]
    return {"names": names, "words": [draft.split()[-1], letter.split()[-1]], "subject": person.subject}


def erase(who: str) -> dict[str, object]:
    from samspil.organisation import actions, journal, rounds
    from samspil.organisation.models import Membership, Organisation
    from samspil.organisation.scope import scope
    from samspil.organisation.viewer import operator_of
    from tests.cast import AT

    organisation = Organisation.objects.get(slug=SLUG)
    with scope(organisation):
        person = Membership.objects.get(account__username=f"{who}@{SLUG}").person
        actions.erase_person(person=person, by=operator_of(organisation, AT), at=AT)
    rounds.round_of(AT)
    with scope(organisation):
        return {"faults": [fault.sentence for fault in journal.verify(organisation)]}


def restore(backup: Path) -> dict[str, object]:
    from django.core.management import call_command

    from samspil.organisation import journal, rounds
    from samspil.organisation.models import Organisation
    from samspil.organisation.scope import scope
    from tests.cast import AT

    call_command("restore", str(backup), stdout=sys.stderr)
    rounds.round_of(AT)
    organisation = Organisation.objects.get(slug=SLUG)
    with scope(organisation):
        return {"faults": [fault.sentence for fault in journal.verify(organisation)]}


def main() -> None:
    os.environ["SAMSPIL_MODE"] = "test"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samspil.web.settings")
    import django

    django.setup()
    stage, who, backup = sys.argv[1], sys.argv[2], Path(sys.argv[3])
    said = {
        "live": lambda: live(who, backup),
        "erase": lambda: erase(who),
        "restore": lambda: restore(backup),
    }
    print(json.dumps(said[stage]()))


if __name__ == "__main__":
    import samspil  # noqa: F401 - the newest SQLite, before Django looks for one

    main()
