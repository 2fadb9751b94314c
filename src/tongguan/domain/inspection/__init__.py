"""Inspection of goods: orders to the site, the signed record, findings."""
