{# An amount in the currency of the project, at the rate of that day; null where no rate is kept. #}
{% macro in_one_currency(amount, currency, day) -%}
  {{ var('star') }}.amount_in({{ amount }}, {{ currency }}, '{{ var("currency") }}', {{ day }})
{%- endmacro %}
