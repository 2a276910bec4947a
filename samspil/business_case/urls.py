"""The addresses of this room, below /<organisation>/."""

from django.urls import path

from samspil.business_case import views
from samspil.business_case.bringing.urls import urlpatterns as bringing
from samspil.business_case.budget.urls import urlpatterns as budget
from samspil.business_case.contest.urls import urlpatterns as contest
from samspil.business_case.frame import views as frame
from samspil.business_case.light import views as light
from samspil.business_case.papers.urls import urlpatterns as papers
from samspil.business_case.parts import views as parts
from samspil.business_case.table import views as table
from samspil.business_case.what_if import views as what_if

app_name = "business_case"
urlpatterns = [
    path("initiatives/<slug:ref>/business-case/", light.begin, name="begin"),
    path("cases/<slug:ref>/", views.case, name="case"),
    path("cases/<slug:ref>/one-page/", light.light, name="light"),
    path("cases/<slug:ref>/lines/", table.table, name="table"),
    path("cases/<slug:ref>/lines/paste/", table.paste, name="paste"),
    path("cases/<slug:ref>/shared/", parts.shared, name="shared"),
    path("cases/<slug:ref>/add/<slug:kind>/", parts.add_part, name="add_part"),
    path("cases/<slug:ref>/frame/", frame.frame, name="frame"),
    path("cases/<slug:ref>/what-if/", what_if.what_if, name="what_if"),
    path("cases/<slug:ref>/history/", views.history, name="history"),
    path("cases/<slug:ref>/undo/", views.undo, name="undo"),
    path("cases/<slug:ref>/committee/", views.put_before_committee, name="put_before_committee"),
    path("case-parts/<slug:ref>/", parts.part, name="part"),
    path("case-parts/<slug:ref>/change/", parts.change_part, name="change_part"),
    path("case-parts/<slug:ref>/take-out/", parts.take_out, name="take_out_part"),
    path("case-parts/<slug:ref>/move/", parts.move, name="move_part"),
    path("case-versions/<slug:ref>/", views.version, name="version"),
    *papers,
    *bringing,
    *contest,
    *budget,
]
