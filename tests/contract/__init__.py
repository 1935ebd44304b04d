"""What every row and every adapter must keep, tried through the real studio and the real SDKs."""
