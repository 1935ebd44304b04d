"""The Text tab: captions on pictures, with a live preview."""
