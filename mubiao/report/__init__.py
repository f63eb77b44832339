"""The report's text, and where each of its figures went in a plan."""

from mubiao.report.text import Report as Report
from mubiao.report.text import figures as figures
from mubiao.report.text import parse_report as parse_report
from mubiao.report.text import passage as passage
from mubiao.report.text import read_report as read_report
