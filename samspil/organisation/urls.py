"""The addresses of this room, below /<organisation>/."""

from django.urls import URLPattern

app_name = "organisation"
urlpatterns: list[URLPattern] = []
