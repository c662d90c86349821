import { migrate } from '@cartage/postgres';
import type { Pool } from 'pg';
import type { Attestation, Stretch } from '../attestation/attestation';
import type { AttestedLog, Unattested } from '../attestation/attesting';
import type { ArchiveFiles } from '../archive/files';
import { Archive } from './archive';

const TABLE = `
  create table if not exists log_attestation (
    first bigint primary key check (first > 0),
    last bigint not null check (last >= first),
    log text not null,
    digest text not null,
    previous text not null,
    attested_at timestamptz not null,
    key text not null,
    signature text not null
  );
  comment on table log_attestation is 'Signed checkpoints of the log, each linked to the one before: who changes an event that is attested breaks one.';
  comment on column log_attestation.first is 'Position of the first event under the attestation.';
  comment on column log_attestation.last is 'Position of the last.';
  comment on column log_attestation.log is 'The schema of the log.';
  comment on column log_attestation.digest is 'SHA-256 over the SHA-256 of each of its events, in hex (docs/how-to/prove-the-log.md says of what).';
  comment on column log_attestation.previous is 'SHA-256 of what the attestation before says, in hex; zeros in the first.';
  comment on column log_attestation.attested_at is 'When it was signed.';
  comment on column log_attestation.key is 'Names the key that signed.';
  comment on column log_attestation.signature is 'Ed25519, in base64.';
`;

/** Makes the table of attestations in the schema that the pool's search path names first. */
export const migrateAttestations = (pool: Pool): Promise<void> => migrate(pool, 'attestations', TABLE);

/**
 * The SHA-256 of one event: of its position, version, sequence, id and the milliseconds since 1970 of its writing, parted by `|`, and of stream, type, data and
 * meta, each after its length in bytes and a colon. Whatever stands in a text, two different events give two different lines.
 */
const EVENT_HASH = `sha256(convert_to(concat(
  position, '|', version, '|', sequence, '|', id, '|', (extract(epoch from recorded_at) * 1000)::bigint, '|',
  octet_length(stream), ':', stream, octet_length(type), ':', type,
  octet_length(data::text), ':', data::text, octet_length(meta::text), ':', meta::text), 'UTF8'))`;

const stretchFrom = (events: string): string => `
  select count(*)::integer as events, min(position)::float8 as first, max(position)::float8 as last,
    encode(sha256(string_agg(${EVENT_HASH}, ''::bytea order by position)), 'hex') as digest
  from (${events}) e`;

const AFTER = stretchFrom('select * from events where position > $1 order by position limit $2');
const BETWEEN = stretchFrom('select * from events where position between $1 and $2');

const ATTESTATIONS = `select first::float8, last::float8, log, digest, previous, attested_at as "attestedAt", key, signature from log_attestation`;

const KEEP = `
  insert into log_attestation (first, last, log, digest, previous, attested_at, key, signature) values ($1, $2, $3, $4, $5, $6, $7, $8)
  on conflict do nothing`;

const UNATTESTED = `
  with attested as (select coalesce(max(last), 0) as upto from log_attestation)
  select coalesce((select max(position) from events), 0)::float8 - upto as events,
    (select recorded_at from events where position > upto order by position limit 1) as since
  from attested`;

interface StretchRow {
  readonly events: number;
  readonly first: number | null;
  readonly last: number | null;
  readonly digest: string | null;
}

type AttestationRow = Omit<Attestation, 'attestedAt'> & { readonly attestedAt: Date };

const attestationOf = ({ attestedAt, ...row }: AttestationRow): Attestation => ({ ...row, attestedAt: attestedAt.toISOString() });

const stretchIn = (row: StretchRow | undefined): (Stretch & { readonly events: number }) | undefined =>
  row?.first == null || row.last === null || row.digest === null
    ? undefined
    : { events: row.events, first: row.first, last: row.last, digest: row.digest };

/**
 * The log in the schema that the pool's search path names first, with the table of `migrateAttestations`. Postgres hashes: no event leaves it for that. What is
 * in the archive is hashed out of its files.
 */
export const attestedLogIn = (pool: Pool, name: string, files?: ArchiveFiles): AttestedLog => {
  const archive = new Archive(files);
  const attestations = async (rest: string, values: readonly unknown[]): Promise<readonly Attestation[]> =>
    (await pool.query<AttestationRow>(`${ATTESTATIONS} ${rest}`, [...values])).rows.map(attestationOf);
  const stretch = async (text: string, values: readonly number[]) => stretchIn((await pool.query<StretchRow>(text, [...values])).rows[0]);
  return {
    name,
    latest: async () => (await attestations('order by first desc limit 1', []))[0],
    attestationsAfter: (position, limit) => attestations('where first > $1 order by first limit $2', [position, limit]),
    stretchAfter: async (position, most) => {
      const found = await stretch(AFTER, [position, most]);
      return found && { first: found.first, last: found.last, digest: found.digest };
    },
    stretchOf: async (first, last) =>
      (await archive.has(pool, last)) ? archive.stretch(pool, first, last) : stretch(BETWEEN, [first, last]),
    keep: async ({ first, last, log, digest, previous, attestedAt, key, signature }) => {
      const { rowCount } = await pool.query(KEEP, [first, last, log, digest, previous, attestedAt, key, signature]);
      return rowCount === 1;
    },
    unattested: async (): Promise<Unattested> => {
      const [row] = (await pool.query<{ readonly events: number; readonly since: Date | null }>(UNATTESTED)).rows;
      return { events: row?.events ?? 0, ...(row?.since ? { since: row.since.toISOString() } : {}) };
    },
  };
};
