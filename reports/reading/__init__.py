"""What is worked out across findings and scores: nothing here is published by CQC.

Everything is based on the latest formal assessment of each authority that CQC has not withdrawn,
so that each authority counts once. `docs/reading.md` gives every formula, floor and limit.
"""
