-- Every sale of the star stands in one day, channel and country; and what is in the currency of the project already is the same to the cent.
with star as (
  select count(*) as orders, coalesce(sum(total) filter (where currency = '{{ var("currency") }}' and cancelled_at is null), 0) as total
  from {{ source('cartage', 'fact_order') }}
  where replaces_order_id is null and placed_at is not null
),
sales as (select coalesce(sum(orders), 0) as orders from {{ ref('daily_sales') }}),
own as (
  select coalesce(sum(total), 0) as total from {{ ref('sales_order') }} where sold_currency = '{{ var("currency") }}' and not is_cancelled
)
select star.orders, sales.orders as in_daily_sales, star.total, own.total as in_sales_order
from star, sales, own
where star.orders <> sales.orders or star.total <> own.total
