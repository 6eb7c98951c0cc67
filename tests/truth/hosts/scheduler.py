"""Hosts django-scheduler."""

from hosts.common import *  # noqa: F403
from hosts.common import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "schedule"]
DEFAULT_AUTO_FIELD = "django.db.models.AutoField"
ROOT_URLCONF = "hosts.scheduler_urls"
