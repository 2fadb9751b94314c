"""Pages without sign-in: what customs commits to, for anybody to note and to compare later."""
