"""Lines become blocks: running heads, columns, boxes, bullets, paragraphs; no English."""
