"""Each finding beside the picture of its page."""
