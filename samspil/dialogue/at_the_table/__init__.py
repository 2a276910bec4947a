"""While the committee sits together: the big screen, and the secretary's page."""
