{# The columns that every model of findings has: said here alone for those that put them together. #}
{% macro columnas_hallazgo() -%}
    regla,
    ente_codigo,
    unidad_codigo,
    ejercicio,
    corte,
    accion_key,
    accion_numero,
    campo,
    observado,
    esperado,
    mensaje,
    extracto_id,
    linea
{%- endmacro %}
