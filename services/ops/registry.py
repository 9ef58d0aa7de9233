"""The services of the office, by name."""

from collections.abc import Mapping

from services.assets.service import ASSETS
from services.audit.service import AUDIT
from services.documents.service import DOCUMENTS
from services.finance.service import FINANCE
from services.organisation.service import ORGANISATION
from services.runtime.aggregates import snapshot_model
from services.runtime.manifest import Service
from services.runtime.read_model import ReadModel
from services.scheduling.service import SCHEDULING

SERVICES: Mapping[str, Service] = {
    service.name: service for service in (ORGANISATION, DOCUMENTS, ASSETS, SCHEDULING, FINANCE, AUDIT)
}
"""Each service's table of contents; what works on all of them goes through these."""


def models_of(service: Service) -> dict[str, ReadModel]:
    """Return all that is folded for a service, by name: its read models, and the snapshots of its aggregates."""
    return {model.name: model for model in (*service.read_models, snapshot_model(service))}
