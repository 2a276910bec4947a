"""Both ends of a link belong to the link's organisation, and the database itself holds to it.

PostgreSQL: two composite foreign keys onto (organisation, id) of a thing. SQLite cannot add a foreign key to a
table that stands, so triggers refuse instead. A later migration that rebuilds one of the two tables on SQLite
must lay the triggers again: `lay` and `lift` are for it to use.
"""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from samspil.kit.tables import ByHand

ENDS = ("from_thing_id", "to_thing_id")
REFUSAL = "a link and its things belong to one organisation"


def lay(_apps: object, schema: BaseDatabaseSchemaEditor) -> None:
    statements = postgresql() if schema.connection.vendor == "postgresql" else sqlite()
    for statement in statements:
        schema.execute(statement)


def lift(_apps: object, schema: BaseDatabaseSchemaEditor) -> None:
    postgres = schema.connection.vendor == "postgresql"
    names = [f"link_{end}_in_organisation" for end in ENDS] if postgres else list(triggers())
    for name in names:
        schema.execute(
            f"ALTER TABLE initiative_link DROP CONSTRAINT {name}" if postgres else f"DROP TRIGGER {name}"
        )


def postgresql() -> list[str]:
    return [
        f"ALTER TABLE initiative_link ADD CONSTRAINT link_{end}_in_organisation"
        f" FOREIGN KEY (organisation_id, {end}) REFERENCES initiative_thing (organisation_id, id)"
        " DEFERRABLE INITIALLY DEFERRED"
        for end in ENDS
    ]


def sqlite() -> list[str]:
    return [
        f"CREATE TRIGGER {name} BEFORE {when} BEGIN SELECT RAISE(ABORT, '{REFUSAL}') WHERE {strayed}; END"
        for name, (when, strayed) in triggers().items()
    ]


def triggers() -> dict[str, tuple[str, str]]:
    """Name of the trigger: when it looks, and what it refuses."""
    stray_end = " OR ".join(
        f"(SELECT organisation_id FROM initiative_thing WHERE id = NEW.{end}) IS NOT NEW.organisation_id"  # noqa: S608  # nosec B608 - our own names
        for end in ENDS
    )
    stray_link = (
        "EXISTS (SELECT 1 FROM initiative_link WHERE (from_thing_id = NEW.id OR to_thing_id = NEW.id)"
        " AND organisation_id IS NOT NEW.organisation_id)"
    )
    return {
        "link_is_made_in_organisation": ("INSERT ON initiative_link", stray_end),
        "link_stays_in_organisation": ("UPDATE ON initiative_link", stray_end),
        "linked_thing_stays_in_organisation": (
            "UPDATE OF organisation_id ON initiative_thing",
            stray_link,
        ),
    }


class Migration(migrations.Migration):
    dependencies = [("initiative", "0001_initial")]

    operations = [ByHand(lay, lift)]
