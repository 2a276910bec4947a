"""The addresses of this room."""

from django.urls import path

from samspil.benefits import views
from samspil.benefits.benefit_map import views as maps
from samspil.benefits.closing import views as closing
from samspil.benefits.ledger import views as ledger
from samspil.benefits.measuring import views as measuring
from samspil.benefits.register import views as register

app_name = "benefits"
OF_INITIATIVE = "initiatives/<slug:ref>/benefits/"
BENEFIT = "benefits/<slug:ref>/"

urlpatterns = [
    path("benefits/", views.overview, name="overview"),
    path(OF_INITIATIVE, register.register, name="register"),
    path(OF_INITIATIVE + "new/", register.register_benefit, name="register_benefit"),
    path(OF_INITIATIVE + "map/", maps.benefit_map, name="map"),
    path(OF_INITIATIVE + "map/things/", maps.add_to_map, name="add_to_map"),
    path(OF_INITIATIVE + "map/arrows/", maps.draw_arrow, name="draw_arrow"),
    path("benefit-map/things/<slug:ref>/remove/", maps.remove_from_map, name="remove_from_map"),
    path("benefit-map/arrows/<slug:ref>/remove/", maps.take_arrow_away, name="take_arrow_away"),
    path(OF_INITIATIVE + "promised/", closing.promised_against_realised, name="promised"),
    path(OF_INITIATIVE + "figures/", measuring.bring_measurements, name="bring_measurements"),
    path(
        OF_INITIATIVE + "figures/template.<slug:ending>",
        measuring.measurements_template,
        name="measurements_template",
    ),
    path(OF_INITIATIVE + "closing-report/", closing.write_closing_report, name="write_closing_report"),
    path("closing-reports/<slug:ref>/", closing.closing_report, name="closing_report"),
    path("closing-reports/<slug:ref>.<slug:format>", closing.closing_report_file, name="closing_report_file"),
    path(BENEFIT, register.benefit, name="benefit"),
    path(BENEFIT + "change/", register.change_benefit, name="change_benefit"),
    path(BENEFIT + "accept/", register.accept_benefit, name="accept_benefit"),
    path(BENEFIT + "decline/", register.decline_benefit, name="decline_benefit"),
    path(BENEFIT + "hand-over/", register.hand_over_benefit, name="hand_over"),
    path(BENEFIT + "go-live-without/", register.excuse_benefit, name="excuse_benefit"),
    path(BENEFIT + "take-out/", register.take_out_benefit, name="take_out_benefit"),
    path(BENEFIT + "starting-point/", ledger.record_baseline, name="record_baseline"),
    path(BENEFIT + "target/", ledger.set_target, name="set_target"),
    path(BENEFIT + "plan/", measuring.plan_measuring, name="plan_measuring"),
    path(BENEFIT + "measure/", measuring.measure, name="measure"),
    path(BENEFIT + "deviation/", measuring.explain_deviation, name="explain_deviation"),
    path(BENEFIT + "freed-time/", closing.decide_freed_time, name="decide_freed_time"),
    path("prerequisites/<slug:ref>/", register.meet_prerequisite, name="meet_prerequisite"),
]
