"""The platform's own settings, with what makes tests quick and leaves nothing behind."""

import os
import tempfile
from pathlib import Path

_folder = tempfile.TemporaryDirectory(prefix="apura-tests-")
os.environ.update(
    APURA_DADOS=_folder.name,
    APURA_SEGREDO="a secret that only tests know, and which protects nothing",
    APURA_HOSTS="testserver localhost 127.0.0.1",
    APURA_HTTPS="0",
)

from apura_web.config.settings import *  # noqa: E402, F403

DATA_FOLDER = Path(_folder.name)
(DATA_FOLDER / "static").mkdir()  # WhiteNoise warns when it is missing
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.MD5PasswordHasher"
]  # Argon2 is slow on purpose; one test uses it
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):  # noqa: F405
    # A file, as in production: a database in memory has other locks.
    DATABASES["default"]["TEST"] = {"NAME": str(DATA_FOLDER / "tests.sqlite3")}  # noqa: F405
