"""Mail: written into the outbox by the transaction that has a reason for it, sent by the worker."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.mail import EmailMessage

from samspil.kit import jobs
from samspil.kit.models import Mail


def write(key: str, to: str, subject: str, body: str, at: datetime) -> bool:
    """Put a mail into the outbox unless one with this key was written before."""
    _mail, new = Mail.objects.get_or_create(
        key=key, defaults={"to": to, "subject": subject, "body": body, "written_at": at}
    )
    if new:
        jobs.add("send_mail", key, {"key": key}, at)
    return new


def send(payload: Mapping[str, Any], at: datetime) -> None:
    """Send one mail of the outbox, then forget its words. The key stays, so that it is not written again."""
    mail = Mail.objects.filter(key=payload["key"], sent_at__isnull=True).first()
    if mail is None:
        return
    EmailMessage(mail.subject, mail.body, to=[mail.to]).send()
    mail.sent_at, mail.subject, mail.body, mail.to = at, "", "", ""
    mail.save(update_fields=["sent_at", "subject", "body", "to"])
