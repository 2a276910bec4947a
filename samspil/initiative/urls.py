"""The addresses of this room, below /<organisation>/."""

from django.urls import URLPattern

app_name = "initiative"
urlpatterns: list[URLPattern] = []
