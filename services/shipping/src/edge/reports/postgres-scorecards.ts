import { tableOf, type Sql } from '@cartage/views';
import type { Scorecard, ScorecardFilter, ScorecardGroup, ScorecardPeriod, ScorecardShelf } from '../../app/scorecards';
import { auditFinding } from '../../app/views/audit-finding';
import { carrierInvoiceLine } from '../../app/views/carrier-invoice-line';
import { carrierParcel } from '../../app/views/carrier-parcel';
import { carrierClaim } from '../../app/views/claims';

/** Which columns tell one group from another; the others are empty. */
const columns = {
  carrier: 'p.carrier',
  service: 'p.service',
  location: 'p.location',
  originCountry: 'o.country',
  country: 'p.country',
  postalArea: 'p.postal_area',
} as const;
type Column = keyof typeof columns;

const groups: { readonly [By in ScorecardGroup]: readonly Column[] } = {
  carrier: ['carrier'],
  service: ['carrier', 'service'],
  lane: ['carrier', 'service', 'location', 'originCountry', 'country'],
  countries: ['carrier', 'service', 'originCountry', 'country'],
  area: ['carrier', 'service', 'location', 'originCountry', 'country', 'postalArea'],
};

const periods: { readonly [Each in ScorecardPeriod]: string } = {
  whole: `''`,
  week: `to_char(date_trunc('week', p.dispatched_at at time zone 'utc'), 'YYYY-MM-DD')`,
  month: `to_char(date_trunc('month', p.dispatched_at at time zone 'utc'), 'YYYY-MM-DD')`,
};

const names = [...(Object.keys(columns) as Column[]), 'period'];
const keys = names.map((name) => `"${name}"`).join(', ');

const dimensions = (by: ScorecardGroup, each: ScorecardPeriod): string =>
  [
    ...(Object.keys(columns) as Column[]).map(
      (name) => `${groups[by].includes(name) ? `coalesce(${columns[name]}, '')` : `''`} as "${name}"`,
    ),
    `${periods[each]} as period`,
  ].join(', ');

const day = (time: string): string => `(${time} at time zone 'utc')::date`;
const count = (which: string): string => `count(*) filter (where ${which})::int`;
const percent = (part: string, whole: string): string =>
  `round(100.0 * count(*) filter (where ${part}) / nullif(count(*) filter (where ${whole}), 0), 1)::float8`;
const within = (share: number): string => `round((percentile_cont(${share}) within group (order by transit_days))::numeric, 1)::float8`;

/** What an outcome is known of: it is there, or it should be. */
const promiseDue = `promised_at is not null and (delivered_at is not null or promised_at < $3)`;
const transitDue = `quoted_days is not null and (delivered_at is not null or arrives_on < ${day('$3::timestamptz')})`;

const figures = `count(*)::int as parcels, ${count('delivered_at is not null')} as delivered,
  ${count(promiseDue)} as "promiseDue", ${percent('delivered_at <= promised_at', promiseDue)} as "onTimePercent",
  ${count(transitDue)} as "transitDue", ${percent(`${day('delivered_at')} <= arrives_on`, transitDue)} as "onTransitPercent",
  ${within(0.5)} as "transitDaysP50", ${within(0.9)} as "transitDaysP90",
  ${percent('delivered_at is not null and failed_attempts = 0', 'delivered_at is not null or failed_attempts > 0')} as "firstAttemptPercent",
  ${count('failed_attempts > 0')} as "notDelivered", ${count('went_back')} as returned, ${count('lost')} as lost,
  ${count(`damaged or claim_reason = 'damaged'`)} as damaged, ${count('stuck')} as stuck,
  ${count('claim_reason is not null')} as claims, ${count('accepted > 0')} as "claimsWon",
  ${count('billed')} as billed, ${percent('billed and otherwise', 'billed')} as "billedOtherwisePercent"`;

/** What was quoted in another currency is no measure of what it cost. */
const isQuoted = `quoted is not null and quote_currency = currency`;
const costs = `select ${keys}, currency, count(*)::int as parcels, sum(cost) as cost, sum(weight_grams) as grams,
    ${count(isQuoted)} as "quotedParcels", coalesce(sum(quoted) filter (where ${isQuoted}), 0) as quoted,
    coalesce(sum(cost) filter (where ${isQuoted}), 0) as sold
  from parcel where cost is not null group by ${keys}, currency`;
