"""Region, offices, code lists, tariff, exchange rates and calendar, all as of a date."""
