-- Each customer who ever bought is counted once in the month in which he did so first.
select 1
where (select coalesce(sum(customers), 0) from {{ ref('customer_cohorts') }} where months_later = 0)
  <> (select count(distinct customer_key) from {{ ref('sales_order') }} where customer_key is not null and not is_cancelled)
