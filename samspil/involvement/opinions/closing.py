"""What happens to votes and statements when their round closes: what is not needed any more goes."""

from django.db import connection
from django.db.models import Count, F, FloatField, Sum, Value
from django.db.models.functions import Cast

from samspil.involvement.opinions.models import LiveMeeting, RoundStatement, RoutingTotal, Vote
from samspil.participation import pseudonyms
from samspil.participation.models import Round

ORDER_TAKEN_OUT = "forgotten_order"


def close(round_: Round) -> None:
    """Part of the transaction that closes it; votes on their way are waited for, later ones are not."""
    statements = RoundStatement.objects.filter(round=round_)
    list(statements.select_for_update().values_list("pk"))
    _sum_up_the_draws(round_)
    statements.update(author=None)
    _forget_the_order(round_)
    LiveMeeting.objects.filter(round=round_).delete()


def _sum_up_the_draws(round_: Round) -> None:
    """How often each statement was drawn stays; with which probability for whom does not."""
    one = Cast(Value(1.0), FloatField())
    drawn = Vote.objects.filter(statement__round=round_, drawn_with__isnull=False)
    sums = (
        drawn.order_by()
        .values("statement")
        .annotate(n=Count("pk"), sum_of=Sum("drawn_with"), inverse=Sum(one / F("drawn_with")))
    )
    RoutingTotal.objects.bulk_create(
        RoutingTotal(
            organisation=round_.organisation,
            statement_id=row["statement"],
            drawn=row["n"],
            probability_sum=row["sum_of"],
            inverse_sum=row["inverse"],
        )
        for row in sums
    )


def _forget_the_order(round_: Round) -> None:
    """Write participants and votes anew in the order of the participants' keys, without the probabilities:
    where a row lies and what number it has then says nothing of when it came.

    Emptying the probabilities first also waits for votes that are being changed.
    """
    Vote.objects.filter(statement__round=round_).update(drawn_with=None)
    votes, people, statements = (
        connection.ops.quote_name(model._meta.db_table)
        for model in (Vote, Round._meta.get_field("participants").related_model, RoundStatement)
    )
    columns = "organisation_id, statement_id, value, day"
    kept, put_back = (", ".join(f"{of}.{one}" for one in columns.split(", ")) for of in "vo")
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE TEMPORARY TABLE {ORDER_TAKEN_OUT} AS SELECT {kept}, p.key AS who, s.number AS what"  # noqa: S608  # nosec B608
            f" FROM {votes} v JOIN {people} p ON p.id = v.participant_id"
            f" JOIN {statements} s ON s.id = v.statement_id WHERE s.round_id = %s",
            [round_.pk],
        )
        cursor.execute(
            f"DELETE FROM {votes} WHERE statement_id IN (SELECT id FROM {statements} WHERE round_id = %s)",  # noqa: S608  # nosec B608
            [round_.pk],
        )
        pseudonyms.forget_the_order(round_)
        cursor.execute(
            f"INSERT INTO {votes} ({columns}, participant_id) SELECT {put_back}, p.id"  # noqa: S608  # nosec B608
            f" FROM {ORDER_TAKEN_OUT} o JOIN {people} p ON p.round_id = %s AND p.key = o.who"
            " ORDER BY o.who, o.what",
            [round_.pk],
        )
        cursor.execute(f"DROP TABLE {ORDER_TAKEN_OUT}")
