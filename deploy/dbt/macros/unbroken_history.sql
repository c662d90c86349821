{# Of each thing one version holds at any instant: the first begins at the beginning, each ends where the next begins, and the last holds now. #}
{% test unbroken_history(model, key) %}
select * from (
  select {{ key }}, valid_from, valid_to, is_current,
    lag(valid_to, 1, '0001-01-01T00:00:00Z') over w as ended, lead(valid_from, 1, '9999-12-31T00:00:00Z') over w as begins,
    lead(valid_from) over w is null as is_last
  from {{ model }}
  window w as (partition by {{ key }} order by revision nulls first)
) as version
where valid_from <> ended or valid_to <> begins or valid_to < valid_from or is_current <> is_last
{% endtest %}
