with known as (
  select customer_key, sold_in, currency, total from {{ ref('sales_order') }} where customer_key is not null and not is_cancelled
),
cohort as (select customer_key, min(sold_in) as first_month from known group by customer_key)
select
  c.first_month,
  (extract(year from age(k.sold_in, c.first_month)) * 12 + extract(month from age(k.sold_in, c.first_month)))::integer as months_later,
  count(distinct k.customer_key) as customers,
  count(*) as orders,
  k.currency,
  coalesce(sum(k.total), 0)::bigint as total
from known k
join cohort c using (customer_key)
group by 1, 2, k.currency
