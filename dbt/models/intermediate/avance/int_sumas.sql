-- What the quarters of an action add up to, as of each cut: within the plan in force and over the whole year, with
-- what they come to at least and at most where a quarter has only its range.
-- Each quarter is set beside the four of its row and they are grouped: running windows of as many sums over four rows
-- took three times as long.
{% set sumandos = [
    ('programado', 'plan'), ('avance', 'plan'), ('programado', 'anio'), ('avance', 'anio'), ('programado', 'entero'),
] %}
{% set cuentas = ['', '_por_saber', '_sin_rango', '_piso', '_techo'] %}

with vigente as (
    select * from {{ ref('int_avance_vigente') }}
),

reportes as (
    select * from {{ ref('int_reportes') }}
),

-- Units that reported under the plan before: an action they did not list had nothing planned then.
primeros as (
    select
        ente_codigo,
        unidad_codigo,
        ejercicio,
        min(corte) as primer_corte
    from reportes
    group by ente_codigo, unidad_codigo, ejercicio
),

conocidas as (
    select
        vigente.*,
        coalesce(primeros.primer_corte < vigente.plan_desde, false) as es_plan_nuevo
    from vigente
    left join primeros
        on
            vigente.ente_codigo = primeros.ente_codigo
            and vigente.unidad_codigo = primeros.unidad_codigo
            and vigente.ejercicio = primeros.ejercicio
),

pares as (
    select
        hasta.trimestre_numero as hasta_numero,
        (
            otros.trimestre_numero <= hasta.trimestre_numero
            and otros.plan_tramo_programado = hasta.plan_tramo_programado
        ) as es_de_plan_programado,
        (
            otros.trimestre_numero <= hasta.trimestre_numero
            and otros.plan_tramo = hasta.plan_tramo
        ) as es_de_plan_avance,
        otros.trimestre_numero <= hasta.trimestre_numero as es_de_anio,
        true as es_de_entero,
        otros.*
    from conocidas as hasta
    inner join conocidas as otros
        on
            hasta.ejercicio = otros.ejercicio
            and hasta.accion_key = otros.accion_key
            and hasta.a_corte = otros.a_corte
),

sumas as (
    select
        {%- for medida, tramo in sumandos %}
        {%- set dentro = 'es_de_' ~ tramo ~ ('_' ~ medida if tramo == 'plan' else '') %}
        {%- set nada = "situacion_" ~ medida ~ " = 'fuera_de_plan'" %}
        {%- set nada = nada ~ (' and es_plan_nuevo' if tramo != 'plan' else '') %}
        {%- set dudoso = "situacion_" ~ medida ~ " = 'dudoso'" %}
        {%- set suma = medida ~ '_' ~ tramo %}
        coalesce(sum({{ medida }}) filter (where {{ dentro }}), 0) as {{ suma }},
        count(*) filter (where {{ dentro }} and {{ medida }} is null and not ({{ nada }})) as {{ suma }}_por_saber,
        count(*) filter (where {{ dentro }} and {{ medida }} is null and not ({{ nada }} or {{ dudoso }}))
            as {{ suma }}_sin_rango,
        coalesce(sum(coalesce({{ medida }}, {{ medida }}_min)) filter (where {{ dentro }}), 0) as {{ suma }}_piso,
        case
            when count(*) filter (where {{ dentro }} and {{ dudoso }} and {{ medida }}_max is null) = 0
                then coalesce(sum(coalesce({{ medida }}, {{ medida }}_max)) filter (where {{ dentro }}), 0)
        end as {{ suma }}_techo,
        {%- endfor %}
        ejercicio,
        accion_key,
        a_corte,
        hasta_numero
    from pares
    group by ejercicio, accion_key, a_corte, hasta_numero
)

select
    {%- for medida, tramo in sumandos %}
    {%- for cuenta in cuentas %}
    sumas.{{ medida }}_{{ tramo }}{{ cuenta }},
    {%- endfor %}
    {%- endfor %}
    conocidas.*
from conocidas
inner join sumas
    on
        conocidas.ejercicio = sumas.ejercicio
        and conocidas.accion_key = sumas.accion_key
        and conocidas.a_corte = sumas.a_corte
        and conocidas.trimestre_numero = sumas.hasta_numero
