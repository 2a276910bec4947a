from typing import Any

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q


def told_together(apps: Any, _schema: Any) -> None:
    """Until now one day stood for both; how they were told was written beside it."""
    duties = apps.get_model("initiative", "AIDuty").objects.filter(informed_on__isnull=False)
    duties.update(
        representatives_on=F("informed_on"),
        representatives_how=F("how"),
        staff_on=F("informed_on"),
        staff_how=F("how"),
    )


WAYS = [("item", "Item"), ("meeting", "Meeting"), ("mail", "Mail"), ("poster", "Poster")]


def text(longest: int, **options: Any) -> models.CharField:
    return models.CharField(blank=True, max_length=longest, **options)


class Migration(migrations.Migration):
    dependencies = [
        ("initiative", "0006_notices_are_gathered_into_mails"),
        ("organisation", "0004_once_where_nobody_is_named_too"),
    ]

    operations = [
        migrations.AddField("initiative", "work_changes", models.JSONField(blank=True, default=list)),
        migrations.AddField("initiative", "substantial", models.BooleanField(null=True)),
        *(
            operation
            for whom in ("representatives", "staff")
            for operation in (
                migrations.AddField("aiduty", f"{whom}_on", models.DateField(blank=True, null=True)),
                migrations.AddField(
                    "aiduty", f"{whom}_way", text(8, choices=WAYS, default=""), preserve_default=False
                ),
                migrations.AddField("aiduty", f"{whom}_how", text(300, default=""), preserve_default=False),
            )
        ),
        migrations.RunPython(told_together, migrations.RunPython.noop),
        migrations.RemoveField("aiduty", "informed_on"),
        migrations.RemoveField("aiduty", "how"),
        migrations.CreateModel(
            name="Assessment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=60)),
                ("opened_on", models.DateField()),
                ("due", models.DateField(blank=True, null=True)),
                ("due_given", models.BooleanField(default=False)),
                ("done_on", models.DateField(blank=True, null=True)),
                ("found", models.TextField(blank=True)),
                ("measures", models.TextField(blank=True)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "file",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.file",
                    ),
                ),
                (
                    "initiative",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="assessments",
                        to="initiative.initiative",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="organisation.organisation",
                    ),
                ),
                (
                    "safety_rep",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="organisation.person",
                    ),
                ),
                (
                    "thing",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="initiative.thing"
                    ),
                ),
                (
                    "wording",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.content",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("initiative", "kind"), name="an_assessment_is_asked_for_once"
                    ),
                    models.CheckConstraint(
                        condition=Q(done_on__isnull=True) | ~Q(found=""), name="an_assessment_found_something"
                    ),
                ],
            },
        ),
    ]
