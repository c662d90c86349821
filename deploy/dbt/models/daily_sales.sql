select
  sold_on,
  channel,
  coalesce(country, '--') as country,
  count(*) as orders,
  count(*) filter (where is_cancelled) as cancelled_orders,
  currency,
  coalesce(sum(total) filter (where not is_cancelled), 0)::bigint as total,
  count(*) filter (where total is null) as orders_without_rate
from {{ ref('sales_order') }}
group by sold_on, channel, coalesce(country, '--'), currency
