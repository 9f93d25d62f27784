"""The one normal form: what is compared anywhere is compared in the form that is made here.

Search, earlier contacts, the staff list, the status page and the log ask this package; a matcher of outgoing texts can.
Nothing in it asks the database, and it knows no record.
"""
