"""What came back: pictures written down, receipts, comparisons, findings."""
