"""What decides in assets: one aggregate a file, and one part of an asset's life."""
