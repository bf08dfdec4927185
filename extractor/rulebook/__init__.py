"""What the program knows about reports, loaded from rules/ and checked."""
