"""The addresses of agendas, below /<organisation>/."""

from django.urls import path

from samspil.dialogue.agenda import views

urlpatterns = [
    path("committees/<slug:ref>/matters/new/", views.request_matter, name="request_matter"),
    path("items/<slug:ref>/annexes/new/", views.add_annex, name="add_annex"),
    path("annexes/<slug:ref>/", views.annex_file, name="annex_file"),
    path("annexes/<slug:ref>/remove/", views.remove_annex, name="remove_annex"),
    path("meetings/<slug:ref>/order/", views.arrange_agenda, name="arrange_agenda"),
    path("meetings/<slug:ref>/settle/", views.settle_agenda, name="settle_agenda"),
    path("meetings/<slug:ref>/send/", views.send_agenda, name="send_agenda"),
    path("meetings/<slug:ref>/items/<slug:entry>/", views.describe_entry, name="describe_entry"),
]
