"""The evaluation gate: what the program reaches on coded documents may not sink unseen."""
