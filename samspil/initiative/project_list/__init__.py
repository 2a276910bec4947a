"""The projects an organisation has on a list become initiatives, through the actions that people use."""
