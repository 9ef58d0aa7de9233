"""The organisation desk: all it decides and shows of units, posts, people, transfers, contacts and authority."""

from contracts import organisation as words
from services.organisation.deciders import (
    appointment,
    contact,
    delegation,
    departure,
    granting,
    post_change,
    post_close,
    release,
    site,
    transfer_day,
    transfer_list,
    unit_change,
    unit_end,
)
from services.organisation.deciders import person_record as record
from services.organisation.deciders.account import ACCOUNT
from services.organisation.deciders.authority import AUTHORITY
from services.organisation.deciders.chart import CHART
from services.organisation.deciders.common import rules
from services.organisation.deciders.contact import CONTACT
from services.organisation.deciders.person import PERSON
from services.organisation.deciders.post import POST
from services.organisation.deciders.site import SITE
from services.organisation.deciders.transfer import TRANSFER
from services.organisation.deciders.transfer_book import TRANSFER_BOOK
from services.organisation.deciders.unit import UNIT
from services.organisation.read_models.authority import GET_ACCOUNT_AUTHORITY, LIST_AUTHORITY
from services.organisation.read_models.caps import LIST_CAPS
from services.organisation.read_models.chart import GET_CHART
from services.organisation.read_models.contacts import LIST_CONTACTS
from services.organisation.read_models.person_life import LIST_PERSON_LIFE
from services.organisation.read_models.posts import LIST_POSTS
from services.organisation.read_models.roster import LIST_ROSTER
from services.organisation.read_models.sites import LIST_SITES
from services.organisation.read_models.staff import GET_PERSON, LIST_PEOPLE
from services.organisation.read_models.staffing import GET_STAFFING_TOTALS, LIST_STAFFING
from services.organisation.read_models.transfer_lines import LIST_TRANSFER_LINES
from services.organisation.read_models.transfers import GET_TRANSFER, LIST_TRANSFERS
from services.organisation.read_models.unit_history import LIST_UNIT_HISTORY
from services.organisation.read_models.units import LIST_UNITS
from services.runtime.manifest import CommandRule, Service

ORGANISATION = Service(
    name="organisation",
    aggregates=(SITE, UNIT, CHART, POST, PERSON, ACCOUNT, TRANSFER, TRANSFER_BOOK, CONTACT, AUTHORITY),
    events=words.EVENTS,
    commands=(
        CommandRule(words.OpenSite, site.opening_involves, site.open_site),
        CommandRule(words.CloseSite, site.closing_involves, site.close_site),
        CommandRule(words.EstablishUnit, unit_change.establishing_involves, unit_change.establish_unit),
        CommandRule(words.RenameUnit, unit_change.renaming_involves, unit_change.rename_unit),
        CommandRule(words.MoveUnit, unit_change.moving_involves, unit_change.move_unit),
        CommandRule(words.MergeUnits, unit_end.merging_involves, unit_end.merge_units),
        CommandRule(words.SplitUnit, unit_end.splitting_involves, unit_end.split_unit),
        CommandRule(words.DissolveUnit, unit_end.dissolving_involves, unit_end.dissolve_unit),
        CommandRule(words.CreatePost, post_change.creating_involves, post_change.create_post),
        CommandRule(words.ChangePost, post_change.changing_involves, post_change.change_post),
        CommandRule(words.DescribePost, post_change.changing_involves, post_change.describe_post),
        CommandRule(words.ClosePosts, post_close.closing_involves, post_close.close_posts),
        CommandRule(words.RegisterPerson, record.registration_involves, record.register_person),
        CommandRule(words.CorrectPerson, record.correction_involves, record.correct_person),
        CommandRule(words.ChangeHeadcountKind, record.person_involved, record.change_headcount_kind),
        CommandRule(words.AppointPerson, appointment.appointment_involves, appointment.appoint_person),
        CommandRule(words.EndAppointment, release.end_involves, release.end_appointment),
        CommandRule(words.RecordDeparture, departure.departure_involves, departure.record_departure),
        CommandRule(words.RecordReturn, record.person_involved, record.record_return),
        CommandRule(words.PrepareTransfer, transfer_list.preparing_involves, transfer_list.prepare_transfer),
        CommandRule(words.AmendTransfer, transfer_list.amending_involves, transfer_list.amend_transfer),
        CommandRule(words.CarryOutTransfer, transfer_day.carrying_out_involves, transfer_day.carry_out_transfer),
        CommandRule(words.CancelTransfer, transfer_list.cancelling_involves, transfer_list.cancel_transfer),
        CommandRule(words.NameContact, contact.naming_involves, contact.name_contact),
        CommandRule(words.WithdrawContact, contact.withdrawing_involves, contact.withdraw_contact),
        CommandRule(words.GrantRole, granting.granting_involves, granting.grant_role),
        CommandRule(words.RevokeRole, granting.revoking_involves, granting.revoke_role),
        CommandRule(words.DelegateAuthority, delegation.delegation_involves, delegation.delegate_authority),
        CommandRule(words.WithdrawDelegation, delegation.delegation_involves, delegation.withdraw_delegation),
    ),
    queries=(
        LIST_SITES,
        LIST_UNITS,
        GET_CHART,
        LIST_UNIT_HISTORY,
        LIST_POSTS,
        LIST_ROSTER,
        LIST_PEOPLE,
        GET_PERSON,
        LIST_PERSON_LIFE,
        LIST_STAFFING,
        GET_STAFFING_TOTALS,
        LIST_CAPS,
        LIST_TRANSFERS,
        GET_TRANSFER,
        LIST_TRANSFER_LINES,
        LIST_CONTACTS,
        LIST_AUTHORITY,
        GET_ACCOUNT_AUTHORITY,
    ),
    policies=(),
    rules=rules,
)
