"""The list of projects an organisation has already becomes initiatives, through the same actions that people use."""
