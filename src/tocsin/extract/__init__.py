"""Document to mentions: one file a step."""
