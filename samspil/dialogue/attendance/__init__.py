"""Who came to a meeting, who stood in for whom, and whether there was a quorum."""
