from django.apps import AppConfig


class BusinessCaseConfig(AppConfig):
    name = "samspil.business_case"
    label = "business_case"
    default_auto_field = "django.db.models.BigAutoField"
