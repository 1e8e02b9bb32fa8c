"""What web pages are made of: the tree, what the page says of its article, and the article's words."""
