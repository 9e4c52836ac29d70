{# Text without accents, punctuation or case, for comparing: 'Padrón  actualizado.' is 'PADRON ACTUALIZADO', '%' PORCENTAJE. #}
{% macro normaliza(texto) -%} {{ return(adapter.dispatch('normaliza')(texto)) }} {%- endmacro %}

{% macro default__normaliza(texto) -%}
    trim(regexp_replace(upper(strip_accents(replace({{ texto }}, '%', ' porcentaje '))), '[^A-Z0-9]+', ' ', 'g'))
{%- endmacro %}

{#
    Of accented letters those up to U+024F. What is no letter or digit goes before upper, which would make two of
    one on Spark (ß is SS).
#}
{% macro spark__normaliza(texto) -%}
    trim(upper(regexp_replace(
        translate(
            regexp_replace(replace({{ texto }}, '%', ' porcentaje '), '\\p{M}', ''),
            '{{ con_acento() }}',
            '{{ sin_acento() }}'
        ), '[^A-Za-z0-9]+', ' '
    )))
{%- endmacro %}

{% macro con_acento() -%}
ÀÁÂÃÄÅÇÈÉÊËÌÍÎÏÑÒÓÔÕÖÙÚÛÜÝàáâãäåçèéêëìíîïñòóôõöùúûüýÿĀāĂăĄąĆćĈĉĊċČčĎďĒēĔĕĖėĘęĚěĜĝĞğĠġĢģĤĥĨĩĪīĬĭĮįİıĴĵĶķĹĺĻļĽľŃńŅņŇňŌōŎŏŐőŔŕŖŗŘřŚśŜŝŞşŠšŢţŤťŨũŪūŬŭŮůŰűŲųŴŵŶŷŸŹźŻżŽžſƠơƯưǍǎǏǐǑǒǓǔǕǖǗǘǙǚǛǜǞǟǠǡǦǧǨǩǪǫǬǭǰǴǵǸǹǺǻȀȁȂȃȄȅȆȇȈȉȊȋȌȍȎȏȐȑȒȓȔȕȖȗȘșȚțȞȟȦȧȨȩȪȫȬȭȮȯȰȱȲȳ
{%- endmacro %}

{# The letters of con_acento, one by one, in capitals. #}
{% macro sin_acento() -%}
AAAAAACEEEEIIIINOOOOOUUUUYAAAAAACEEEEIIIINOOOOOUUUUYYAAAAAACCCCCCCCDDEEEEEEEEEEGGGGGGGGHHIIIIIIIIIIJJKKLLLLLLNNNNNNOOOOOORRRRRRSSSSSSSSTTTTUUUUUUUUUUUUWWYYYZZZZZZSOOUUAAIIOOUUUUUUUUUUAAAAGGKKOOOOJGGNNAAAAAAEEEEIIIIOOOORRRRUUUUSSTTHHAAEEOOOOOOOOYY
{%- endmacro %}

{# A text without the spaces around it, of every width: Spark's trim knows the plain one alone. #}
{% macro recorta(texto) -%} {{ return(adapter.dispatch('recorta')(texto)) }} {%- endmacro %}
{% macro default__recorta(texto) -%} trim({{ texto }}) {%- endmacro %}

{% macro spark__recorta(texto) -%}
    trim(
        both ' \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000'
        from {{ texto }}
    )
{%- endmacro %}

{# Whether the whole of a text is what a regular expression says; the expression has no backslash. #}
{% macro coincide(texto, patron) -%} {{ return(adapter.dispatch('coincide')(texto, patron)) }} {%- endmacro %}
{% macro default__coincide(texto, patron) -%} regexp_full_match({{ texto }}, '{{ patron }}') {%- endmacro %}
{% macro spark__coincide(texto, patron) -%} ({{ texto }} rlike '^(?:{{ patron }})\\z') {%- endmacro %}

{# Letter and accent in one, as file names are compared: of a letter with its accent apart. Spark has none of it. #}
{% macro compuesto(texto) -%} {{ return(adapter.dispatch('compuesto')(texto)) }} {%- endmacro %}
{% macro default__compuesto(texto) -%} nfc_normalize({{ texto }}) {%- endmacro %}

{# Those of Spanish. #}
{% macro spark__compuesto(texto) -%}
    {%- set ns = namespace(sql=texto) -%}
    {%- for letra, marca, entera in [
        ('a', '0301', 'á'), ('e', '0301', 'é'), ('i', '0301', 'í'), ('o', '0301', 'ó'), ('u', '0301', 'ú'),
        ('A', '0301', 'Á'), ('E', '0301', 'É'), ('I', '0301', 'Í'), ('O', '0301', 'Ó'), ('U', '0301', 'Ú'),
        ('n', '0303', 'ñ'), ('N', '0303', 'Ñ'), ('u', '0308', 'ü'), ('U', '0308', 'Ü'),
    ] -%}
        {%- set ns.sql = "replace(" ~ ns.sql ~ ", '" ~ letra ~ "\\u" ~ marca ~ "', '" ~ entera ~ "')" -%}
    {%- endfor -%}
    {{ ns.sql }}
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
    coalesce({{ coincide(texto, '[0-9]+([.][0-9]+)+') }}, false)
{%- endmacro %}
