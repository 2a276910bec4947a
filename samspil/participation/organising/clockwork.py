"""What the worker does with rounds: it closes them when their last day is over and reminds those who ask.

It opens nothing: a round opens when somebody who may has looked at it.
"""

from datetime import datetime, timedelta

from samspil.initiative.consumers import notify
from samspil.organisation.models import Organisation
from samspil.organisation.rounds import is_due
from samspil.organisation.viewer import day_in, operator_of
from samspil.participation import actions
from samspil.participation.consultation import actions as consultation
from samspil.participation.models import Round
from samspil.participation.organising import notices

HOUR = timedelta(hours=1)


def close_after_the_last_day(organisation: Organisation, at: datetime) -> None:
    operator = operator_of(organisation, at)
    for round_ in Round.objects.filter(state=Round.State.OPEN, closes_on__lt=operator.today):
        actions.close_round(round_=round_, by=operator, at=at)


def remind(organisation: Organisation, at: datetime) -> None:
    """Whom this was told before is not told again."""
    for one in notices.of_last_days(day_in(organisation, at)):
        notify(organisation, one, at)


def look_at_open_answers(organisation: Organisation, at: datetime) -> None:
    """Every hour, in rounds with an open link: is there one hand behind many answers?"""
    if not is_due(f"open answers {organisation.ref}", HOUR, at):
        return
    operator = operator_of(organisation, at)
    for round_ in Round.objects.filter(state=Round.State.OPEN, by_link=True):
        consultation.set_apart_one_hand(round_=round_, by=operator, at=at)
        consultation.forget_small_companies(round_, operator.today)


TICKS = (look_at_open_answers, close_after_the_last_day, remind)
