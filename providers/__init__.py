"""Who makes the pictures: one file per provider, and what they all share."""
