"""The log tells what happened and to which request, and nothing that tells who somebody is."""

import json
import logging
from collections.abc import Callable, Iterator
from logging.config import dictConfig
from typing import Any

import pytest
from django.conf import settings
from django.db import OperationalError
from django.test import Client

from samspil.organisation import queries
from samspil.web.logs import JsonLines, logging_of
from tests.cast import Cast

SignIn = Callable[[str], Client]
NAME, EMAIL, ADDRESS, BROWSER = "Kanariefugl", "kanarie@fugl.example", "203.0.113.77", "Fuglebrowser/7"
TYPED = {"problem": f"{NAME} kan ikke nå det", "for_whom": EMAIL, "if_nothing": "Kanarieord"}


class Lines(logging.Handler):
    """Keeps what would be written, line by line."""

    def __init__(self) -> None:
        super().__init__()
        self.setFormatter(JsonLines())
        self.written: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.written.append(self.format(record))


@pytest.fixture
def log() -> Iterator[list[str]]:
    """What a production house writes while the test runs."""
    dictConfig(logging_of("production"))
    lines = Lines()
    logging.getLogger().addHandler(lines)
    yield lines.written
    logging.getLogger().removeHandler(lines)
    dictConfig(settings.LOGGING)


@pytest.fixture
def visitor(cast: Cast, sign_in: SignIn) -> Client:
    cast.people["employee"].family_name = NAME
    cast.people["employee"].email = EMAIL
    cast.people["employee"].save()
    client = sign_in("employee")
    client.defaults |= {"REMOTE_ADDR": ADDRESS, "HTTP_USER_AGENT": BROWSER, "HTTP_X_FORWARDED_FOR": ADDRESS}
    client.raise_request_exception = False
    return client


def breaks(fault: Exception) -> Callable[..., Any]:
    def query(*_args: Any, **_options: Any) -> Any:
        raise fault

    return query


def tells(cast: Cast) -> list[str]:
    person = cast.people["employee"]
    return [
        NAME,
        EMAIL,
        "Kanarieord",
        ADDRESS,
        BROWSER,
        "Kanariesøgning",
        person.ref,
        person.subject,
        str(person),
    ]


def visit(client: Client, path: str, said: dict[str, str] | None) -> int:
    address = f"{path}?words=Kanariesøgning&who={EMAIL}"
    return (client.get(address) if said is None else client.post(address, said)).status_code


@pytest.mark.parametrize(
    ("status", "path", "said"),
    [
        (200, "/fjordby/people/{ref}/", None),
        (200, "/fjordby/people/", None),
        (302, "/fjordby/needs/new/", TYPED),
        (302, "/{ref}/people/{ref}/", None),
        (403, "/fjordby/people/{ref}/change/", TYPED | {"given_name": NAME, "email": EMAIL}),
        (404, "/fjordby/needs/{ref}/", None),
        (404, "/fjordby/{ref}/Kanariefugl/", TYPED),
        (405, "/fjordby/people/{ref}/", TYPED),
    ],
)
def test_nothing_in_the_log_tells_who_somebody_is(
    visitor: Client, cast: Cast, log: list[str], status: int, path: str, said: dict[str, str] | None
) -> None:
    if path.startswith("/{ref}"):
        visitor.logout()
    assert visit(visitor, path.format(ref=cast.people["employee"].ref), said) == status
    assert f" {status} " in log[-1]
    assert [tell for tell in tells(cast) if tell in "\n".join(log)] == []


@pytest.mark.parametrize(
    ("status", "fault"),
    [(500, ValueError(f"{NAME} {EMAIL} Kanarieord")), (503, OperationalError(f"row {NAME} {EMAIL}"))],
    ids=["a fault", "a database that does not answer"],
)
@pytest.mark.parametrize("said", [None, TYPED], ids=["read", "sent"])
def test_a_fault_is_written_down_with_where_it_happened_and_without_the_values_in_it(
    visitor: Client,
    cast: Cast,
    log: list[str],
    monkeypatch: pytest.MonkeyPatch,
    status: int,
    fault: Exception,
    said: dict[str, str] | None,
) -> None:
    monkeypatch.setattr(queries, "roles_of", breaks(fault))
    monkeypatch.setattr("samspil.initiative.actions.raise_need", breaks(fault))
    path = f"/fjordby/people/{cast.people['employee'].ref}/" if said is None else "/fjordby/needs/new/"
    assert visit(visitor, path, said) == status
    lines = [json.loads(line) for line in log]
    faults = [line for line in lines if line.get("fault") == type(fault).__name__]
    assert faults
    assert all(any("test_logs.py" in frame for frame in line["where"]) for line in faults)
    assert {line["request"] for line in lines} == {lines[-1]["request"]} != {"-"}
    assert [tell for tell in tells(cast) if tell in "\n".join(log)] == []


def test_a_sign_in_that_fails_leaves_no_name_and_no_password(
    db: None, client: Client, log: list[str]
) -> None:
    client.post("/sign-in/login/", {"login": EMAIL, "password": "Kanarieord"}, REMOTE_ADDR=ADDRESS)
    Client(enforce_csrf_checks=True).post("/sign-in/login/", {"login": EMAIL}, REMOTE_ADDR=ADDRESS)
    assert log
    assert [tell for tell in (EMAIL, "Kanarieord", ADDRESS) if tell in "\n".join(log)] == []