const costsShown = `select ${keys}, json_agg(json_build_object('currency', currency, 'parcels', parcels, 'cost', cost, 'perParcel', round(cost / parcels),
    'perKg', round(cost * 1000 / nullif(grams, 0)), 'quotedParcels', "quotedParcels", 'quoted', quoted,
    'overQuotePercent', round(100.0 * (sold - quoted) / nullif(quoted, 0), 1)) order by parcels desc, currency) as costs
  from cost group by ${keys}`;

/** What was let pass is as it should be, and what later facts explained is none. */
const isFound = `f.bill_id = p.label_id and f.status not in ('tolerated', 'withdrawn') and f.kind <> 'not-billed'`;

/** What was found is of the label, whatever the number of its parcels. */
const otherwise = `select ${keys}, f.currency, count(distinct p.label_id)::int as labels, sum(f.amount) as amount, sum(f.credited) as credited
  from (select distinct label_id, ${keys} from parcel where otherwise) p join (select bill_id, kind, status, currency, amount, credited from ${tableOf(auditFinding)}) f on ${isFound} group by ${keys}, f.currency`;
const otherwiseShown = `select ${keys}, json_agg(json_build_object('currency', currency, 'labels', labels, 'amount', amount, 'credited', credited)
  order by labels desc, currency) as found from otherwise group by ${keys}`;

const usual = `coalesce(l.usual_seconds, $4)`;
const queryOf = ({ by, each }: Pick<ScorecardFilter, 'by' | 'each'>): string => `
  with parcel as (
    select ${dimensions(by, each)}, p.dispatched_at, p.delivered_at, p.promised_at, p.quoted_days, p.failed_attempts, p.damaged, p.lost, p.went_back,
      p.currency, p.cost, p.quote_currency, p.quoted, p.weight_grams, c.reason as claim_reason, c.accepted,
      extract(epoch from p.delivered_at - p.dispatched_at) / 86400 as transit_days,
      ${day('p.dispatched_at')} + p.quoted_days as arrives_on,
      p.delivered_at is null and not p.lost and not p.went_back and extract(epoch from $3 - p.dispatched_at) > ${usual} as stuck,
      p.label_id, exists (select from ${tableOf(carrierInvoiceLine)} l where l.bill_id = p.label_id) as billed,
      exists (select from ${tableOf(auditFinding)} f where ${isFound}) as otherwise
    from ${tableOf(carrierParcel)} p
    left join location o on o.location = p.location
    left join lane l on l.location = p.location and l.country = coalesce(p.country, '') and l.carrier = p.carrier and l.service = p.service
    left join ${tableOf(carrierClaim)} c on c.shipment_id = p.shipment_id and c.parcel_id = p.parcel_id
    where p.dispatched_at >= $1 and p.dispatched_at < $2
      and ($5::text is null or p.carrier = $5) and ($6::text is null or p.service = $6)
      and ($7::text is null or p.location = $7) and ($8::text is null or p.country = $8)
  ),
  figure as (select ${keys}, ${figures} from parcel group by ${keys}),
  cost as (${costs}),
  costs as (${costsShown}),
  otherwise as (${otherwise}),
  found as (${otherwiseShown})
  select figure.*, coalesce(costs.costs, '[]') as costs, coalesce(found.found, '[]') as "billedOtherwise"
  from figure left join costs using (${keys}) left join found using (${keys})
  order by parcels desc, ${keys} limit $9`;

type Row = Omit<Scorecard, Column | 'period'> & { readonly [Name in Column | 'period']: string };

/** Of a group what it is looked at by, and nothing else. */
const scorecardOf = ({ carrier, service, location, originCountry, country, postalArea, period, ...figure }: Row): Scorecard => ({
  carrier,
  service: service || null,
  location: location || null,
  originCountry: originCountry || null,
  country: country || null,
  postalArea: postalArea || null,
  period: period || null,
  ...figure,
});

export const scorecardShelf = (sql: Sql, stuckDays: number): ScorecardShelf => ({
  scorecards: async ({ from, to, carrier, service, location, country, ...grouped }, limit, now) => {
    const narrower = [carrier, service, location, country].map((value) => value ?? null);
    const { rows } = await sql.query<Row>(queryOf(grouped), [from, to, now, stuckDays * 86_400, ...narrower, limit]);
    return rows.map(scorecardOf);
  },
});
