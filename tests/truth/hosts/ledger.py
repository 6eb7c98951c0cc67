"""Hosts django-ledger."""

from hosts.common import *  # noqa: F403
from hosts.common import CONTEXT_PROCESSORS, INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "django_ledger"]
CONTEXT_PROCESSORS.append("django_ledger.context.django_ledger_context")
ROOT_URLCONF = "hosts.ledger_urls"
LOGIN_URL = "/ledger/auth/login/"
