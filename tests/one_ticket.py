"""Sixteen devices give the first answer of one ticket at once, and sixteen helpers type in one sheet.

    DATABASE_URL=… python -m tests.one_ticket

Prints what each was answered, and how many participants there are.
"""

import json
from collections import Counter
from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

import django

MANY = 16


def at_once(work: Callable[[], int]) -> Counter[int]:
    """Let many do the same at the same moment; how often each status was answered."""
    from django.db import connection

    start, statuses = Barrier(MANY), Counter[int]()

    def one() -> None:
        start.wait()
        try:
            statuses[work()] += 1
        finally:
            connection.close()

    threads = [Thread(target=one) for _each in range(MANY)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return statuses


def main() -> None:
    django.setup()
    from django.core.management import call_command

    from samspil.kit import clock
    from samspil.organisation.content import load_house
    from tests.cast import AT, gather

    call_command("migrate", verbosity=0)
    load_house(AT)
    clock.move_to(AT)
    cast = gather()
    code, tickets = asked(cast)
    answers = at_once(lambda: first_answer(code, tickets[0]))
    sheets = at_once(lambda: typed_in(cast, code, tickets[1]))
    print(json.dumps({"answers": answers, "sheets": sheets, **kept(cast)}))


def asked(cast: Any) -> tuple[str, list[str]]:
    """An open round with two codes on paper."""
    from samspil.involvement.opinions.actions import add_statements
    from samspil.organisation.scope import scope
    from samspil.participation import actions
    from samspil.participation.codes import code_of_link
    from samspil.participation.handing_out.actions import make_codes
    from samspil.participation.tests.asking import organiser, plan_of

    with scope(cast.organisation):
        does = {"by": organiser(cast, cast.at), "at": cast.at}
        plan = plan_of(cast, cast.at, groups=[cast.groups["citizens"]])
        round_ = actions.plan_round(plan=plan, **does)
        add_statements(
            round_=round_, written=[f"Planen virker på dag {n}" for n in range(3)], language="da", **does
        )
        make_codes(asked=round_.asked.get(group__isnull=False), count=2, **does)
        actions.open_round(round_=round_, **does)
        refs = round_.electors.filter(person=None).order_by("pk").values_list("ref", flat=True)
        return round_.code, [code_of_link(round_.code, ref) for ref in refs]


def first_answer(code: str, ticket: str) -> int:
    from django.test import Client

    client = Client(raise_request_exception=False)
    client.post(f"/p/{code}/with/{ticket}/", {"ticket": ticket})
    return int(client.post(f"/p/{code}/statements/1/", {"value": "agree"}).status_code)


def typed_in(cast: Any, code: str, ticket: str) -> int:
    from samspil.kit.refusal import Refused
    from samspil.organisation.scope import scope
    from samspil.participation import queries
    from samspil.participation.on_behalf.actions import enter_answers

    round_ = queries.round_by_code(code)
    assert round_
    sheet = {"code": ticket, "channel": "paper", "answers": {1: 1, 2: -1}}
    with scope(cast.organisation):
        try:
            enter_answers(round_=round_, **sheet, by=cast.viewer("employee"), at=cast.at)
        except Refused:
            return 422
    return 200


def kept(cast: Any) -> dict[str, int]:
    from samspil.involvement.opinions.models import Vote
    from samspil.organisation.scope import scope
    from samspil.participation.models import Participant

    with scope(cast.organisation):
        return {"participants": Participant.objects.count(), "votes": Vote.objects.count()}


if __name__ == "__main__":
    import samspil  # noqa: F401 - puts the newer SQLite in place

    main()
