from samspil.participation.tests.conftest import something_is_asked

__all__ = ["something_is_asked"]
