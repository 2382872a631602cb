"""What of a report is public."""
