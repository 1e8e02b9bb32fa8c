"""Lists as files: each format takes chunks of items and yields bytes, and never holds all of either."""
