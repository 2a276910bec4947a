"""The front door: settings, urls, the list of rooms, the home page, sign-in and health."""
