{# Text without accents, punctuation or case, for comparing: 'Padrón  actualizado.' is 'PADRON ACTUALIZADO', '%' PORCENTAJE. #}
{% macro normaliza(texto) -%}
    trim(regexp_replace(upper(strip_accents(replace({{ texto }}, '%', ' porcentaje '))), '[^A-Z0-9]+', ' ', 'g'))
{%- endmacro %}

{# The name of a member that prints name: the agreed one, else why there is none ('eje', 'ramo'). #}
{% macro nombre_o_motivo(nombre, que) -%}
    case
        when {{ nombre }} is not null then {{ nombre }}
        when veces_impreso > 0 then '(nombres en empate)'
        else '({{ que }} sin nombre impreso)'
    end
{%- endmacro %}

{# Whether a text is a línea de acción code: numbers parted by points, 2.13.1. #}
{% macro es_codigo_linea(texto) -%}
    coalesce(regexp_full_match({{ texto }}, '[0-9]+([.][0-9]+)+'), false)
{%- endmacro %}
