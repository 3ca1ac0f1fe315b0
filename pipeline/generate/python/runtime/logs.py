"""Structured logs: one JSON object a line on standard output."""

import logging
import sys

import structlog


def set_up_logs(level: str) -> None:
    """Send structlog's and the standard library's records to standard output as JSON lines."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stdout),
        cache_logger_on_first_use=True,
    )
    handler = _Forward()
    handler.setLevel(logging.WARNING)
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)


class _Forward(logging.Handler):
    """Turns what libraries log into lines of the same shape."""

    def emit(self, record: logging.LogRecord) -> None:
        try:
            get_log().log(record.levelno, record.getMessage(), source=record.name, exc_info=record.exc_info or None)
        except Exception:
            self.handleError(record)


def get_log() -> structlog.typing.FilteringBoundLogger:
    """Return the log that carries the current request's id."""
    log: structlog.typing.FilteringBoundLogger = structlog.get_logger()
    return log
