"""The log: one JSON line an event, with a request id and without personal data."""

import json
import logging
from typing import Any

from samspil.kit.tracing import request_id


class JsonLines(logging.Formatter):
    """Time, level, logger, request id and message. Arguments such as paths and bodies are never added."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname,
            "logger": record.name,
            "request": request_id() or "-",
            "message": record.getMessage(),
        }
        if record.exc_info and record.exc_info[0]:
            line["fault"] = record.exc_info[0].__name__
            line["where"] = _where(record)
        return json.dumps(line, ensure_ascii=False)


def _where(record: logging.LogRecord) -> list[str]:
    """File, line and function of each frame: enough to mend a fault, without the values in it."""
    frames = []
    trace = record.exc_info[2] if record.exc_info else None
    while trace:
        code = trace.tb_frame.f_code
        frames.append(f"{code.co_filename}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    return frames[-8:]


def logging_of(mode: str) -> dict[str, Any]:
    """The logging settings of a mode; tests and the demo tell only what is amiss."""
    level = "INFO" if mode == "production" else "WARNING"
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"lines": {"()": "samspil.web.logs.JsonLines"}},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "lines"}},
        "root": {"handlers": ["console"], "level": level},
        "loggers": {
            "samspil.request": {"level": level},
            # Django's own request warnings contain paths; our request log names the route instead.
            "django.request": {"level": "CRITICAL"},
            "django.security": {"level": "ERROR"},
        },
    }
