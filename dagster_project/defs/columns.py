"""The columns of the raw tables as the web UI shows them: name, type, what they hold.

Belongs here: putting names, types and descriptions together. Does not belong here: the tables (``warehouse.db``), and
what staging calls a column that it takes over, which its model describes (``dbt/models/staging``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import dagster as dg
import duckdb

from dagster_project.warehouse.db.bulk_insert import column_types

OF_RAW = {
    "absoluto": "Avance absoluto que imprime el renglón.",
    "accion_impresa": "Número impreso, donde la secuencia de sus vecinos puso otro.",
    "accion_inferida": "Si el número se dedujo del orden de sus vecinos.",
    "accion_numero": "Número de la acción.",
    "acciones_retiradas": "Acciones del extracto retirado, para decir cuáles ya no están.",
    "alternativas": "Otras lecturas dentro del margen.",
    "anio": "Año que dice la página.",
    "avisos": "Lo que se dijo del documento al leerlo.",
    "bytes": "Tamaño del archivo.",
    "cabeza": "Cómo vienen las columnas de la tabla.",
    "candidato": "Lugar entre las lecturas candidatas, 1 la más barata.",
    "cargado_en": "Cuándo se cargó.",
    "cede_ante": "Página ante la que cede, como extracto:formato.",
    "cierra": "Si las sumas de la lectura cierran.",
    "codificacion": "Codificación con que se lee y se vuelve a escribir sin pérdida.",
    "columna": "Columna de la hoja.",
    "columna_fin": "Última columna de una celda combinada.",
    "confianza": "Qué tan seguro está el lector de imágenes; NULL donde no hubo que reconocer.",
    "corroborada_por": "Cortes cuya evidencia ayudó a asentar la lectura.",
    "corte": "Trimestre del reporte, como 2022-T1.",
    "costo": "Costo en nats: cuánto daño hay que deshacer.",
    "dentro_margen": "Si la lectura está dentro del margen de la más barata.",
    "descripcion": "Descripción de la acción como está impresa.",
    "ejercicio": "Año del que es la página.",
    "ente": "Municipio que dice la página.",
    "ente_codigo": "Clave INEGI del municipio.",
    "es_razon": "Si la medida es una razón, que no se suma.",
    "estado": "El peor estado de sus cifras.",
    "extracto_id": "Primeros 16 dígitos del SHA-256 del archivo.",
    "fila": "Renglón de la hoja.",
    "fila_fin": "Último renglón de una celda combinada.",
    "fin": "Con qué termina la línea.",
    "formato": "Número de la página dentro del extracto, desde 1.",
    "formula": "Fórmula de la celda.",
    "hoja": "Página u hoja del archivo, desde 1.",
    "huella": "Hash de todo lo que decide esta fila: lo mismo otra vez no la cambia.",
    "impresa": "Lo que imprime la página, en JSON.",
    "impresos": "Texto de cada celda como está impreso.",
    "lectura": "Cómo se leyó el documento.",
    "linea": "Línea del archivo, desde 1; 0 es el archivo entero.",
    "linea_fin": "Última línea.",
    "linea_inicio": "Primera línea.",
    "lineas": "Cuántas líneas tiene.",
    "margen": "Cuánto más cuesta la rival más cercana; NULL si no la hay.",
    "meta": "Meta del ejercicio.",
    "nombre": "Nombre del archivo.",
    "observaciones": "Observaciones como están impresas.",
    "orden": "Lugar del renglón en su tabla.",
    "pagina": "Página del documento, desde 1.",
    "palabra": "Lugar de la palabra o celda en su página.",
    "plan": "Plan de desarrollo del que es.",
    "por_revisar": "Lo que falta comparar con lo que había bajo la misma ruta.",
    "programa_codigo": "Clave del programa presupuestario.",
    "publicado_en": "Cuándo se publicó, según seeds/extractos.csv.",
    "razon": "Por qué no se pudo leer.",
    "rechazado": "Si seeds/extractos.csv lo saca.",
    "referencia": "Celda de la hoja de cálculo, por ejemplo Hoja 3!B17.",
    "regla": "Regla por la que se asentó o se rechazó.",
    "relativo_pct": "Avance relativo que imprime el renglón.",
    "renglones": "Cuántos renglones de acción tiene.",
    "reportes_retirados": "Reportes del extracto retirado, con sus renglones.",
    "retirado_en": "Desde cuándo no cuenta; NULL si cuenta.",
    "retirado_por": "Extracto que tomó su ruta.",
    "ruta": "Ruta del archivo, relativa a su carpeta.",
    "sha256": "Hash del archivo entero.",
    "situacion": "Qué es la página para su reporte: vigente, copia, sustituida…",
    "tabla": "Tabla de la página a la que pertenece, desde 1.",
    "texto": "Texto tal como está en el archivo.",
    "texto_impreso": "Texto como está impreso.",
    "tramos": "Las partes de la página, con sus líneas.",
    "trimestre": "Trimestre del reporte, del 1 al 4.",
    "unidad": "Unidad que dice la página.",
    "unidad_codigo": "Código de la unidad responsable.",
    "unidad_medida": "Unidad de medida como está impresa.",
    "valor": "Valor asentado.",
    "x0": "Orilla izquierda en la página, en puntos (1/72 de pulgada).",
    "x1": "Orilla derecha, en puntos.",
    "y0": "Orilla superior, en puntos.",
    "y1": "Orilla inferior, en puntos.",
}
"""What staging calls otherwise, leaves out or does not describe."""

CIFRA = {"p": "Programado del trimestre", "a": "Avance del trimestre"}
SUFFIXES = {
    "": "",
    "_min": ", menor valor posible donde es dudoso",
    "_max": ", mayor valor posible donde es dudoso",
    "_estado": ": cómo se leyó la cifra",
    "_regla": ": por qué regla se asentó",
    "_puntaje": ": qué tan seguro es, de 0 a 1",
    "_alternativas": ": qué más pudo ser",
}


def column_schema(con: duckdb.DuckDBPyConnection, table: str, nodes: Mapping[str, Mapping[str, Any]]) -> dg.TableSchema:
    """The columns of ``raw.<table>`` in order; ``nodes`` are those of dbt's manifest, by unique id."""
    staging = nodes.get(f"model.avance.stg_tmm__{table}", {}).get("columns", {})
    found = column_types(con, table)
    said = {name: str(staging.get(name, {}).get("description") or described(name) or "") for name in found}
    return dg.TableSchema([dg.TableColumn(name, kind.lower(), said[name] or None) for name, kind in found.items()])


def described(name: str) -> str | None:
    """What a column holds by its name, also one of a quarter (``p2_min``) or of how something was settled."""
    if name in OF_RAW:
        return OF_RAW[name]
    if quarter := re.fullmatch(r"([pa])([1-4])(_min|_max|_estado)?", name):
        kind, number, suffix = quarter.groups(default="")
        return f"{CIFRA[kind]} {number}{SUFFIXES[suffix]}."
    base, _, suffix = name.rpartition("_")
    if base in OF_RAW and f"_{suffix}" in SUFFIXES:
        return OF_RAW[base].rstrip(".") + SUFFIXES[f"_{suffix}"] + "."
    return None
