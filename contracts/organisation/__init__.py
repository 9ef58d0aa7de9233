"""The words of organisation: units, sites, posts, people, transfers, contacts and authority, each with its dates."""

from contracts.organisation.commands import *
from contracts.organisation.events import *
from contracts.organisation.queries import *
from contracts.organisation.refusals import *
from contracts.organisation.rows import *
from contracts.organisation.values import *
from contracts.organisation.words import *
