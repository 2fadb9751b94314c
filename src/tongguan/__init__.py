"""Customs clearance for a region in which many customs districts act as one."""
