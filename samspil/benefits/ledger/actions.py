"""Starting points and targets. What is promised is added to, never overwritten."""

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from samspil.benefits import queries
from samspil.benefits.keeping import locked, remember
from samspil.benefits.models import Baseline, Benefit, Target
from samspil.benefits.permissions import PERMISSIONS
from samspil.benefits.words import MEANINGS
from samspil.core.benefits.forecasts import p10_p90
from samspil.core.business_case.estimates import Meaning
from samspil.kit.refusal import Refused
from samspil.organisation.viewer import Viewer

LARGEST = Decimal(10) ** 15
MOST_PEOPLE = 999_999_999
TOO_LARGE = _("Write a number with at most 15 digits before the decimals.")
WHY = _("The gate has been decided on what stood there. Write why it changes; both values stay visible.")


@transaction.atomic
def record_baseline(
    *,
    benefit: Benefit,
    value: Decimal,
    measured_on: date,
    method: str,
    n: int | None = None,
    because: str = "",
    by: Viewer,
    at: datetime,
) -> Baseline:
    """Record the starting point: measured before go-live, with the day and the method."""
    PERMISSIONS.require("keep_ledger", by, benefit)
    kept = locked(benefit)
    if measured_on > by.today:
        raise Refused(_("This day has not come yet. Choose today or an earlier day."), "measured_on")
    if not method.strip():
        raise Refused(
            _("Write how it was measured, so that it can be measured the same way later."), "method"
        )
    _is_small_enough(value)
    are_so_many(n, "n")
    before = kept.baselines.last()
    _says_why(kept, before, because)
    _before_go_live(kept, measured_on, because)
    row = Baseline.objects.create(
        organisation=by.organisation,
        benefit=kept,
        value=value,
        measured_on=measured_on,
        method=method.strip(),
        n=n,
        because=because.strip(),
        recorded_by=by.person,
        recorded_at=at,
    )
    facts = {
        "value": _text(value),
        "unit": kept.unit,
        "on": measured_on.isoformat(),
        "before": _text(before.value) if before else "–",
        "because": because,
    }
    remember("baseline_recorded", kept, facts, by, at)
    return row


@transaction.atomic
def set_target(
    *,
    benefit: Benefit,
    likely: Decimal,
    target_day: date,
    cautious: Decimal | None = None,
    optimistic: Decimal | None = None,
    meaning: str = "",
    because: str = "",
    by: Viewer,
    at: datetime,
) -> Target:
    """Say what is to be reached by a day. After the gate both targets stand, with who changed it and why.

    Where it is not the owner who changes it, the owner says yes anew.
    """
    PERMISSIONS.require("keep_ledger", by, benefit)
    kept = locked(benefit)
    before = kept.targets.last()
    _says_why(kept, before, because)
    _in_order(cautious, likely, optimistic)
    p10, p90 = _forecast(cautious, likely, optimistic, meaning)
    row = Target.objects.create(
        organisation=by.organisation,
        benefit=kept,
        likely=likely,
        cautious=cautious,
        optimistic=optimistic,
        meaning=meaning if cautious is not None else "",
        p10=p10,
        p90=p90,
        by=target_day,
        because=because.strip(),
        set_by=by.person,
        set_at=at,
    )
    if by.person is None or kept.owner_id != by.person.pk:
        kept.accepted_at = None
    kept.version += 1
    kept.save()
    facts = {
        "value": _text(likely),
        "unit": kept.unit,
        "by": target_day.isoformat(),
        "before": _text(before.likely) if before else "–",
        "because": because,
    }
    remember("target_set", kept, facts, by, at)
    return row


# --- steps the actions share -------------------------------------------------------------------------------


def _says_why(benefit: Benefit, before: Baseline | Target | None, because: str) -> None:
    """Before the gate it is a draft; afterwards nobody lowers a promise without a word."""
    if before is None or because.strip():
        return
    if benefit.initiative_id in queries.promised_at([benefit.initiative]):
        raise Refused(WHY, "because")


def _before_go_live(benefit: Benefit, measured_on: date, because: str) -> None:
    """Afterwards nobody knows how it was; a starting point from then on is one with a reason."""
    live_on = queries.live_on(benefit.initiative)
    if live_on and measured_on > live_on and not because.strip():
        raise Refused(
            _(
                "It went live on %(day)s. A starting point measured after that asks for a reason; it stays"
                " visible."
            )
            % {"day": date_format(live_on, "DATE_FORMAT")},
            "because",
        )


def _in_order(cautious: Decimal | None, likely: Decimal, optimistic: Decimal | None) -> None:
    for value in (cautious, likely, optimistic):
        if value is not None:
            _is_small_enough(value)
    if (cautious is None) != (optimistic is None):
        raise Refused(
            _("Give both the cautious and the optimistic target, or neither."),
            "cautious" if cautious is None else "optimistic",
        )
    if cautious is None or optimistic is None:
        return
    if likely != sorted((cautious, likely, optimistic))[1]:
        raise Refused(
            _("The likely target has to lie between the cautious and the optimistic one."), "likely"
        )


def _forecast(
    cautious: Decimal | None, likely: Decimal, optimistic: Decimal | None, meaning: str
) -> tuple[Decimal | None, Decimal | None]:
    if cautious is None or optimistic is None:
        return None, None
    if meaning not in MEANINGS:
        raise Refused(
            _("Say what the cautious and the optimistic target mean; without it the range says nothing."),
            "meaning",
        )
    return p10_p90(cautious, likely, optimistic, Meaning(meaning))


def _is_small_enough(value: Decimal) -> None:
    if not value.is_finite() or abs(value) >= LARGEST:
        raise Refused(TOO_LARGE)


def are_so_many(count: int | None, field: str) -> None:
    """Whether there can be so many people or cases at all."""
    if count is not None and count > MOST_PEOPLE:
        raise Refused(_("That is more than there are. Write a whole number of at most nine digits."), field)


def _text(value: Decimal) -> str:
    return f"{value.normalize():f}"
