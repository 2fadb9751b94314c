"""Signing keys in a hardware security module, reached by PKCS#11."""
