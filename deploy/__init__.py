"""The servers of Một Mối: the embedded stack of one machine, and what a production cluster is provisioned with."""

SERVICES = ("organisation", "documents", "assets", "scheduling", "finance", "audit")
"""The business services an office has users, schemas and timers for."""
