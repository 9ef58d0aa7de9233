"""What an account may do today: asked of organisation, where roles are granted, delegated and taken away."""

from datetime import datetime
from uuid import uuid4
from zoneinfo import ZoneInfo

from nats.aio.client import Client

from contracts.base import Actor, Answered, Message
from contracts.organisation import AuthorityView, GetAccountAuthority
from services.console.calls import ask, query_request
from services.console.doorkeeper import Authority
from services.console.refusals import Stop
from services.console.surface import QueryOffer

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
_OFFER = QueryOffer("organisation", GetAccountAuthority)
_CONSOLE = Actor(id="service:console", name="console", roles=("service",))


def authority(client: Client) -> Authority:
    """Return what gives a person the roles and the board that organisation knows of on this day, none if it has none.

    It raises Stop with the reply of organisation when that is no answer.
    """

    async def of(actor: Actor) -> Actor:
        query = GetAccountAuthority(account=actor.id, on=datetime.now(HANOI).date())
        reply: Message = await ask(client, _OFFER.service, _OFFER.subject, query_request(_CONSOLE, str(uuid4()), query))
        if not isinstance(reply, Answered):
            raise Stop(reply)
        view = AuthorityView.model_validate(reply.result)
        return actor.model_copy(update={"roles": view.roles, "board": view.board})

    return of
