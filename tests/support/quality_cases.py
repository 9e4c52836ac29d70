"""Bad data, as data: what breaks which rules of which suite, on a home with the real extract loaded.

Belongs here: a case each that breaks one rule alone (or rules that no data can part). Used by the
tests of the suites, by the mutation run and by ``checks.faults.gate``. Not here: running them.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Caso:
    """SQL that spoils a loaded warehouse, and the rules of the suite that must fail: those and no other."""

    suite: str
    reglas: tuple[str, ...]
    sql: str

    @property
    def id(self) -> str:
        """What the case goes by."""
        return f"{self.suite}-{'+'.join(self.reglas)}"


def _of(suite: str, **broken: str) -> list[Caso]:
    return [Caso(suite, tuple(rule.split("__")), sql) for rule, sql in broken.items()]


# 54101/100 of January-March: 446 | 126 91 207 22 | 128 ... | 128 | 29 %, first row of the first page.
ROW = "where linea = (select min(linea) from raw.renglones)"
SECOND = "where linea = (select min(linea) + 1 from raw.renglones)"
EXTRACT = "(select extracto_id from raw.extractos)"

EXTRACTOS = _of(
    "raw_extractos",
    identificador="update raw.extractos set sha256 = 'ffff' || substr(sha256, 5)",
    lineas_completas="update raw.extractos set lineas = lineas + 1",
    bytes_completos="update raw.lineas set texto = texto || 'x' where linea = 1",
    nada_en_silencio__con_formatos="delete from raw.paginas",
    con_formatos="""
        insert into raw.extractos select * replace (
            'cccccccccccccccc' as extracto_id, 'cccccccccccccccc' as sha256, 'notas.txt' as ruta,
            'notas.txt' as nombre, 1 as lineas, 4 as bytes, 'cp1252' as codificacion) from raw.extractos;
        insert into raw.lineas values ('cccccccccccccccc', 1, 'ñéx', e'\\n');
        insert into raw.rechazos values ('cccccccccccccccc', 'notas.txt', 1, 'sin_formato', 'no form', 'ñéx', null)
    """,
)
LINEAS = _of(
    "raw_lineas",
    toda_linea_con_destino="delete from raw.paginas where formato = (select max(formato) from raw.paginas)",
    contenido_integro=f"update raw.lineas set texto = replace(texto, 'a', 'e') {ROW}",
    texto_legible="""
        insert into raw.extractos select * replace (
            left(sha256('�'), 16) as extracto_id, sha256('�') as sha256, 'borroso.txt' as ruta,
            'borroso.txt' as nombre, 1 as lineas, 3 as bytes) from raw.extractos;
        insert into raw.lineas values (left(sha256('�'), 16), 1, '�', '');
        insert into raw.rechazos values (left(sha256('�'), 16), 'borroso.txt', 1, 'sin_formato', 'no form', '�', null)
    """,
)
CELDAS = _of(
    "raw_celdas",
    celda_de_una_linea=f"""
        insert into raw.hojas values ({EXTRACT}, 1, null, 842, 595, 0, 0);
        insert into raw.celdas values ({EXTRACT}, 1, 99, 1, 10, 10, 90, 20, null, null, null)
    """,
    lugar_en_la_hoja=f"""
        insert into raw.hojas values ({EXTRACT}, 1, null, 842, 595, 0, 0);
        insert into raw.celdas values ({EXTRACT}, 1, 1, 1, 10, 10, 900, 20, null, null, null)
    """,
)
RECHAZOS = _of(
    "raw_rechazos",
    con_regla=f"insert into raw.rechazos values ({EXTRACT}, 'a.txt', 3, 'Sin regla', 'so', 'x', null)",
    con_razon=f"insert into raw.rechazos values ({EXTRACT}, 'a.txt', 3, 'firma_ilegible', ' ', 'x', null)",
    linea_del_archivo=f"insert into raw.rechazos values ({EXTRACT}, 'a.txt', 999999, 'vacio', 'so', 'x', null)",
    archivo_leido="insert into raw.rechazos values ('', 'viejo.txt', 0, 'vacio', 'the file is empty', '', null)",
)
_PAGE = "where formato = 3"
FORMATOS = _of(
    "raw_formatos",
    ente_forma=f"update raw.formatos set ente_codigo = '2002' {_PAGE}",
    unidad_forma=f"update raw.formatos set unidad_codigo = '5410l', unidad_codigo_regla = 'codigo_nuevo' {_PAGE}",
    corte_forma=f"update raw.formatos set corte = ejercicio || '-T0' {_PAGE}",
    corte_en_ejercicio=f"update raw.formatos set corte = '2021-T1' {_PAGE}",
    paginas_disjuntas=f"update raw.formatos set linea_fin = linea_fin + 40 {_PAGE}",
    corte_no_futuro="update raw.extractos set cargado_en = timestamptz '2022-08-01 12:00:00-07'",
    unidad_asentada=f"update raw.formatos set unidad_codigo = null {_PAGE}",
    corte_asentado=f"update raw.formatos set corte = null {_PAGE}",
    con_renglones=f"update raw.formatos set renglones = 0 {_PAGE}",
)
_FIELD = "where formato = 2 and orden = (select min(orden) from raw.campos where formato = 2 and {})"
CAMPOS = _of(
    "raw_campos",
    linea_en_pagina=f"update raw.campos set linea = 1 {_FIELD.format('true')}",
    puntaje_en_rango=f"update raw.campos set puntaje = 1.5 {_FIELD.format('puntaje > 0')}",
    fecha_forma="update raw.campos set valor = '2022-T5' where campo = 'fecha' and valor is not null",
    conac_forma="update raw.campos set valor = '9.2' where campo = 'funcion' and valor is not null",
    linea_accion_forma="update raw.campos set valor = '2.l.1' where campo = 'linea_accion'",
    encabezados_legibles="update raw.campos set valor = null where campo in ('programa', 'finalidad', 'fecha')",
)
RENGLONES = _of(
    "raw_renglones",
    renglones_completos="insert into raw.renglones select * replace (linea_fin + 1 as linea, "
    "linea_fin + 1 as linea_fin, 99 as orden) from raw.renglones "
    "where linea = (select max(linea) from raw.renglones where formato = 1)",
    elegidas_completas=f"delete from raw.elegidas {ROW}",
    renglones_en_pagina=f"update raw.renglones set linea_fin = 9999 {ROW}",
    renglones_como_antes="""
        create temp table quedan as
            select min(linea) as linea from raw.elegidas where unidad_codigo = '54101' and corte = '2022-T4';
        delete from raw.lecturas where linea in (
            select linea from raw.renglones where formato = 2 and linea <> (select linea from quedan)
        );
        delete from raw.renglones where formato = 2 and linea <> (select linea from quedan);
        delete from raw.elegidas where unidad_codigo = '54101' and corte = '2022-T4'
            and linea <> (select linea from quedan);
        update raw.formatos set renglones = 1 where formato = 2;
        update raw.paginas set renglones = 1 where formato = 2;
        drop table quedan
    """,
    ejercicios_cargados="""
        insert into raw.paginas select * replace (99 as formato, 2031 as ejercicio)
        from raw.paginas where formato = (select max(formato) from raw.paginas)
    """,
)
_RIVALS = "where linea = (select min(linea) from raw.lecturas where candidato = 3)"
LECTURAS = _of(
    "raw_lecturas",
    de_un_renglon="insert into raw.lecturas select * replace (1 as linea, 1 as candidato) from raw.lecturas limit 1",
    numeradas_seguidas=f"delete from raw.lecturas {_RIVALS} and candidato = 2",
    primera_la_mas_barata=f"update raw.lecturas set costo = costo + 100 {_RIVALS} and candidato = 1",
    costo_posible=f"update raw.lecturas set costo = -1 {_RIVALS} and candidato = 1",
    mayoria_cierra="update raw.lecturas set cierra = false",
)
VINCULOS = _of(
    "raw_vinculos",
    de_su_unidad_y_ejercicio=f"update raw.vinculos set accion_id = replace(accion_id, '-54101-', '-54102-') {ROW}",
    desde_su_primer_corte=f"update raw.vinculos set accion_id = replace(accion_id, '-T1-', '-T4-') {ROW}",
    uno_a_uno=f"update raw.vinculos set accion_id = (select accion_id from raw.vinculos {ROW}) {SECOND}",
    puntaje_en_rango=f"update raw.vinculos set puntaje = 1.5 {ROW}",
    vinculos_ciertos="update raw.vinculos set regla = 'incierto' where corte = '2022-T4'",
)
ELEGIDAS = _of(
    "raw_elegidas",
    programado_suma_meta=f"update raw.elegidas set p2 = p2 + 0.0001 {ROW}",
    avance_suma_absoluto=f"update raw.elegidas set a1 = a1 + 0.5 {ROW}",
    relativo_redondeado=f"update raw.elegidas set relativo_pct = relativo_pct - 1 {ROW}",
    nada_despues_del_corte=f"update raw.elegidas set a2 = 0 {ROW}",
    sin_negativos=f"update raw.elegidas set p2 = p2 + p1 + 1, p1 = -1 {ROW}",
    rangos_en_orden=f"update raw.elegidas set a4_min = 3, a4_max = 2 {ROW}",
    dudosas_como_antes="update raw.elegidas set estado = 'dudosa' where corte = '2022-T4'",
    reparadas_como_antes="update raw.elegidas set estado = 'reparada' where corte = '2022-T4' and estado <> 'dudosa'",
)
_UNIT = "where unidad_codigo = '54101'"
DIM_UNIDAD = _of(
    "marts_dim_unidad",
    clave_forma=f"update marts.dim_unidad set unidad_codigo = '5410 1' {_UNIT}",
    clave_de_su_ramo=f"update marts.dim_unidad set ramo_codigo = '55' {_UNIT}",
    unidad_presente=f"update marts.dim_unidad set origen = 'extracto' {_UNIT}; "
    "update marts.dim_corte set ejercicio = 2023 where unidad_codigo <> '54101'",
)
_ACTION = "where accion_key = (select min(accion_key) from marts.dim_accion)"
DIM_ACCION = _of(
    "marts_dim_accion",
    cortes_en_ejercicio=f"update marts.dim_accion set ejercicio = 2021 {_ACTION}",
    numero_posible=f"update marts.dim_accion set accion_numero = 0 {_ACTION}",
    con_texto=f"update marts.dim_accion set accion_descripcion = '(sin texto legible)' {_ACTION}",
)
_LINE = "where linea_accion_key = (select min(linea_accion_key) from marts.dim_linea_accion where es_nombrada)"
DIM_LINEA_ACCION = _of(
    "marts_dim_linea_accion",
    codigo_forma=f"update marts.dim_linea_accion set linea_accion_codigo = '2.l.3' {_LINE}",
    nombre_acordado=f"update marts.dim_linea_accion set acuerdo = 0.3, veces_impreso = 5 {_LINE}",
)
_REPORT = "where unidad_codigo = '54201' and corte = '2022-T1'"
DIM_CORTE = _of(
    "marts_dim_corte",
    lleva_a_su_linea=f"update marts.dim_corte set linea = 999999 {_REPORT}",
    reporte_legible=f"update marts.dim_corte set renglones_dudosos = renglones {_REPORT}",
)
DIM_TRIMESTRE = _of(
    "marts_dim_trimestre",
    fechas_del_trimestre="update marts.dim_trimestre set fin_fecha = fin_fecha + 1 where trimestre_numero = 1",
    ejercicio_entero="delete from marts.dim_trimestre where trimestre_numero = 2",
    ejercicios_seguidos="""
        insert into marts.dim_trimestre select * replace (
            trimestre_key || 'x' as trimestre_key, ejercicio + 3 as ejercicio, orden + 12 as orden,
            (ejercicio + 3) || '-T' || trimestre_numero as trimestre,
            (inicio_fecha + interval 3 years)::date as inicio_fecha,
            (fin_fecha + interval 3 years)::date as fin_fecha) from marts.dim_trimestre where ejercicio is not null;
        insert into marts.dim_fecha select * replace (
            fecha_key + 30000 as fecha_key, (fecha + interval 3 years)::date as fecha, ejercicio + 3 as ejercicio,
            (ejercicio + 3) || '-T' || trimestre_numero as trimestre) from marts.dim_fecha where es_fin_trimestre
    """,
)
_MEASURE = "where unidad_medida_key = (select min(unidad_medida_key) from marts.dim_unidad_medida)"
DIM_UNIDAD_MEDIDA = _of(
    "marts_dim_unidad_medida",
    una_medida_una_escritura="insert into marts.dim_unidad_medida select * replace (unidad_medida_key || 'x' as "
    f"unidad_medida_key, upper(unidad_medida_nombre) || '.' as unidad_medida_nombre) from marts.dim_unidad_medida "
    f"{_MEASURE}",
    medidas_conocidas="update marts.dim_unidad_medida set origen = 'extracto'",
)
DIM_CLASIFICACION = _of(
    "marts_dim_clasificacion_funcional",
    finalidades_completas="update marts.dim_clasificacion_funcional set finalidad_codigo = 5 "
    "where clasificacion_codigo like '4.4.%'",
    funciones_completas="update marts.dim_clasificacion_funcional set funcion_codigo = 9 "
    "where clasificacion_codigo = '2.2.2'",
    subfunciones_completas="delete from marts.dim_clasificacion_funcional where clasificacion_codigo = '2.2.2'",
    reportes_clasificados="update marts.dim_corte set clasificacion_codigo = '(desconocida)'",
)
_CUT_ROW = f"{ROW} and trimestre ="
FCT_AVANCE_CORTE = _of(
    "marts_fct_avance_corte",
    filas_completas="delete from marts.fct_avance_corte",
    programado_conservado="update marts.fct_avance_corte set programado = programado + 1, programado_min = null, "
    f"programado_max = null {_CUT_ROW} '2022-T2'",
    avance_conservado=f"update marts.fct_avance_corte set avance = avance + 1 {_CUT_ROW} '2022-T1'",
    dentro_del_ejercicio=f"update marts.fct_avance_corte set ejercicio = 2023 {ROW}",
    rangos_en_orden=f"update marts.fct_avance_corte set programado_min = 2, programado_max = 1 {_CUT_ROW} '2022-T1'",
    programado_sabido="update marts.fct_avance_corte set situacion_programado = 'dudoso'",
)
FCT_AVANCE = _of(
    "marts_fct_avance",
    filas_completas="delete from marts.fct_avance",
    avance_de_quien_lo_sabe="update marts.fct_avance set corte = '2022-T1' where trimestre = '2022-T4'",
    cumplimiento_posible="update marts.fct_avance set cumplimiento_pct = 1100 where trimestre = '2022-T2'",
    luces_como_antes="update marts.fct_avance set semaforo_trimestre = case trimestre when '2022-T4' then 'rojo' "
    "else 'verde' end",
)
FCT_PAGINA = _of("marts_fct_pagina", filas_completas="delete from marts.fct_pagina where formato = 2")
FCT_RENGLON = _of("marts_fct_renglon", filas_completas=f"delete from marts.fct_renglon {ROW}")
FCT_META = _of("marts_fct_meta", filas_completas="insert into marts.fct_meta select * from marts.fct_meta limit 1")
BI_AVANCE = _of("marts_bi_avance", filas_completas="delete from marts.bi_avance")

CASES = [
    *(*EXTRACTOS, *LINEAS, *CELDAS, *RECHAZOS, *FORMATOS, *CAMPOS, *RENGLONES, *LECTURAS, *VINCULOS, *ELEGIDAS),
    *(*DIM_UNIDAD, *DIM_ACCION, *DIM_LINEA_ACCION, *DIM_CORTE, *DIM_TRIMESTRE, *DIM_UNIDAD_MEDIDA),
    *(*DIM_CLASIFICACION, *FCT_AVANCE_CORTE, *FCT_AVANCE, *FCT_PAGINA),
    *(*FCT_RENGLON, *FCT_META, *BI_AVANCE),
]
