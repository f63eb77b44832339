"""The nouns of the product, frozen and typed.

The parts of a plan are pydantic models, because they are read from a file that people edit;
observations and assessments are plain dataclasses, because there are many of them. Values are
decimals, never binary floats.
"""

from mubiao.model.assessment import Assessment as Assessment
from mubiao.model.assessment import Flag as Flag
from mubiao.model.assessment import Rule as Rule
from mubiao.model.assessment import Status as Status
from mubiao.model.meeting import Meeting as Meeting
from mubiao.model.meeting import Remark as Remark
from mubiao.model.observation import Entry as Entry
from mubiao.model.observation import Nature as Nature
from mubiao.model.observation import Observation as Observation
from mubiao.model.observation import Qualifier as Qualifier
from mubiao.model.observation import Stage as Stage
from mubiao.model.observation import Withdrawal as Withdrawal
from mubiao.model.observation import by_target as by_target
from mubiao.model.plan import NoPromise as NoPromise
from mubiao.model.plan import Plan as Plan
from mubiao.model.plan import Section as Section
from mubiao.model.plan import Thresholds as Thresholds
from mubiao.model.save import Conflict as Conflict
from mubiao.model.save import Save as Save
from mubiao.model.save import SaveKind as SaveKind
from mubiao.model.save import Submission as Submission
from mubiao.model.target import Baseline as Baseline
from mubiao.model.target import Better as Better
from mubiao.model.target import Cadence as Cadence
from mubiao.model.target import Comparator as Comparator
from mubiao.model.target import Judged as Judged
from mubiao.model.target import Measure as Measure
from mubiao.model.target import Source as Source
from mubiao.model.target import Target as Target
from mubiao.model.text import Code as Code
from mubiao.model.text import Text as Text
from mubiao.model.text import Unit as Unit
