"""The nouns of the product, frozen and typed.

The parts of a plan are pydantic models, because they are read from a file that people edit;
observations and assessments are plain dataclasses, because there are many of them. Values are
decimals, never binary floats.
"""

from mubiao.actor import Act as Act
from mubiao.actor import Actor as Actor
from mubiao.actor import ActorKind as ActorKind
from mubiao.actor import Token as Token
from mubiao.model.approval import Assignment as Assignment
from mubiao.model.approval import Filing as Filing
from mubiao.model.approval import FilingAct as FilingAct
from mubiao.model.approval import Lock as Lock
from mubiao.model.assessment import Assessment as Assessment
from mubiao.model.assessment import Flag as Flag
from mubiao.model.assessment import Remark as Remark
from mubiao.model.assessment import Rule as Rule
from mubiao.model.assessment import Status as Status
from mubiao.model.parts import Code as Code
from mubiao.model.parts import Days as Days
from mubiao.model.parts import Part as Part
from mubiao.model.parts import Text as Text
from mubiao.model.parts import Unit as Unit
from mubiao.model.plan import Approval as Approval
from mubiao.model.plan import Calendar as Calendar
from mubiao.model.plan import Lag as Lag
from mubiao.model.plan import NoPromise as NoPromise
from mubiao.model.plan import Owner as Owner
from mubiao.model.plan import Plan as Plan
from mubiao.model.plan import Section as Section
from mubiao.model.plan import Thresholds as Thresholds
from mubiao.model.plan import version_of as version_of
from mubiao.model.record import Agenda as Agenda
from mubiao.model.record import AgendaItem as AgendaItem
from mubiao.model.record import Conflict as Conflict
from mubiao.model.record import Entry as Entry
from mubiao.model.record import Field as Field
from mubiao.model.record import Meeting as Meeting
from mubiao.model.record import MeetingAct as MeetingAct
from mubiao.model.record import Nature as Nature
from mubiao.model.record import Observation as Observation
from mubiao.model.record import Qualifier as Qualifier
from mubiao.model.record import Save as Save
from mubiao.model.record import SaveKind as SaveKind
from mubiao.model.record import SentReminder as SentReminder
from mubiao.model.record import Stage as Stage
from mubiao.model.record import Submission as Submission
from mubiao.model.record import Withdrawal as Withdrawal
from mubiao.model.record import by_target as by_target
from mubiao.model.target import Amendment as Amendment
from mubiao.model.target import Baseline as Baseline
from mubiao.model.target import Better as Better
from mubiao.model.target import Cadence as Cadence
from mubiao.model.target import Comparator as Comparator
from mubiao.model.target import Indicator as Indicator
from mubiao.model.target import Judged as Judged
from mubiao.model.target import Measure as Measure
from mubiao.model.target import OwnerId as OwnerId
from mubiao.model.target import Reference as Reference
from mubiao.model.target import Review as Review
from mubiao.model.target import Source as Source
from mubiao.model.target import Target as Target
