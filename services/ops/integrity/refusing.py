"""Why a repair is not made."""

from deploy.messages import DeployError


class RepairRefused(DeployError):
    """A repair cannot go on; `vi` and `en` each say why and what to do."""
