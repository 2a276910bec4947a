"""The integer tables and the projection as plain SQL, for votes in a database or on many machines.

The texts are the same for DuckDB, PostgreSQL and Spark SQL: `pair_tables` (what is counted), `merged_tables`
(shards summed) and `coordinates` (where people stand, once the axes are solved in one process, from the
tables, by `axes_of_tables`). Each file says which relations it reads and what it gives.
"""

from importlib import resources


def text(name: str) -> str:
    """The SQL text of that name, shipped with the package."""
    return resources.files(__name__).joinpath(f"{name}.sql").read_text(encoding="utf-8")
