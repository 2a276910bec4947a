"""The addresses of the annual wheel, below /<organisation>/."""

from django.urls import path

from samspil.dialogue.wheel import views

urlpatterns = [
    path("committees/<slug:ref>/year/", views.annual_wheel, name="annual_wheel"),
    path("committees/<slug:ref>/year/plan/", views.plan_year, name="plan_year"),
    path("committees/<slug:ref>/topics/new/", views.add_topic, name="add_topic"),
    path("committees/<slug:ref>/topics/usual/", views.take_usual_topics, name="take_usual_topics"),
    path("topics/<slug:ref>/", views.change_topic, name="change_topic"),
    path("topics/<slug:ref>/end/", views.end_topic, name="end_topic"),
    path("meetings/<slug:ref>/topics/", views.place_topic, name="place_topic"),
]
