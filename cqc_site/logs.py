"""How the site and its server write their log: lines for people, or JSON for programs."""

import logging
from typing import Any

LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
FORMATS = ("LINES", "JSON")

_FIELDS = "%(asctime)s %(levelname)s %(name)s %(request_id)s %(message)s"
_FORMATTERS: dict[str, dict[str, Any]] = {
    "LINES": {"format": "%(asctime)s %(levelname)s %(name)s [%(request_id)s] %(message)s"},
    "JSON": {
        "()": "pythonjsonlogger.json.JsonFormatter",
        "format": _FIELDS,
        "rename_fields": {"asctime": "time", "levelname": "level", "name": "logger"},
        # Django puts the request and the socket on its records: neither is JSON.
        "reserved_attrs": [*vars(logging.makeLogRecord({})), "message", "asctime", "request"],
        "json_ensure_ascii": False,
    },
}


def configuration(level: str, log_format: str) -> dict[str, Any]:
    """For `logging.config.dictConfig`. Everything goes to standard error."""
    loggers = {
        # Django's own handlers print to the console only when DEBUG is on, and then twice.
        "django": {"handlers": [], "propagate": True, "level": level},
        "django.db.backends": {"level": "INFO"},
        # Messages about starts and workers are of use only in gunicorn's own log.
        "gunicorn.error": {
            "handlers": [],
            "propagate": True,
            "level": max(level, "WARNING", key=LEVELS.index),
        },
    }
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {
            "request_id": {"()": "cqc_site.request_ids.RequestId"},
            "visitors_faults": {"()": "cqc_site.logs.VisitorsFaults"},
        },
        "formatters": {"chosen": _FORMATTERS[log_format]},
        "handlers": {
            "stderr": {
                "class": "logging.StreamHandler",
                "formatter": "chosen",
                "filters": ["request_id", "visitors_faults"],
            }
        },
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": loggers,
    }


class VisitorsFaults(logging.Filter):
    """Logs a request that Django refuses for safety, such as one for another host, in one line
    without a traceback, because it is not a fault of the program."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.name.startswith("django.security"):
            record.levelno, record.levelname = logging.WARNING, "WARNING"
            record.exc_info = record.exc_text = None
        return True
