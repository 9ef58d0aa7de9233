"""Audit: everything it decides, shows and follows."""

from contracts import audit as words
from services.audit.archive import tables
from services.audit.archive.archiving import Archiver
from services.audit.archive.proving import GET_CONSISTENCY, GET_EVIDENCE
from services.audit.deciders import checkpoint, follower, person, reader, repair
from services.audit.measuring import measure
from services.audit.read_models.causes import GET_CAUSES
from services.audit.read_models.signed_checkpoints import LIST_CHECKPOINTS
from services.audit.read_models.trail import LIST_TRAIL
from services.runtime.manifest import CommandRule, Service, decides

AUDIT = Service(
    name="audit",
    aggregates=(checkpoint.CHECKPOINT, reader.READER, follower.FOLLOWER, person.PERSON, repair.REPAIR),
    events=words.EVENTS,
    commands=(
        CommandRule(words.SignCheckpoint, checkpoint.checkpoint_of_month, checkpoint.sign_checkpoint),
        CommandRule(words.RecordReading, reader.involved_reader, reader.record_reading),
        decides(words.SkipMessage, follower.FOLLOWER, follower.follower_id, follower.skip_message),
        decides(words.ErasePerson, person.PERSON, lambda command: command.person, person.erase_person),
        decides(words.RecordRepair, repair.REPAIR, lambda command: repair.OFFICE, repair.record_repair),
    ),
    queries=(LIST_TRAIL, GET_CAUSES, LIST_CHECKPOINTS, GET_EVIDENCE, GET_CONSISTENCY),
    policies=(),
    rules=lambda folder: None,
    followers={tables.FOLLOWER: Archiver},
    measure=measure,
)
