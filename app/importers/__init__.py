"""Text in: where articles come from (`sources`, `web`), and what reads their bytes (`formats`)."""
