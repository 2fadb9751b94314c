"""Enterprises, brokers, mandates and credit classes."""
