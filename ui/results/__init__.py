"""Results: how they are drawn, compared, saved and handed on."""
