-- Under the category that each item had when it was sold, whatever it is in now.
select
  s.sold_in,
  coalesce(h.category, '--') as category,
  s.sold_currency as currency,
  sum(l.units - l.cancelled_units)::bigint as units,
  coalesce(sum(l.total) filter (where not s.is_cancelled), 0)::bigint as total
from {{ source('cartage', 'fact_order_line') }} l
join {{ ref('sales_order') }} s using (order_id)
join {{ source('cartage', 'fact_order') }} o using (order_id)
join {{ source('cartage', 'dim_product_history') }} h
  on h.product_key = l.product_key and o.placed_at >= h.valid_from and o.placed_at < h.valid_to
group by s.sold_in, coalesce(h.category, '--'), s.sold_currency
