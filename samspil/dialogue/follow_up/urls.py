"""The addresses of what stayed open, below /<organisation>/."""

from django.urls import path

from samspil.dialogue.follow_up import views

urlpatterns = [
    path("committees/<slug:ref>/actions/", views.actions_of_committee, name="committee_actions"),
    path("meetings/<slug:ref>/carry-over/", views.carry_over, name="carry_over"),
    path("actions/<slug:ref>/move/", views.move_action_point, name="move_action_point"),
]
