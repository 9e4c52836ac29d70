"""Foreign files: from bytes to pages of words or cells with a place; knows nothing of the form.

In: the bytes of a file. Out: a ``document.Document``, or ``RefusedFileError`` with the reason. What a file is, its
content says, not its name. Each foreign format is read in a child process with limits on memory, seconds and output.
"""
