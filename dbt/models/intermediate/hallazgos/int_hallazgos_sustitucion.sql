-- Actions of a report that was replaced which no row of the report that counts states: neither by their text,
-- whatever its number there, nor by their number where no text says that it is another action's now.
with anteriores as (
    select * from {{ ref('int_acciones_sustituidas') }}
),

-- The few reports that took another one's place: of no other is the text compared.
relevos as (
    select distinct
        ente_codigo,
        unidad_codigo,
        corte
    from anteriores
),

actuales as (
    select
        renglones.ente_codigo,
        renglones.unidad_codigo,
        renglones.corte,
        renglones.accion_numero,
        {{ normaliza('renglones.descripcion') }} as texto,
        renglones.extracto_id,
        renglones.linea
    from {{ ref('int_renglones') }} as renglones
    inner join relevos
        on
            renglones.ente_codigo = relevos.ente_codigo
            and renglones.unidad_codigo = relevos.unidad_codigo
            and renglones.corte = relevos.corte
),

pares as (
    select
        anteriores.extracto_id,
        anteriores.linea,
        actuales.extracto_id as extracto_id_actual,
        actuales.linea as linea_actual,
        coalesce(anteriores.accion_numero = actuales.accion_numero, false) as es_mismo_numero,
        anteriores.texto = '' or actuales.texto = '' as es_sin_texto,
        -- Four letters in five alike, as for names: misread or touched up, not another action.
        anteriores.texto != '' and actuales.texto != '' and (
            anteriores.texto = actuales.texto
            or 5 * levenshtein(anteriores.texto, actuales.texto)
            <= greatest(length(anteriores.texto), length(actuales.texto))
        ) as es_mismo_texto
    from anteriores
    inner join actuales
        on
            anteriores.ente_codigo = actuales.ente_codigo
            and anteriores.unidad_codigo = actuales.unidad_codigo
            and anteriores.corte = actuales.corte
),

-- Rows that hold an action by their text, whose number says nothing of another one; and whether by their number
-- too: those are nobody else's.
nombradas as (
    select
        extracto_id,
        extracto_id_actual,
        linea_actual,
        bool_or(es_mismo_numero) as es_ocupada
    from pares
    where es_mismo_texto
    group by extracto_id, extracto_id_actual, linea_actual
),

halladas as (
    select distinct
        pares.extracto_id,
        pares.linea
    from pares
    left join nombradas
        on
            pares.extracto_id = nombradas.extracto_id
            and pares.extracto_id_actual = nombradas.extracto_id_actual
            and pares.linea_actual = nombradas.linea_actual
    where
        (pares.es_mismo_numero and (pares.es_mismo_texto or pares.es_sin_texto or nombradas.linea_actual is null))
        or (pares.es_mismo_texto and not nombradas.es_ocupada)
),

perdidas as (
    select anteriores.*
    from anteriores
    left join halladas
        on
            anteriores.extracto_id = halladas.extracto_id
            and anteriores.linea = halladas.linea
    where halladas.linea is null and (anteriores.accion_numero is not null or anteriores.texto != '')
    -- Said once, however many copies held it.
    qualify
        row_number() over (
            partition by
                anteriores.ente_codigo, anteriores.unidad_codigo, anteriores.corte, anteriores.accion_numero,
                case when anteriores.accion_numero is null then anteriores.texto end
            order by anteriores.extracto_id, anteriores.linea
        ) = 1
)

select
    'accion_perdida' as regla,
    ente_codigo,
    unidad_codigo,
    ejercicio,
    corte,
    null as accion_key,
    accion_numero,
    'accion_numero' as campo,
    null as observado,
    cast(accion_numero as string) as esperado,
    'La acción ' || coalesce(cast(accion_numero as string), 'sin número')
    || ' estaba en un reporte sustituido y no en el que cuenta' as mensaje,
    extracto_id,
    linea
from perdidas
