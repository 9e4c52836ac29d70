-- Words of a línea's printed name that stand in the name of no other línea: CIUDADANO, where another one has CUIDADO.
with impresas as (
    select * from {{ ref('int_lineas_impresas') }}
),

palabras as (
    select
        ente_codigo,
        plan,
        linea_accion_codigo,
        texto,
        {{ despliega(partido('texto', ' ')) }} as palabra
    from impresas
),

conocidas as (
    select
        ente_codigo,
        palabra,
        count(distinct plan || ' ' || linea_accion_codigo) as lineas
    from palabras
    group by ente_codigo, palabra
)

select
    palabras.ente_codigo,
    palabras.plan,
    palabras.linea_accion_codigo,
    palabras.texto,
    count(*) filter (where conocidas.lineas = 1) as palabras_solas
from palabras
inner join conocidas
    on
        palabras.ente_codigo = conocidas.ente_codigo
        and palabras.palabra = conocidas.palabra
group by palabras.ente_codigo, palabras.plan, palabras.linea_accion_codigo, palabras.texto
