"""The addresses of moving and cancelling, below /<organisation>/."""

from django.urls import path

from samspil.dialogue.moving import views

urlpatterns = [
    path("meetings/<slug:ref>/move/", views.move_meeting, name="move_meeting"),
    path("meetings/<slug:ref>/cancel/", views.cancel_meeting, name="cancel_meeting"),
]
