"""The tracker in Excel, CSV copies, grade matrix."""
