"""The investment schedules: movements of lots laid out as the rows, subtotals and pages of the form.

Owns: which movement goes to which schedule, section, column and line.
Must not know: how a book value is found, or how a page looks in print.
"""
