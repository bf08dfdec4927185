"""Random PEEL reports with their right answers: made from a number, set by several producers, scored."""
