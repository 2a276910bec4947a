"""How long something lasts, as people say it."""

from datetime import timedelta

from django.utils.translation import ngettext

DAY, YEAR = timedelta(days=1), timedelta(days=365)


def in_words(period: timedelta) -> str:
    """Whole years, else whole days, else hours: “1 year”, “30 days”, “8 hours”."""
    if period % YEAR == timedelta():
        years = period // YEAR
        return ngettext("%(count)s year", "%(count)s years", years) % {"count": years}
    if period % DAY == timedelta():
        return ngettext("%(count)s day", "%(count)s days", period.days) % {"count": period.days}
    hours = period // timedelta(hours=1)
    return ngettext("%(count)s hour", "%(count)s hours", hours) % {"count": hours}
