"""The desk: a page on which a person decides what is open, with the print before them.

In comes the published version, which says what is open, and what a person chose; out goes a line of a decision file.
Nothing needs it: the same lines can be written by hand. Who may ask is ``command.ui_door``'s.
"""
