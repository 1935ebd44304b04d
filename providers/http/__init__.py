"""The one way out to a provider: guarded, bounded, measured."""
