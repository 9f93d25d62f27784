"""The means of the access table: its words, what they mean for one viewer, and the page on which they are printed.

The rows stand in `<app>/access_table.py`: who sees which record when (`RECORDS`), how a later stage opens records of an
earlier one (`OPENS`), and who reaches which address (`ADDRESSES`). They are data and know no model: the rules
(`visibility.py`) and the policies (`sql/`) are written apart from them and are held to them. One table drives the
matrix that the tests run, the page `docs/reference/access.md` and the pages "Why can I see this?".
"""
