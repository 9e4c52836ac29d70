"""Words to make up names and texts with: units, actions, measures, línea names, people.

Belongs here: vocabulary, taken from municipal usage and not from the real extract's rows.
Does not: layout or damage.
"""

from __future__ import annotations

import random

UNIT_KINDS = ("DEPARTAMENTO", "COORDINACION", "DIRECCION", "SUBDIRECCION", "JEFATURA", "UNIDAD")
UNIT_SUBJECTS = (
    "ALUMBRADO PUBLICO", "LIMPIA Y RECOLECCION", "PARQUES Y JARDINES", "CATASTRO", "ARCHIVO MUNICIPAL",
    "CONTROL URBANO", "MERCADOS Y COMERCIO", "ATENCION A LA JUVENTUD", "BIBLIOTECAS", "TURISMO",
    "PROTECCION AL AMBIENTE", "INGRESOS", "EGRESOS", "NORMATIVIDAD", "RECURSOS MATERIALES",
    "SALUD ANIMAL", "FOMENTO ECONOMICO", "EDUCACION VIAL", "PREVENCION DEL DELITO", "OBRA CONCERTADA",
)  # fmt: skip
PROGRAMS = (
    "GESTION ADMINISTRATIVA", "SERVICIOS PUBLICOS DE CALIDAD", "DESARROLLO URBANO ORDENADO",
    "FOMENTO A LA CULTURA", "SEGURIDAD Y CONVIVENCIA", "FINANZAS SANAS", "ECONOMIA LOCAL",
)  # fmt: skip
RAMOS = ("SERVICIOS PUBLICOS", "OFICIALIA MAYOR", "TESORERIA MUNICIPAL", "DESARROLLO URBANO", "CULTURA")
VERBS = (
    "Realizar", "Atender", "Elaborar", "Impartir", "Supervisar", "Integrar", "Otorgar", "Promover",
    "Actualizar", "Gestionar", "Dar seguimiento a", "Organizar", "Evaluar", "Difundir", "Inspeccionar",
)  # fmt: skip
OBJECTS = (
    "recorridos de verificación en colonias", "solicitudes ciudadanas", "talleres de capacitación",
    "reportes de actividades", "campañas de limpieza", "eventos culturales y deportivos",
    "expedientes técnicos", "pláticas informativas", "comités vecinales", "brigadas comunitarias",
    "inventarios de bienes muebles", "convenios de colaboración", "luminarias reparadas",
    "apoyos a la comunidad", "sesiones ordinarias del consejo", "estudios de factibilidad",
    "asesorías jurídicas", "padrones de beneficiarios", "operativos de vigilancia",
)  # fmt: skip
PURPOSES = (
    "con el fin de mejorar los servicios del Municipio", "para dar cumplimiento a la normatividad aplicable",
    "en beneficio de la población en general", "en coordinación con otras dependencias",
    "que contribuyan al bienestar de las familias", "a través de jornadas de trabajo",
    "en las 3 zonas de la ciudad y su valle", "conforme al programa 2022 y sus 12 lineamientos", "",
)  # fmt: skip
MEASURES = (
    "Informe", "Beneficiario", "Evento", "Reunión", "Expediente", "Taller", "Apoyo", "Supervisión",
    "Reporte", "Sesión", "Proyecto", "Capacitación", "Comité", "Habitantes", "Jornadas", "Dictamen técnico",
    "Brigada", "Servicio", "Persona atendida", "Padrón actualizado", "Luminaria", "Metro cuadrado",
)  # fmt: skip
RATIO_MEASURES = ("Porcentaje", "Índice", "Promedio", "Tasa")
LINE_NAMES = (
    "APOYOS DE ORDEN SOCIAL", "FOMENTO A LA LECTURA", "ORDENAMIENTO DEL COMERCIO", "CUENTAS PUBLICAS",
    "ATENCION A LA FAMILIA", "MANTENIMIENTO DE VIALIDADES", "CULTURA DE LA LEGALIDAD",
    "RACIONALIZACION DEL GASTO", "ESPACIOS PUBLICOS DIGNOS", "INCLUSION Y EQUIDAD", "MEJORA REGULATORIA",
    "ACTIVACION FISICA", "PARTICIPACION CIUDADANA", "PROTECCION CIVIL", "INFRAESTRUCTURA BASICA",
)  # fmt: skip
GIVEN = ("MARIA", "JOSE LUIS", "ANA LAURA", "CARLOS", "ROSA ELENA", "JORGE", "PATRICIA", "HECTOR", "SILVIA")
FAMILY = ("OCHOA", "RUBIO", "VALDEZ", "CASTRO", "LEYVA", "MEDINA", "NAVA", "ROBLES", "SOTO", "TAPIA")
REMARKS = (
    "", "", "", "Se cumple la meta programada.",
    "Se supera la acción debido a la demanda de la comunidad, se recibieron 25 solicitudes.",
    "No se cumple con esta acción derivado del cierre temporal de 2 centros en el 1er trimestre.",
    "En este trimestre se rebasa la meta anual con 30 apoyos, lo anterior por el 15% de incremento.",
)  # fmt: skip


def person(rng: random.Random) -> str:
    """A made-up name as under a signature."""
    return f"{rng.choice(GIVEN)} {rng.choice(FAMILY)} {rng.choice(FAMILY)}"


def line_name(code: str) -> str:
    """The name of a línea de acción: the same for the same code."""
    return random.Random(code).choice(LINE_NAMES)


def description(rng: random.Random, upper: bool) -> str:
    """The text of an action, without its number."""
    text = f"{rng.choice(VERBS)} {rng.choice(OBJECTS)} {rng.choice(PURPOSES)}".strip() + rng.choice((".", ""))
    return text.upper() if upper else text
