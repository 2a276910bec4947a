"""The addresses of this room, below /<organisation>/."""

from django.urls import URLPattern, path

from samspil.organisation import views

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
    path("organisation/committee/", views.add_committee, name="add_committee"),
    path("organisation/unions/new/", views.add_union, name="add_union"),
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
