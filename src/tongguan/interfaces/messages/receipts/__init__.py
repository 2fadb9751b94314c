"""Answers: accepted facts as each format tells them, and answers of others read back."""
