"""What are the sites called at which items of the week take place?"""

from contracts import organisation
from services.runtime.envelope import Fact, event_types
from services.runtime.read_model import ReadModel, RowValues


def _project(row: RowValues | None, fact: Fact) -> RowValues:
    event = fact.event
    assert isinstance(event, organisation.SiteOpened)
    return {"name": event.name}


WEEK_SITES = ReadModel(
    name="week_sites",
    version=1,
    key_column="site_id",
    columns={"name": "text NOT NULL"},
    indexes=(),
    events=event_types("organisation", (organisation.SiteOpened,)),
    key=lambda fact: fact.id,
    project=_project,
)
"""Names by site, of those that were closed too."""
