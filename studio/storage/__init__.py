"""What is kept beyond a request: the database, the journal of paid jobs, users, disk space."""
