"""The room's case, for the tests of each of its concerns."""

from samspil.business_case.tests.conftest import case, initiative

__all__ = ["case", "initiative"]
