"""Rows of the catalogue, one file a provider; a row is data, see `providers.schema.Model`."""
