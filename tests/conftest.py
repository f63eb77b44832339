"""What every test shares: repeatable examples, and no settings from the developer's shell."""

import os

import pytest
from hypothesis import settings

# A slow machine is no failure; and CI must not meet an example that nobody met before.
settings.register_profile("default", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "default")


@pytest.fixture(autouse=True)
def no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take the product's environment variables away; a test sets those that it means."""
    for name in [name for name in os.environ if name.startswith("MUBIAO_")]:
        if name != "MUBIAO_CHROMIUM":
            monkeypatch.delenv(name)
