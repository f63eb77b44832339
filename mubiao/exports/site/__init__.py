"""The published site: static pages in one or two languages, search, open data.

`pages` says which files there are and makes each when asked; `data` makes the open data;
`folder` writes what has changed.
"""
