"""What happens next: the processes that lead through several rooms."""
