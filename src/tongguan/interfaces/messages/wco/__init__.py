"""The declaration of the WCO data model (DEC), read by paths; answers to it stand in `receipts`."""
