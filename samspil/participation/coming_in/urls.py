"""The addresses of those who are asked, below /p/."""

from django.urls import path

from samspil.participation.coming_in import views
from samspil.participation.receipts import views as receipts
from samspil.participation.urn import ballots

app_name = "p"
urlpatterns = [
    path("", views.find_round, name="find_round"),
    path("<slug:code>/", views.welcome, name="welcome"),
    path("<slug:code>/with/<slug:ticket>/", views.welcome_with, name="welcome_with"),
    path("<slug:code>/ballot/", ballots.ballot, name="ballot"),
    path("<slug:code>/ballot/receipt/", ballots.receipt, name="ballot_receipt"),
    path("<slug:code>/ballot/follow/", ballots.follow, name="follow_text"),
    path("<slug:code>/ballot/receipts.txt", ballots.receipts, name="ballot_receipts"),
    path("<slug:code>/receipt/", receipts.receipt, name="receipt"),
    path("<slug:code>/follow/", receipts.follow, name="follow"),
    path("<slug:code>/follow/<slug:receipt>/", receipts.follow_with, name="follow_with"),
    path("<slug:code>/leave/", views.leave, name="leave"),
    path("<slug:code>/kiosk/<str:key>/", views.kiosk, name="kiosk"),
]
