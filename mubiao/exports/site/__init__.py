"""The published site: static pages in one or two languages, search, open data.

`pages` says which files there are, `edition` makes those of one language when asked; `folder`
writes what has changed.
"""
