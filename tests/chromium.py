"""The browser that the tests and the pictures use: found on this machine, and kept from talking to anybody."""

import shutil

QUIET = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-sandbox",
]


def launch_options() -> dict[str, object]:
    """What Playwright needs to start it."""
    found = shutil.which("chromium") or shutil.which("google-chrome")
    assert found, "No browser is installed. Run `make system`."
    return {"executable_path": found, "args": QUIET}
