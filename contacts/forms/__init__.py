"""Forms of contacts: parse and word errors; write nothing."""
