-- Normalised once a spelling, not once a row.
with escritas as (
    select
        {{ recorta('unidad_medida') }} as impresa,
        count(*) as veces
    from {{ ref('stg_tmm__renglones') }}
    group by {{ recorta('unidad_medida') }}
),

impresas as (
    select
        {{ normaliza('impresa') }} as texto,
        impresa,
        veces
    from escritas
),

-- What the reader did not add up: what is called a ratio is one, whether the catalogue knows it or not.
razones as (
    select distinct {{ normaliza('renglones.unidad_medida') }} as texto
    from {{ ref('stg_tmm__elegidas') }} as elegidas
    inner join {{ ref('stg_tmm__renglones') }} as renglones
        on
            elegidas.extracto_id = renglones.extracto_id
            and elegidas.linea = renglones.linea
    where elegidas.es_razon
),

catalogo as (
    select * from {{ ref('unidades_medida') }}
),

formas as (
    select
        unidad_medida_nombre,
        es_razon,
        {{ despliega(partido("(coalesce(alias, '') || '|' || unidad_medida_nombre)", '|')) }} as forma
    from catalogo
),

escrituras as (
    select distinct
        unidad_medida_nombre,
        es_razon,
        {{ normaliza('forma') }} as texto
    from formas
    where {{ normaliza('forma') }} != ''
),

distintas as (
    select
        texto,
        max(impresa) as impresa,
        {{ une_textos('impresa', ' | ', 'impresa') }} as escrituras,
        sum(veces) as veces
    from impresas
    group by texto
),

-- How alike each printed measure is to each spelling of the catalogue, 1 is equal.
parecidos as (
    select
        distintas.texto,
        escrituras.unidad_medida_nombre,
        escrituras.es_razon,
        1 - levenshtein(distintas.texto, escrituras.texto)
        / greatest(length(distintas.texto), length(escrituras.texto)) as puntaje
    from distintas
    inner join escrituras
        on abs(length(distintas.texto) - length(escrituras.texto)) <= 3
    where distintas.texto != ''
),

-- Four letters in five alike: REUNONES is Reuniones, but EVENTO is not EXPEDIENTE.
mejores as (
    select * from parecidos
    where puntaje >= 0.8
    qualify row_number() over (partition by texto order by puntaje desc, unidad_medida_nombre asc) = 1
)

select
    distintas.texto,
    distintas.impresa,
    distintas.escrituras,
    distintas.veces,
    coalesce(mejores.es_razon, razones.texto is not null) as es_razon,
    case
        when distintas.texto = '' then '(sin unidad de medida)'
        else coalesce(mejores.unidad_medida_nombre, distintas.impresa)
    end as unidad_medida_nombre,
    case
        when distintas.texto = '' then 'desconocida'
        when mejores.unidad_medida_nombre is null then 'impresa'
        else 'catalogo'
    end as origen,
    coalesce(mejores.puntaje, 0) as puntaje
from distintas
left join mejores
    on distintas.texto = mejores.texto
left join razones
    on distintas.texto = razones.texto
