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

    def populate_user(self, request: HttpRequest, sociallogin: Any, data: dict[str, Any]) -> Any:
        account = super().populate_user(request, sociallogin, data)
        account.username = new_ref()
        account.email = ""
        return account
