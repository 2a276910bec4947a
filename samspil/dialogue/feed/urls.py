"""The addresses of one's own calendar."""

from django.urls import path

from samspil.dialogue.feed import views

urlpatterns = [
    path("calendar/", views.own_feed, name="own_feed"),
    path("calendar/address/", views.make_feed, name="make_feed"),
    path("calendar/withdraw/", views.withdraw_feed, name="withdraw_feed"),
    path("meetings/<slug:ref>/meeting.ics", views.meeting_as_calendar, name="meeting_as_calendar"),
]
