"""Observations as people and files bring them, checked whole, and which of them stand."""

from mubiao.observation.contract import COLUMNS as COLUMNS
from mubiao.observation.contract import read_csv as read_csv
from mubiao.observation.contract import write_csv as write_csv
from mubiao.observation.corrections import standing as standing
from mubiao.observation.draft import Draft as Draft
from mubiao.observation.draft import read_draft as read_draft
