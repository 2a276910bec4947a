"""The plan for measuring, the figures as they come, and why they differ from what was promised."""
