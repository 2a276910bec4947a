from datetime import datetime

import pytest

from tests.cast import Cast
from tests.urns import SecretRound, asks_statements, planned


@pytest.fixture
def secret(cast: Cast, at: datetime, monkeypatch: pytest.MonkeyPatch) -> SecretRound:
    """A secret round with its holders chosen and no key made."""
    asks_statements(monkeypatch)
    return planned(cast, at)


@pytest.fixture
def open_round(secret: SecretRound) -> SecretRound:
    """A secret round that is open, its keys tried."""
    return secret.ready()
