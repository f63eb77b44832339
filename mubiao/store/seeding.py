"""The published figures that a plan's record begins with."""

from datetime import date, datetime

from mubiao.observation.contract import read_csv
from mubiao.plan.loader import PlanFile
from mubiao.problems import Problem, Unavailable, message
from mubiao.store.record import Store


def seed(store: Store, file: PlanFile, at: datetime) -> bool:
    """Record the published figures that a plan names, if it has no rows yet; True if it did.

    Raises Unavailable with every problem of the CSV and writes nothing then: half a file would
    look like data.
    """
    plan = file.plan
    if plan is None or plan.actuals is None or store.version(plan.id):
        return False
    path = file.path.parent / plan.actuals
    try:
        content = path.read_bytes()
    except OSError as error:
        msgid = message("the plan's file of published figures cannot be read ({reason})")
        reason = {"reason": error.strerror or error}
        raise Unavailable([Problem(msgid, reason, file=str(path))]) from error
    observations, problems = read_csv(content, plan, str(path), date.max)
    if problems:
        raise Unavailable(problems)
    return store.seed(plan.id, observations, at)
