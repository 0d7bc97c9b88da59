"""Matching: records to arrays, arrays to an exact plan, the plan to reasons and files. Needs NumPy and OR-Tools."""
