{# Fails with the key values that are null or stand more than once. #}
{% test llave_unica(model, columnas) %}
select
    {{ columnas | join(', ') }},
    count(*) as veces
from {{ model }}
group by {{ columnas | join(', ') }}
having count(*) > 1 or {{ columnas | join(' is null or ') }} is null
{% endtest %}
