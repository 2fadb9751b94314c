"""REST under `/api/v1`: OpenAPI 3.1, problems by RFC 9457."""
