"""The addresses of the question cards, open to everyone."""

from django.urls import path
from django.views.generic import RedirectView

app_name = "cards"
urlpatterns = [path("", RedirectView.as_view(url="/"), name="index")]
