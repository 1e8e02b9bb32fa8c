"""Text in: where articles come from (`sources`, `web`), and what makes articles of their bytes (`formats`)."""
