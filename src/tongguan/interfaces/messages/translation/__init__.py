"""Each channel's codes and ours, with the days they hold and the source of each row."""
