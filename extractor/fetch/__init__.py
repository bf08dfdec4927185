"""Published reports, politely downloaded."""
