"""Pages of analysis, decision, release and feedback: one query or one action, one response."""
