"""The addresses of this room, below /<organisation>/."""

from django.urls import URLPattern

app_name = "dialogue"
urlpatterns: list[URLPattern] = []
