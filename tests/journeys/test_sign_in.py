"""Signing in: with a password, with a second factor, through an identity provider."""

from collections.abc import Callable, Iterator
from typing import Any

import oidc_provider_mock
import pytest
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.contrib.auth import get_user_model
from playwright.sync_api import Browser

from samspil.organisation.models import Membership
from samspil.web.policy import policy
from tests.cast import Cast
from tests.journeys.walker import Walker

PASSWORD = "fjord-og-rønnebær-2026"


@pytest.fixture
def provider(settings: Any) -> Iterator[Any]:
    """An identity provider of the organisation, with Aisha in it."""
    aisha = oidc_provider_mock.User(sub="aisha-subject", claims={"email": "vice_chair@fjordby.example"})
    with oidc_provider_mock.run_server_in_thread(user_claims=[aisha]) as server:
        app = {
            "provider_id": "fjordby",
            "name": "Fjordbys login",
            "client_id": "samspil",
            "secret": "secret",
            "settings": {"server_url": f"http://localhost:{server.server_port}"},
        }
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}
        settings.CONTENT_SECURITY_POLICY = policy([app])
        yield server


@pytest.fixture
def somebody(house: Any, browser: Browser) -> Iterator[Walker]:
    """A browser in which nobody has signed in yet; it speaks English."""
    context = browser.new_context(locale="en")
    yield Walker(context.new_page(), house.url)
    context.close()


def through_the_provider(walker: Walker) -> Walker:
    walker.go("/sign-in/login/")
    walker.axe = False  # the provider's own pages are not ours
    walker.page.get_by_role("button", name="Fjordbys login").click()
    walker.page.get_by_role("button", name="aisha-subject").first.click()
    walker.page.wait_for_url(walker.address + "/")
    walker.axe = True
    walker.complaints.clear()
    return walker.look_around()


def test_a_first_sign_in_through_the_provider_belongs_to_nobody_even_with_a_known_email(
    fjordby: Cast, provider: Any, somebody: Walker
) -> None:
    through_the_provider(somebody).sees("Your account does not belong to anybody yet")
    assert get_user_model().objects.filter(email__iexact="vice_chair@fjordby.example").count() == 0


def test_an_account_that_was_linked_by_issuer_and_subject_comes_in(
    fjordby: Cast, provider: Any, somebody: Walker
) -> None:
    through_the_provider(somebody)
    made = get_user_model().objects.latest("pk")
    assert [(one.provider, one.uid) for one in made.socialaccount_set.all()] == [("fjordby", "aisha-subject")]
    Membership.everywhere.filter(person=fjordby.people["vice_chair"]).update(account=made)
    somebody.go("/")
    assert somebody.page.url.endswith("/fjordby/")
    somebody.sees("Aisha")


def with_password(cast: Cast, who: str) -> Any:
    account = cast.account(who)
    account.set_password(PASSWORD)
    account.save()
    return account


def type_password(walker: Walker, username: str, password: str) -> Walker:
    walker.go("/sign-in/login/").write("login", username).write("password", password)
    walker.page.get_by_role("button", name="Sign in", exact=True).click()
    walker.page.wait_for_load_state()
    return walker


def test_a_password_opens_the_door(fjordby: Cast, somebody: Walker) -> None:
    account = with_password(fjordby, "employee")
    type_password(somebody, account.username, PASSWORD)
    assert somebody.page.url.endswith("/fjordby/")


def test_a_wrong_password_is_told_without_telling_who_exists(fjordby: Cast, somebody: Walker) -> None:
    account = with_password(fjordby, "employee")
    said = set()
    for username in (account.username, "nobody@fjordby"):
        type_password(somebody, username, "wrong-wrong-wrong").look_around()
        said.add(somebody.page.locator("#main-content").inner_text().replace(username, "…"))
    assert len(said) == 1


def test_whoever_has_a_second_factor_is_asked_for_it(fjordby: Cast, somebody: Walker) -> None:
    account = with_password(fjordby, "administrator")
    secret = generate_totp_secret()
    TOTP.activate(account, secret)
    type_password(somebody, account.username, PASSWORD).look_around()
    assert "/fjordby/" not in somebody.page.url
    counter = next(iter(yield_hotp_counters_from_time()))
    somebody.write("code", format_hotp_value(hotp_value(secret, counter)))
    somebody.page.locator("#main-content button[type=submit]").first.click()
    somebody.page.wait_for_load_state()
    assert somebody.page.url.endswith("/fjordby/")


def test_a_passkey_signs_in(fjordby: Cast, walk_as: Callable[..., Walker]) -> None:
    """A virtual authenticator in the browser makes a key, signs out and comes back with it alone."""
    account = with_password(fjordby, "employee")
    walker = walk_as(fjordby, "employee", axe=False)
    tools = walker.page.context.new_cdp_session(walker.page)
    tools.send("WebAuthn.enable")
    tools.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
            }
        },
    )
    walker.address = walker.address.replace("127.0.0.1", "localhost")
    walker.page.context.clear_cookies()
    walker.page.context.add_cookies([{"name": "django_language", "value": "en", "url": walker.address}])
    type_password(walker, account.username, PASSWORD)
    walker.page.goto(walker.address + "/sign-in/2fa/webauthn/add/")
    if "reauthenticate" in walker.page.url:
        walker.write("password", PASSWORD)
        walker.page.get_by_role("button", name="Confirm").click()
        walker.page.wait_for_load_state()
    walker.page.get_by_label("Name").fill("Nøgle")
    walker.page.get_by_label("Passwordless").check()
    walker.page.get_by_role("button", name="Add").click()
    walker.page.wait_for_url(lambda url: "/webauthn/add/" not in url)
    walker.page.context.clear_cookies()
    walker.page.goto(walker.address + "/sign-in/login/")
    walker.page.locator("#passkey_login").click()
    walker.page.wait_for_url("**/fjordby/")
