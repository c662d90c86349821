/** Where an order was placed, and on which day; orders of which only other services have told are not counted. */
export const placed = `fact_order o join dim_date d on d.date_key = o.placed_date_key join dim_channel ch on ch.channel_key = o.channel_key`;

/** The first day of the UTC month of an instant. */
export const monthOf = (at: string): string => `date_trunc('month', ${at} at time zone 'UTC')::date`;

export const dayOf = (at: string): string => `(${at} at time zone 'UTC')::date`;

/** What so many units of a line are worth, as payments charge them: all portions of a line add up to its total. */
export const worthOf = (units: string): string => `round(l.total * least(greatest(${units}, 0), l.units)::numeric / nullif(l.units, 0))`;

/** A part of a whole, from 0 to 1; null where there is no whole. */
export const shareOf = (part: string, whole: string): string => `round(${part}::numeric / nullif(${whole}, 0), 4)`;

/** Half of them are at most so much, or another part of them. */
export const percentile = (part: number, of: string): string =>
  `round((percentile_cont(${part}) within group (order by ${of}))::numeric, 2)`;

export const daysBetween = (from: string, to: string): string => `extract(epoch from ${to} - ${from}) / 86400`;
