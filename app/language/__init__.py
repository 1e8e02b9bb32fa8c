"""Written Chinese as every room needs it: one form for each character, and numbers."""
