-- Every line of a sale finds exactly one version of its item.
with sold as (
  select l.total, l.units - l.cancelled_units as units, s.is_cancelled
  from {{ source('cartage', 'fact_order_line') }} l join {{ ref('sales_order') }} s using (order_id)
),
lines as (select coalesce(sum(units), 0) as units, coalesce(sum(total) filter (where not is_cancelled), 0) as total from sold),
models as (select coalesce(sum(units), 0) as units, coalesce(sum(total), 0) as total from {{ ref('category_sales') }})
select lines.units, models.units as in_category_sales, lines.total, models.total as in_category_sales_total
from lines, models
where lines.units <> models.units or lines.total <> models.total
