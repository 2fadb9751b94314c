"""The main job: submissions are decided by a pure function and recorded in one write."""
