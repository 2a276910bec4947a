"""The addresses of the urn, for those who ask and those who hold its keys."""

from django.urls import path

from samspil.participation.urn import views

urlpatterns = [
    path("rounds/<slug:ref>/urn/", views.urn, name="urn"),
    path("rounds/<slug:ref>/urn/set-up/", views.set_up, name="set_up_urn"),
    path("rounds/<slug:ref>/urn/deputies/<slug:place>/", views.name_deputy, name="name_deputy"),
    path("rounds/<slug:ref>/urn/take-place/", views.take_place, name="take_place"),
    path("rounds/<slug:ref>/urn/key/", views.make_key, name="make_key"),
    path("rounds/<slug:ref>/urn/boxes.json", views.boxes, name="urn_boxes"),
    path("rounds/<slug:ref>/urn/drill/", views.drill, name="drill_urn"),
    path("rounds/<slug:ref>/urn/open/", views.open_urn, name="open_urn"),
    path("rounds/<slug:ref>/urn/recount/", views.recount, name="recount_urn"),
    path("rounds/<slug:ref>/urn/again/", views.open_again, name="open_urn_again"),
    path("rounds/<slug:ref>/urn/destroy/", views.destroy, name="destroy_urn"),
    path("rounds/<slug:ref>/urn/key-destroyed/", views.key_destroyed, name="key_destroyed"),
    path("rounds/<slug:ref>/urn/urn.json", views.urn_file, name="urn_file"),
    path("rounds/<slug:ref>/urn/opened.json", views.result_file, name="opened_urn_file"),
]
