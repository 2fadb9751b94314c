"""The risk desk: profiles and their trials, shares, models, outcomes, promises, reasons."""
