"""What happens to every request on its way to the routes and back: pure ASGI, no answer is held back."""
