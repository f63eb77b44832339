"""Listings as the sheets of a workbook, written row by row."""

from collections.abc import Iterable, Iterator
from contextlib import closing
from itertools import chain, islice

from mubiao.exports.data.listing import Listing, ListingRow
from mubiao.exports.workbook.book import Book
from mubiao.i18n import Language

MOST_ROWS = 1_048_576  # what a sheet of Excel can hold, its header included


def as_xlsx(
    listings: Iterable[Listing], language: Language, *, most_rows: int = MOST_ROWS
) -> bytes:
    """A workbook with a sheet for each listing, and further ones where one cannot hold it."""
    with closing(Book(row_by_row=True)) as book:  # a record may be large
        for listing in listings:
            title = language.t(listing.title)
            for number, rows in enumerate(_parts(listing.rows, most_rows - 1), start=1):
                name = title if number == 1 else f"{title} {number}"
                sheet = book.sheet(name, language, grid=True)
                sheet.raw.freeze_panes(1, listing.still)
                sheet.print_across(0)
                sheet.table(0, tuple(listing.columns.values()), rows)
        return book.file()


def _parts(rows: Iterable[ListingRow], most: int) -> Iterator[Iterator[ListingRow]]:
    """The rows in parts of at most so many, each to be read before the next; one part at least."""
    rest = iter(rows)
    yield islice(rest, most)
    while (first := next(rest, None)) is not None:
        yield islice(chain([first], rest), most)
