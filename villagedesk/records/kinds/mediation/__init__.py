"""People's mediation: the case, confidential, and the summary the town counts."""
