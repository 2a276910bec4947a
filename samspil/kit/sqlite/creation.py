"""Test databases in a file: what lies beside the file comes and goes with it."""

from pathlib import Path

from django.db.backends.sqlite3 import creation

from samspil.kit.write_lock import lock_files


class DatabaseCreation(creation.DatabaseCreation):
    """A write-ahead log left behind by an older test database must never meet a new one."""

    def _create_test_db(self, verbosity: int, autoclobber: bool, keepdb: bool = False) -> str:
        name: str = super()._create_test_db(  # type: ignore[misc]
            verbosity, autoclobber, keepdb
        )
        if not keepdb:
            self._remove_what_lies_beside(name)
        return name

    def _clone_test_db(self, suffix: str, verbosity: int, keepdb: bool = False) -> None:
        if not self.is_in_memory_db(self.connection.settings_dict["NAME"]):
            with self.connection.cursor() as cursor:
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        super()._clone_test_db(suffix, verbosity, keepdb)  # type: ignore[misc]

    def _destroy_test_db(self, test_database_name: str, verbosity: int) -> None:
        super()._destroy_test_db(test_database_name, verbosity)  # type: ignore[misc]
        self._remove_what_lies_beside(test_database_name)

    def _remove_what_lies_beside(self, name: str) -> None:
        if self.is_in_memory_db(name):
            return
        beside = [Path(f"{name}-wal"), Path(f"{name}-shm"), *lock_files(name)]
        for file in beside:
            file.unlink(missing_ok=True)
