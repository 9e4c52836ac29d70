"""Checked marts as a version that anybody may read.

In: the warehouse's schema ``marts``. Out: ``versions.publish``, ``publication.publicacion_vigente``.
"""
