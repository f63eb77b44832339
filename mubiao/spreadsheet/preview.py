"""What of a file is passed over or missing, in words."""

from mubiao.i18n import Language
from mubiao.problems import message
from mubiao.proposal.row_texts import ranges
from mubiao.spreadsheet.importing import Import
from mubiao.spreadsheet.sheets import encoding_name


def remarks(proposal: Import, language: Language) -> tuple[str, ...]:
    """What of the file is passed over or missing, so that nobody misses it."""
    table, texts = proposal.table, []
    unsourced = [row.place for row in proposal.rows if row.lacks_source]
    for msgid, rows in (
        (
            message("Passed over without a value: {count}, in row {rows}"),
            proposal.without_value,
        ),
        (message("Hidden in the file: {count}, in row {rows}"), proposal.hidden),
        (message("Without a source: {count}, in row {rows}"), unsourced),
    ):
        if rows:
            lines = dict.fromkeys(map(table.line, rows))
            texts.append(language.t(msgid, count=len(rows), rows=ranges(lines)))
    if table.across:
        across = {
            "period": message("Read with a column for each period: figures: {count}"),
            "target": message("Read with a column for each target: figures: {count}"),
        }
        texts.append(language.t(across[table.across], count=len(table.rows)))
    if table.encoding:
        texts.append(
            language.t("Encoding of the text: {encoding}", encoding=encoding_name(table.encoding))
        )
    if table.ignored:
        columns = ", ".join(table.ignored)
        texts.append(language.t("Columns that are not read: {columns}", columns=columns))
    if table.ends_at:
        msgid = message("Nothing is read after row {row}: thousands of empty rows")
        texts.append(language.t(msgid, row=table.ends_at))
    if table.passed_over:
        msgid = message("Only the sheet {sheet} is read; these hold figures too: {others}")
        texts.append(language.t(msgid, sheet=table.sheet, others=", ".join(table.passed_over)))
    return tuple(texts)
