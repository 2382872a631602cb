"""Programs that are not ours, on the demo's bundle: each accepts its part and refuses altered copies of it."""
