"""What the worker does with rounds: it closes them when their last day is over and reminds those who ask.

It opens nothing: a round opens when somebody who may has looked at it.
"""

from datetime import datetime

from samspil.initiative.consumers import notify
from samspil.organisation.models import Organisation
from samspil.organisation.viewer import day_in, operator_of
from samspil.participation import actions
from samspil.participation.models import Round
from samspil.participation.organising import notices


def close_after_the_last_day(organisation: Organisation, at: datetime) -> None:
    operator = operator_of(organisation, at)
    for round_ in Round.objects.filter(state=Round.State.OPEN, closes_on__lt=operator.today):
        actions.close_round(round_=round_, by=operator, at=at)


def remind(organisation: Organisation, at: datetime) -> None:
    """Whom this was told before is not told again."""
    for one in notices.of_last_days(day_in(organisation, at)):
        notify(organisation, one, at)


TICKS = (close_after_the_last_day, remind)
