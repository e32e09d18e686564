"""The settings of the tests: the same, in a throw-away folder, with cheap hashing."""

import os
import tempfile

os.environ["HOLDSPACE_DATA"] = tempfile.mkdtemp(prefix="holdspace-test-")
os.environ["HOLDSPACE_TESTING"] = "1"
if os.environ.get("HOLDSPACE_TEST_DATABASE_URL"):
    os.environ["DATABASE_URL"] = os.environ["HOLDSPACE_TEST_DATABASE_URL"]
    os.environ["KEYS_DATABASE_URL"] = os.environ["HOLDSPACE_TEST_KEYS_DATABASE_URL"]

from config.settings import *  # noqa: F403

for _database in DATABASES.values():  # noqa: F405
    if _database["ENGINE"] == "holdspace.kit.sqlite":
        _database["TEST"] = {"NAME": ":memory:"}  # said outright: each test process has its own
