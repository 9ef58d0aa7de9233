"""A small, believable office for the first run: fictitious units, people, papers and things."""

from services.ops.office import Office
from services.ops.sample import assets, documents, finance, organisation, vehicles, week
from services.ops.sample.speaking import Speaker
from services.runtime.bus import api


async def load_sample(office: Office) -> int:
    """Load the sample into an office whose log is empty; return how many commands were accepted, else 0.

    Raises RuntimeError with the refusal when the office does not accept one.
    """
    client = await office.connect()
    try:
        if (await api(client, "STREAM.INFO.EVENTS"))["state"]["last_seq"] > 0:
            return 0
        speaker = Speaker(client)
        await documents.load(speaker)
        await organisation.load(speaker)
        await assets.load(speaker)
        await vehicles.load(speaker)
        await week.load(speaker)
        await finance.load(speaker)
        return speaker.count
    finally:
        await client.close()
