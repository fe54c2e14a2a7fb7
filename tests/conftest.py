"""What every test shares: properties are never judged by time, and repeat themselves in integration."""

import os

from hypothesis import settings

settings.register_profile("house", deadline=None, print_blob=True)
settings.register_profile("integration", settings.get_profile("house"), derandomize=True)
settings.load_profile("integration" if os.environ.get("CI") else "house")
