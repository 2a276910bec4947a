"""How accounts come about: nobody signs up by themselves, and an e-mail address never links anything."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest

from samspil.kit.refs import new_ref


class LocalAccounts(DefaultAccountAdapter):
    """Accounts with a password are made by an administrator or the command line."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


class IdentityProviders(DefaultSocialAccountAdapter):
    """An identity is issuer + subject. A first sign-in makes an account that belongs to nobody yet."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return True

    def save_user(self, request: HttpRequest, sociallogin: Any, form: Any = None) -> Any:
        """Nothing the provider says about the person is kept: issuer and subject are the identity."""
        sociallogin.email_addresses = []
        sociallogin.account.extra_data = {}
        sociallogin.user.username, sociallogin.user.email = new_ref(), ""
        return super().save_user(request, sociallogin, form)
