"""A link lets one person in, once, for seven days, by sending a form and not by being opened."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from samspil.kit import clock
from samspil.kit.refusal import NotAllowed, Refused
from samspil.organisation import actions, invitations
from samspil.organisation.models import Account, Invitation, Membership, Person
from tests.cast import Cast

SignIn = Callable[[str], Client]
GOOD = {"username": "petra", "password": "fire kolde fjorde i marts"}


@pytest.fixture
def newcomer(cast: Cast, at: datetime) -> Person:
    return actions.add_person(
        given_name="Petra", family_name="Ny", by=cast.viewer("administrator"), at=at, unit=cast.units["it"]
    )


@pytest.fixture
def link(cast: Cast, newcomer: Person, at: datetime, standing_clock: datetime) -> str:
    token = actions.invite_person(person=newcomer, by=cast.viewer("administrator"), at=at)
    return f"/fjordby/come-in/{token}/"


def test_the_link_makes_an_account_and_lets_the_person_in(
    client: Client, link: str, newcomer: Person
) -> None:
    answer = client.post(link, GOOD)
    assert answer["Location"] == "/fjordby/"
    assert Membership.objects.get(person=newcomer).account.check_password(GOOD["password"])
    assert client.get("/fjordby/people/").status_code == 200


def test_opening_the_link_changes_nothing(client: Client, link: str) -> None:
    for _scanner in range(3):
        answer = client.get(link)
        assert answer.status_code == 200
        assert answer["Referrer-Policy"] == "no-referrer"
    assert client.post(link, GOOD).status_code == 302


def test_the_link_works_once(client: Client, link: str) -> None:
    client.post(link, GOOD)
    again = Client().post(link, GOOD | {"username": "another"})
    assert again.status_code == 410
    assert not Account.objects.filter(username="another").exists()


def test_an_old_link_does_not_work(client: Client, link: str, at: datetime) -> None:
    clock.move_to(at + invitations.GOOD_FOR)
    assert client.post(link, GOOD).status_code == 410


def test_a_link_called_back_does_not_work(client: Client, link: str, cast: Cast, at: datetime) -> None:
    by = cast.viewer("administrator")
    actions.revoke_invitation(invitation=Invitation.objects.get(), by=by, at=at)
    assert client.post(link, GOOD).status_code == 410


def test_a_new_link_ends_the_one_before(
    client: Client, link: str, newcomer: Person, cast: Cast, at: datetime
) -> None:
    actions.invite_person(person=newcomer, by=cast.viewer("administrator"), at=at)
    assert client.post(link, GOOD).status_code == 410


def test_whoever_leaves_before_coming_in_stays_out(
    client: Client, link: str, newcomer: Person, cast: Cast, at: datetime
) -> None:
    by = cast.viewer("administrator")
    actions.person_leaves(person=newcomer, on=by.today, by=by, at=at)
    assert client.post(link, GOOD).status_code == 410


def test_the_token_is_kept_nowhere(link: str) -> None:
    token = link.split("/")[-2]
    row = Invitation.objects.get()
    assert token not in str(vars(row))
    assert len(row.token_sha256) == 64


def test_a_wrong_link_looks_like_any_other_address(client: Client, outside_scope: Cast) -> None:
    for address in ("/fjordby/come-in/wrong/", "/nowhere/come-in/wrong/"):
        answer = client.get(address)
        assert answer.status_code == 302
        assert answer["Location"].startswith("/sign-in/login/?next=")


def test_an_account_from_elsewhere_is_brought_along(
    client: Client, link: str, newcomer: Person, cast: Cast
) -> None:
    account = Account.objects.create_user("issuer-subject")
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    assert client.post(link).status_code == 302
    assert Membership.objects.get(person=newcomer).account == account


def test_somebody_who_is_here_already_cannot_take_a_colleagues_link(
    sign_in: SignIn, link: str, newcomer: Person
) -> None:
    answer = sign_in("employee").post(link)
    assert answer.status_code == 200
    assert answer.context["form"].non_field_errors()
    assert not Membership.objects.filter(person=newcomer).exists()


@pytest.mark.parametrize("weak", ["short", "elleve tegn", "petrapetra"])
def test_a_weak_password_is_refused_in_words(client: Client, link: str, weak: str) -> None:
    answer = client.post(link, GOOD | {"password": weak})
    assert answer.status_code == 200
    assert not Account.objects.filter(username="petra").exists()


def test_a_taken_user_name_is_refused(client: Client, link: str) -> None:
    Account.objects.create_user("Petra")
    assert client.post(link, GOOD).context["form"].errors["username"]


def test_the_name_an_administrator_gave_holds(
    cast: Cast, newcomer: Person, at: datetime, client: Client, standing_clock: datetime
) -> None:
    token = actions.invite_person(person=newcomer, username="pny", by=cast.viewer("administrator"), at=at)
    client.post(f"/fjordby/come-in/{token}/", GOOD)
    assert Membership.objects.get(person=newcomer).account.username == "pny"


def test_nobody_accepts_for_somebody_else(cast: Cast, link: str, at: datetime) -> None:
    with pytest.raises(NotAllowed):
        actions.accept_invitation(
            invitation=Invitation.objects.get(), password=GOOD["password"], by=cast.viewer("employee"), at=at
        )


def test_who_has_an_account_needs_no_link(cast: Cast, at: datetime) -> None:
    with pytest.raises(Refused):
        actions.invite_person(person=cast.people["employee"], by=cast.viewer("administrator"), at=at)


def test_the_link_is_shown_once_to_the_administrator(sign_in: SignIn, cast: Cast, newcomer: Person) -> None:
    client = sign_in("administrator")
    page = client.post(f"/fjordby/people/{newcomer.ref}/invite/", {"username": ""}).content.decode()
    assert "http://testserver/fjordby/come-in/" in page
    assert "come-in" not in client.get(f"/fjordby/people/{newcomer.ref}/").content.decode()


def test_the_command_line_makes_the_first_way_in(
    cast: Cast, newcomer: Person, client: Client, standing_clock: datetime, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("account", "create", organisation="fjordby", person=newcomer.ref, username="petra")
    link = capsys.readouterr().out.strip()
    assert client.post(link.removeprefix("http://127.0.0.1:8000"), GOOD).status_code == 302
    with pytest.raises(CommandError):
        call_command("account", "create", organisation="fjordby", person=newcomer.ref)


def test_an_invitation_ends_after_a_week(cast: Cast, newcomer: Person, at: datetime) -> None:
    actions.invite_person(person=newcomer, by=cast.viewer("administrator"), at=at)
    found = Invitation.objects.get()
    assert invitations.is_open(found, at + timedelta(days=6, hours=23))
    assert not invitations.is_open(found, at + timedelta(days=7))
