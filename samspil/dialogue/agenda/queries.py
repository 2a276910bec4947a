"""What can be read about annexes."""

from samspil.dialogue.agenda.models import Annex


def annex(ref: str) -> Annex | None:
    rows = Annex.objects.select_related(
        "file__blob", "item__thing", "item__committee", "item__initiative__thing", "item__organisation"
    )
    return rows.filter(ref=ref).first()
