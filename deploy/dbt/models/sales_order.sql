-- Goods that are sent again, or exchanged, were sold before.
select
  o.order_id,
  d.date as sold_on,
  date_trunc('month', d.date)::date as sold_in,
  c.channel,
  o.country,
  o.customer_key,
  o.currency as sold_currency,
  o.total as sold_total,
  '{{ var("currency") }}' as currency,
  {{ in_one_currency('o.total', 'o.currency', 'd.date') }} as total,
  o.cancelled_at is not null as is_cancelled
from {{ source('cartage', 'fact_order') }} o
join {{ source('cartage', 'dim_date') }} d on d.date_key = o.placed_date_key
join {{ source('cartage', 'dim_channel') }} c using (channel_key)
where o.replaces_order_id is null
