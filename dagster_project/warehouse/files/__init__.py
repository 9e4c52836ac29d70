"""What files hold: from the folders to ``raw.extractos``, ``rutas``, ``lineas``, ``paginas``, ``rechazos``.

In: the folders of extracts, catalogues, the register. Out: ``load_files.load_folders``, what became of each file; a
transaction a file.
"""
