"""What goods owe, and what was paid or secured for them."""
