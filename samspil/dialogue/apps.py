from django.apps import AppConfig


class DialogueConfig(AppConfig):
    name = "samspil.dialogue"
    label = "dialogue"
    default_auto_field = "django.db.models.BigAutoField"
