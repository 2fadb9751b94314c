"""The gateway: bytes in any format we read into canonical declarations, and answers back out."""
