{# A GTIN in 14 digits, whose last one follows from those before it: they weigh 3 and 1 in turn. #}
{% test gtin_of_14_digits(model, column_name) %}
select {{ column_name }} from {{ model }}
where {{ column_name }} is not null and (
  {{ column_name }} !~ '^[0-9]{14}$'
  or (select sum(digit::integer * case when place % 2 = 1 then 3 else 1 end) % 10
      from string_to_table({{ column_name }}, null) with ordinality as digits (digit, place)) <> 0
)
{% endtest %}
