"""The addresses of closing and opening an item."""

from django.urls import path

from samspil.dialogue.closing import views

urlpatterns = [
    path("items/<slug:ref>/close/", views.close_item, name="close_item"),
    path("items/<slug:ref>/close/day/", views.change_closed_item, name="change_closed_item"),
    path("items/<slug:ref>/open/", views.open_item, name="open_item"),
]
