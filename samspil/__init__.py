"""Samspil carries public digitalisation from a need to realised benefits, together with those concerned."""

import sys


def _let_sqlite3_mean_the_newest_library() -> None:
    """Django takes `sqlite3` as it finds it; the one that came with Python may be years old."""
    try:
        import pysqlite3
    except ImportError:
        return
    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2


_let_sqlite3_mean_the_newest_library()
