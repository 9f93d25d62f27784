"""Django's PostgreSQL, with a login that is read anew for each connection."""
