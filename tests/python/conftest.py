"""What every test here shares: the installed wheel, never the source tree."""

from pathlib import Path

import django
import django.conf
import hookseal
from hypothesis import HealthCheck, settings
from stores.transactional import DATABASES

SITE_PACKAGES = Path(hookseal.__file__).parent.parent
assert SITE_PACKAGES.name == "site-packages", f"test the wheel, not {SITE_PACKAGES}"

# Django has one configuration a process.
django.conf.settings.configure(DATABASES=DATABASES, LOGGING_CONFIG=None)
django.setup()

# No test of ours depends on how fast it runs.
settings.register_profile("house", deadline=None, max_examples=500, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")
