"""The addresses of this room, below /<organisation>/."""

from django.urls import URLPattern, path

from samspil.organisation import views
from samspil.organisation.lists import views as lists

app_name = "organisation"
urlpatterns: list[URLPattern] = [
    path("people/", views.people, name="people"),
    path("people/new/", views.add_person, name="add_person"),
    path("people/<slug:ref>/", views.person, name="person"),
    path("people/<slug:ref>/change/", views.change_person, name="change_person"),
    path("people/<slug:ref>/leave/", views.person_leaves, name="person_leaves"),
    path("people/<slug:ref>/role/", views.give_role, name="give_role"),
    path("people/<slug:ref>/seat/", views.give_seat, name="give_seat"),
    path("people/<slug:ref>/invite/", views.invite_person, name="invite_person"),
    path("people/<slug:ref>/erase/", views.erase_person, name="erase_person"),
    path("roles/<slug:ref>/end/", views.end_role, name="end_role"),
    path("seats/<slug:ref>/end/", views.end_seat, name="end_seat"),
    path("invitations/<slug:ref>/revoke/", views.revoke_invitation, name="revoke_invitation"),
    path("come-in/<str:token>/", views.come_in, name="come_in"),
    path("units/", views.units, name="units"),
    path("units/new/", views.add_unit, name="add_unit"),
    path("organisation/", views.overview, name="overview"),
    path("units/<slug:ref>/", views.change_unit, name="change_unit"),
    path("units/<slug:ref>/close/", views.close_unit, name="close_unit"),
    path("organisation/committees/", views.keep_committees, name="keep_committees"),
    path("organisation/committees/<slug:ref>/", views.change_committee, name="change_committee"),
    path(
        "organisation/committees/<slug:ref>/procedure/",
        views.set_committees_procedure,
        name="set_committees_procedure",
    ),
    path("organisation/unions/new/", views.add_union, name="add_union"),
    path("organisation/unions/<slug:ref>/", views.change_union, name="change_union"),
    path("organisation/handover/", views.handover, name="handover"),
    path("roles/<slug:ref>/settle/", views.settle_role, name="settle_role"),
    path("seats/<slug:ref>/settle/", views.settle_seat, name="settle_seat"),
    path("organisation/lists/", lists.bring_list, name="bring_list"),
    path("organisation/lists/template/<slug:ending>/", lists.list_template, name="list_template"),
    path("organisation/lists/<slug:ref>/", lists.look_at_list, name="look_at_list"),
    path("organisation/lists/<slug:ref>/take-over/", lists.take_over_list, name="take_over_list"),
    path("organisation/lists/<slug:ref>/throw-away/", lists.throw_away_list, name="throw_away_list"),
    path("organisation/committee/", views.add_committee, name="add_committee"),
    path("organisation/procedure/", views.set_procedure, name="set_procedure"),
    path("organisation/mail/", views.set_mail_hour, name="set_mail_hour"),
    path("organisation/way/", views.choose_process_model, name="choose_process_model"),
    path("organisation/groups/new/", views.add_audience_group, name="add_audience_group"),
    path("organisation/groups/<slug:ref>/", views.change_audience_group, name="change_audience_group"),
    path("organisation/regime/", views.set_regime, name="set_regime"),
    path("organisation/rooms/<slug:room>/", views.switch_room, name="switch_room"),
    path("me/data/", views.own_data, name="own_data"),
    path("me/data.json", views.own_data_file, name="own_data_file"),
]
