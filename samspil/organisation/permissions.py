"""Who may do what here. One table, keyed by action."""

from samspil.kit.permission import Permissions

PERMISSIONS = Permissions("organisation", {})
