
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('business_case', '0010_a_spreadsheet_waits'),
        ('initiative', '0010_files_lie_with_what_they_belong_to'),
        ('organisation', '0007_rules_say_how_the_agenda_comes_about'),
    ]

    operations = [
        migrations.CreateModel(
            name='Answer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('outcome', models.CharField(choices=[('accepted', 'Accepted'), ('partly', 'Partly'), ('not_accepted', 'Not Accepted'), ('noted', 'Noted')], max_length=12)),
                ('text', models.TextField()),
                ('answered_at', models.DateTimeField()),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='organisation.person')),
                ('edit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='business_case.edit')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisation.organisation')),
                ('part', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='business_case.part')),
                ('thing', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='initiative.thing')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Assumption',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('figure', models.CharField(max_length=20)),
                ('text', models.CharField(max_length=300)),
                ('stood', models.JSONField()),
                ('worded_at', models.DateTimeField()),
                ('version', models.PositiveIntegerField(default=1)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisation.organisation')),
                ('part', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assumptions', to='business_case.part')),
                ('thing', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='initiative.thing')),
                ('worded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='organisation.person')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('part', 'figure'), name='an_assumption_has_one_wording')],
            },
        ),
        migrations.CreateModel(
            name='BudgetCut',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('account', models.CharField(max_length=100)),
                ('year', models.PositiveSmallIntegerField()),
                ('amount', models.DecimalField(decimal_places=2, max_digits=16)),
                ('price_year', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('source', models.CharField(max_length=300)),
                ('entered_at', models.DateTimeField()),
                ('taken_back_at', models.DateTimeField(null=True)),
                ('taken_back_because', models.CharField(blank=True, max_length=300)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cuts', to='business_case.case')),
                ('entered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='organisation.person')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisation.organisation')),
                ('taken_back_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='organisation.person')),
                ('thing', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='initiative.thing')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.unit')),
            ],
            options={
                'ordering': ['year', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='something_was_taken')],
            },
        ),
        migrations.CreateModel(
            name='Remark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('figure', models.CharField(blank=True, max_length=20)),
                ('stance', models.CharField(choices=[('comment', 'Comment'), ('agrees', 'Agrees'), ('disagrees', 'Disagrees'), ('own_figure', 'Own Figure')], max_length=12)),
                ('text', models.TextField(blank=True)),
                ('stood', models.JSONField(blank=True, null=True)),
                ('own', models.JSONField(blank=True, null=True)),
                ('said_at', models.DateTimeField()),
                ('due', models.DateField(null=True)),
                ('remind_on', models.DateField(null=True)),
                ('reminded_before_at', models.DateTimeField(null=True)),
                ('reminded_after_at', models.DateTimeField(null=True)),
                ('answer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='remarks', to='business_case.answer')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisation.organisation')),
                ('owed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='organisation.person')),
                ('part', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='remarks', to='business_case.part')),
                ('said_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='organisation.person')),
                ('thing', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='initiative.thing')),
            ],
            options={
                'ordering': ['said_at', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('stance', 'own_figure'), _negated=True), ('own__isnull', False), _connector='OR'), name='an_own_figure_is_there'), models.CheckConstraint(condition=models.Q(('stance', 'agrees'), ('due__isnull', False), _connector='OR'), name='who_speaks_is_owed_an_answer'), models.CheckConstraint(condition=models.Q(('stance', 'comment'), models.Q(('figure', ''), _negated=True), _connector='OR'), name='a_stance_is_about_a_figure')],
            },
        ),
    ]
