import type { Sealed } from '@cartage/contracts';
import { canonicalJson, Refused } from '@cartage/eventsourcing';
import { inTransaction } from '@cartage/postgres';
import { isoTime } from '@cartage/views';
import type { Pool, PoolClient } from 'pg';
import type { KeptPartner, Partner, PartnerRegister, PartnerTerms, Serving } from '../../app/partners/partner';
import { together } from '../together';

/** Of two secrets the older one proves, too, while the other side changes to the newer. */
const SECRETS_KEPT = 2;

const PARTNERS = `
  select partner, kind, adapter, endpoint, labels, packing_slip as "packingSlip", delivered_after_days as "deliveredAfterDays", secrets, revision, ${isoTime('changed_at', 'US')} as "changedAt",
    (select coalesce(json_agg(location order by location), '[]') from partner_location l where l.partner = p.partner) as locations
  from partner p`;

const WRITE = `
  insert into partner (partner, kind, adapter, endpoint, labels, packing_slip, delivered_after_days, secrets, revision, changed_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8, 1, $9)
  on conflict (partner) do update set kind = excluded.kind, adapter = excluded.adapter, endpoint = excluded.endpoint, labels = excluded.labels,
    packing_slip = excluded.packing_slip, delivered_after_days = excluded.delivered_after_days, secrets = excluded.secrets, revision = partner.revision + 1, changed_at = excluded.changed_at`;
const LEAVE = 'delete from partner_location where partner = $1 and location <> all($2::text[])';
/** In one order everywhere, so that two partners who take the same locations never wait for each other. */
const SERVE = `
  insert into partner_location (location, partner) select location, $1 from unnest($2::text[]) as location order by location
  on conflict (location) do update set partner = excluded.partner where partner_location.partner = excluded.partner
  returning location`;

type Row = Omit<KeptPartner, 'hasSecret' | keyof Agreed> & { readonly [Field in keyof Agreed]: Exclude<Agreed[Field], undefined> | null };

/** What need not be agreed. */
type Agreed = Required<Pick<PartnerTerms, 'endpoint' | 'packingSlip' | 'deliveredAfterDays'>>;

const agreedIn = ({ endpoint, packingSlip, deliveredAfterDays }: Partial<Row>): Partial<Agreed> => ({
  ...(endpoint ? { endpoint } : {}),
  ...(packingSlip ? { packingSlip } : {}),
  ...(typeof deliveredAfterDays === 'number' ? { deliveredAfterDays } : {}),
});

const partnerOf = ({ endpoint, packingSlip, deliveredAfterDays, ...row }: Row): KeptPartner => ({
  ...{ ...row, hasSecret: row.secrets.length > 0 },
  ...agreedIn({ endpoint, packingSlip, deliveredAfterDays }),
});

const withoutSecrets = ({ secrets: _sealed, ...partner }: KeptPartner): Partner => partner;

const termsOf = ({ partner, kind, adapter, locations, labels, ...agreed }: PartnerTerms): PartnerTerms => ({
  ...{ partner, kind, adapter, labels, locations: [...new Set(locations)].sort() },
  ...agreedIn(agreed),
});

const find = async (client: Pick<PoolClient, 'query'>, partner: string, lock = ''): Promise<KeptPartner | undefined> => {
  const { rows } = await client.query<Row>(`${PARTNERS} where partner = $1 ${lock}`, [partner]);
  return rows[0] && partnerOf(rows[0]);
};

const requireAll = (locations: readonly string[], served: ReadonlySet<string>): void => {
  const taken = locations.flatMap((location, i) =>
    served.has(location)
      ? []
      : [
          {
            field: `locations[${i}]`,
            code: 'LOCATION_TAKEN',
            message: `${location} is served by another partner: take it from that one first.`,
          },
        ],
  );
  if (taken[0]) throw new Refused('LOCATION_TAKEN', taken[0].message, 'conflict', taken);
};

const secretsWith = (before: KeptPartner['secrets'] = [], secret?: Sealed): readonly Sealed[] =>
  [...(secret ? [secret] : []), ...before].slice(0, SECRETS_KEPT);

const isSame = (before: KeptPartner | undefined, wanted: PartnerTerms): before is KeptPartner =>
  before !== undefined && canonicalJson(termsOf(before)) === canonicalJson(wanted);

type Put = Parameters<PartnerRegister['put']>;

const put = async (client: PoolClient, [terms, secret, at]: Put): Promise<Partner> => {
  const before = await find(client, terms.partner, 'for update');
  const wanted = termsOf(terms);
  if (secret === undefined && isSame(before, wanted)) return withoutSecrets(before);
  const secrets = secretsWith(before?.secrets, secret);
  const { partner, kind, adapter, endpoint, labels, locations, packingSlip, deliveredAfterDays } = wanted;
  const agreed = [endpoint ?? null, labels, packingSlip ? JSON.stringify(packingSlip) : null, deliveredAfterDays ?? null];
  await client.query(WRITE, [partner, kind, adapter, ...agreed, JSON.stringify(secrets), at]);
  await client.query(LEAVE, [partner, locations]);
  const { rows } = await client.query<{ location: string }>(SERVE, [partner, locations]);
  requireAll(terms.locations, new Set(rows.map(({ location }) => location)));
  const after = await find(client, partner);
  if (!after) throw new Error(`Partner ${partner} was written and is not there.`);
  return withoutSecrets(after);
};

const whoServes =
  (pool: Pool) =>
  async (locations: readonly string[]): Promise<readonly (Serving | undefined)[]> => {
    const { rows } = await pool.query<Serving & { readonly location: string }>({
      ...{
        name: 'partner-at',
        text: 'select location, partner, kind from partner_location join partner using (partner) where location = any($1::text[])',
      },
      values: [[...new Set(locations)]],
    });
    const partners = new Map(rows.map(({ location, ...serving }) => [location, serving]));
    return locations.map((location) => partners.get(location));
  };

export const partnerRegister = (pool: Pool): PartnerRegister => ({
  put: (...told) => inTransaction(pool, (client) => put(client, told)),
  find: (partner) => find(pool, partner),
  list: async () => (await pool.query<Row>(`${PARTNERS} order by partner`)).rows.map((row) => withoutSecrets(partnerOf(row))),
  at: together(whoServes(pool)),
});
