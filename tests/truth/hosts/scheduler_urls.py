"""Where the host mounts django-scheduler."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [path("admin/", admin.site.urls), path("schedule/", include("schedule.urls"))]
