"""The product as the web server runs it: bodies, lanes, limits, and the process for batches."""
