select sold_on, channel, country from {{ ref('daily_sales') }} group by sold_on, channel, country having count(*) > 1
