"""Making codes to hand out, and taking them back, before the round opens."""

from datetime import datetime

from django.db import transaction

from samspil.kit.refs import new_ref
from samspil.kit.refusal import Refused
from samspil.organisation import journal
from samspil.organisation.viewer import Viewer
from samspil.participation.codes import code_of_link, hashed
from samspil.participation.models import AskedGroup, Elector, Round
from samspil.participation.permissions import PERMISSIONS
from samspil.participation.words import CODES_BEFORE_OPENING, TOO_MANY_CODES

MOST_CODES = 5000  # in a round


@transaction.atomic
def make_codes(*, asked: AskedGroup, count: int, by: Viewer, at: datetime) -> int:
    """Make codes for people of a group, one each; tells how many the group has now."""
    round_ = _planned(asked, by)
    if Elector.objects.filter(round=round_, person=None).count() + count > MOST_CODES:
        raise Refused(TOO_MANY_CODES % {"most": MOST_CODES}, field="count")
    rows = [
        Elector(organisation=round_.organisation, round=round_, asked=asked, ref=new_ref())
        for _one in range(count)
    ]
    for row in rows:
        row.code_sha256 = hashed(code_of_link(round_.code, row.ref))
    Elector.objects.bulk_create(rows)
    facts = {"count": count, "group": str(asked)}
    journal.append("participation.codes_made", thing=round_.ref, facts=facts, by=by, at=at)
    return Elector.objects.filter(asked=asked).count()


@transaction.atomic
def take_back_codes(*, asked: AskedGroup, by: Viewer, at: datetime) -> None:
    """The codes of a group lead nowhere any more; what was printed is to be thrown away."""
    round_ = _planned(asked, by)
    gone, _by_model = Elector.objects.filter(asked=asked, person=None).delete()
    facts = {"count": gone, "group": str(asked)}
    journal.append("participation.codes_taken_back", thing=round_.ref, facts=facts, by=by, at=at)


def _planned(asked: AskedGroup, by: Viewer) -> Round:
    PERMISSIONS.require("hand_out", by, asked.round)
    round_ = Round.objects.select_for_update().get(pk=asked.round_id)
    if round_.state != Round.State.PLANNED:
        raise Refused(CODES_BEFORE_OPENING)
    return round_
