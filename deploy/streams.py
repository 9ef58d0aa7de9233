"""The streams and consumers of an office, every option stated."""

from collections.abc import Mapping
from typing import Any

SECOND_NS = 1_000_000_000


def events_stream(replicas: int) -> dict[str, Any]:
    """The log: nothing in it can be deleted, purged or pushed out by a limit.

    Several copies are kept uncompressed: a server of 2.15.1 that was killed cuts its copy back to its last snapshot
    when it starts, spoils a compressed block in doing so, and never leads or follows the log again.
    """
    return {
        **_unlimited("EVENTS", ["event.>"], replicas),
        "retention": "limits",
        "discard": "new",
        "compression": "s2" if replicas == 1 else "none",
        "deny_delete": True,
        "deny_purge": True,
        "allow_rollup_hdrs": False,
        "allow_atomic": True,
        "allow_msg_schedules": False,
    }


def timers_stream(replicas: int) -> dict[str, Any]:
    """Timers: a schedule waits in it until it is due; a fired one is removed by its acknowledgement.

    The server refuses `discard: new`, `deny_purge` and a missing `allow_rollup_hdrs` beside schedules. Without limits
    nothing is ever discarded.
    """
    return {
        **_unlimited("TIMERS", ["timer.>"], replicas),
        "retention": "workqueue",
        "discard": "old",
        "compression": "none",
        "deny_delete": False,
        "deny_purge": False,
        "allow_rollup_hdrs": True,
        "allow_atomic": False,
        "allow_msg_schedules": True,
    }


def timer_consumer(service: str, replicas: int) -> dict[str, Any]:
    """The durable pull consumer through which `service` receives its own due timers."""
    return {
        "name": service,
        "durable_name": service,
        "filter_subject": f"timer.{service}.due.>",
        "deliver_policy": "all",
        "replay_policy": "instant",
        "ack_policy": "explicit",
        "ack_wait": 30 * SECOND_NS,
        "max_deliver": -1,
        "max_ack_pending": 256,
        "max_waiting": 512,
        "num_replicas": replicas,
    }


def differences(wanted: Mapping[str, Any], present: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Options stated in `wanted` that `present` has otherwise: name -> (present, wanted). Absent is false."""
    return {
        option: (present.get(option), value)
        for option, value in wanted.items()
        if present.get(option) != value and (present.get(option) or value)
    }


def _unlimited(name: str, subjects: list[str], replicas: int) -> dict[str, Any]:
    return {
        "name": name,
        "subjects": subjects,
        "storage": "file",
        "num_replicas": replicas,
        "max_consumers": -1,
        "max_msgs": -1,
        "max_bytes": -1,
        "max_age": 0,
        "max_msg_size": -1,
        "max_msgs_per_subject": -1,
        # No message of ours carries an id. A server that starts reads again whatever the window spans, and when a
        # compressed block of it is damaged, all of that block once for each of its messages.
        "duplicate_window": SECOND_NS,
        "allow_direct": True,
        "mirror_direct": False,
        "allow_msg_ttl": False,
    }
