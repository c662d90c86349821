import type { Sealed } from '@cartage/contracts';
import { canonicalJson, coalescing, Refused } from '@cartage/eventsourcing';
import { inTransaction } from '@cartage/postgres';
import { isoTime, type Sql } from '@cartage/views';
import type { Pool, PoolClient } from 'pg';
import type { KeptProvider, Provider, ProviderRegister, ProviderTerms } from '../../app/providers/provider';
import type { ProviderReferences } from '../../app/providers/provider-returns';

/** Of two secrets the older one proves, too, while the other side changes to the newer. */
const SECRETS_KEPT = 2;

const PROVIDERS = `
  select provider, adapter, endpoint, secrets, revision, ${isoTime('changed_at', 'US')} as "changedAt",
    (select coalesce(json_agg(channel order by channel), '[]') from provider_channel c where c.provider = p.provider) as channels
  from provider p`;
const WRITE = `
  insert into provider (provider, adapter, endpoint, secrets, revision, changed_at) values ($1, $2, $3, $4, 1, $5)
  on conflict (provider) do update set adapter = excluded.adapter, endpoint = excluded.endpoint, secrets = excluded.secrets,
    revision = provider.revision + 1, changed_at = excluded.changed_at`;
const LEAVE = 'delete from provider_channel where provider = $1 and channel <> all($2::text[])';
/** In one order everywhere, so that two providers who take the same channels never wait for each other. */
const HANDLE = `
  insert into provider_channel (channel, provider) select channel, $1 from unnest($2::text[]) as channel order by channel
  on conflict (channel) do update set provider = excluded.provider where provider_channel.provider = excluded.provider
  returning channel`;

type ProviderRow = Omit<KeptProvider, 'hasSecret' | 'endpoint'> & { readonly endpoint: string | null };

const providerOf = ({ endpoint, ...row }: ProviderRow): KeptProvider => ({
  ...{ ...row, hasSecret: row.secrets.length > 0 },
  ...(endpoint === null ? {} : { endpoint }),
});

const withoutSecrets = ({ secrets: _sealed, ...provider }: KeptProvider): Provider => provider;

const termsOf = ({ provider, adapter, endpoint, channels }: ProviderTerms): ProviderTerms => ({
  ...{ provider, adapter, channels: [...new Set(channels)].sort() },
  ...(endpoint === undefined ? {} : { endpoint }),
});

const find = async (sql: Pick<PoolClient, 'query'>, provider: string, lock = ''): Promise<KeptProvider | undefined> => {
  const { rows } = await sql.query<ProviderRow>(`${PROVIDERS} where provider = $1 ${lock}`, [provider]);
  return rows[0] && providerOf(rows[0]);
};

const requireAll = (channels: readonly string[], handled: ReadonlySet<string>): void => {
  const taken = channels.flatMap((channel, i) =>
    handled.has(channel)
      ? []
      : [
          {
            field: `channels[${i}]`,
            code: 'CHANNEL_TAKEN',
            message: `Another provider handles returns of ${channel}: take it from that one first.`,
          },
        ],
  );
  if (taken[0]) throw new Refused('CHANNEL_TAKEN', taken[0].message, 'conflict', taken);
};

const secretsWith = (before: readonly Sealed[] = [], secret?: Sealed): readonly Sealed[] =>
  [...(secret ? [secret] : []), ...before].slice(0, SECRETS_KEPT);

type Put = Parameters<ProviderRegister['put']>;

const put = async (client: PoolClient, [terms, secret, at]: Put): Promise<Provider> => {
  const before = await find(client, terms.provider, 'for update');
  const wanted = termsOf(terms);
  if (secret === undefined && before && canonicalJson(termsOf(before)) === canonicalJson(wanted)) return withoutSecrets(before);
  const { provider, adapter, endpoint, channels } = wanted;
  await client.query(WRITE, [provider, adapter, endpoint ?? null, JSON.stringify(secretsWith(before?.secrets, secret)), at]);
  await client.query(LEAVE, [provider, channels]);
  const { rows } = await client.query<{ channel: string }>(HANDLE, [provider, channels]);
  requireAll(terms.channels, new Set(rows.map(({ channel }) => channel)));
  const after = await find(client, provider);
  if (!after) throw new Error(`Provider ${provider} was written and is not there.`);
  return withoutSecrets(after);
};

/** Asked of every order: those who ask at once share one round trip. */
const handling = (pool: Pool): ProviderRegister['byChannel'] => {
  const shared = coalescing<undefined, ReadonlyMap<string, string>>(async (asking) => {
    const statement = { name: 'provider-by-channel', text: 'select channel, provider from provider_channel' };
    const { rows } = await pool.query<{ channel: string; provider: string }>(statement);
    const providers = new Map(rows.map(({ channel, provider }) => [channel, provider]));
    return asking.map(() => ({ ok: true, value: providers }));
  });
  return () => shared(undefined);
};

export const providerRegister = (pool: Pool): ProviderRegister => ({
  put: (...given) => inTransaction(pool, (client) => put(client, given)),
  find: (provider) => find(pool, provider),
  list: async () => (await pool.query<ProviderRow>(`${PROVIDERS} order by provider`)).rows.map((row) => withoutSecrets(providerOf(row))),
  byChannel: handling(pool),
});

export const providerReferences = (sql: Sql): ProviderReferences => ({
  keep: async (returnId, { provider, reference }) => {
    const statement = 'insert into provider_return (return_id, provider, reference) values ($1, $2, $3) on conflict do nothing';
    await sql.query(statement, [returnId, provider, reference]);
  },
  of: async (returnId) => {
    const { rows } = await sql.query<{ reference: string }>('select reference from provider_return where return_id = $1', [returnId]);
    return rows[0]?.reference;
  },
});

const ARRIVED = `
  select distinct order_id as "orderId" from delivery where $1::uuid is null or order_id > $1 order by order_id limit $2`;

/** Orders of which something has arrived, a part of them at a time. */
export const arrivedAfter =
  (sql: Sql) =>
  async (orderId: string | undefined, limit: number): Promise<readonly string[]> =>
    (await sql.query<{ orderId: string }>(ARRIVED, [orderId ?? null, limit])).rows.map((row) => row.orderId);
