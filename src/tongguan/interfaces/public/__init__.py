"""Pages without sign-in: what customs commits to and signs, for anybody to note."""
