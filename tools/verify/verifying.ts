import { setTimeout as pause } from 'node:timers/promises';
import { codeOf, messageOf } from '@cartage/eventsourcing';
import { connectionTo } from '@cartage/postgres';
import { Client } from 'pg';
import { Trouble } from '../client/client';
import { comparedBy, type Comparison, type Entry } from './comparing';
import { ledgers, type Ledger } from './ledgers';

/** What a service, or the reporting service itself, keeps its tables by. */
export type AddressOf = (service: string) => string;

export interface LedgerReport extends Comparison {
  readonly ledger: string;
}

export interface Verifying {
  readonly addressOf: AddressOf;
  /** Names of ledgers; all of them if there is none. */
  readonly only: readonly string[];
  /** What differs is looked at again for so long: what has just happened is on its way. */
  readonly patienceMs: number;
}

const AT_ONCE = 5_000;
const LOOK_AGAIN_MS = 1_000;

/** Row after row, in the order of ids, of one moment; `ids`: only of these. */
async function* entriesIn(url: string, sql: string, ids?: readonly string[]): AsyncGenerator<Entry> {
  const client = new Client(connectionTo(url, ''));
  await client.connect();
  try {
    await client.query('begin transaction read only');
    const which = ids === undefined ? '' : 'where id = any($1)';
    await client.query(
      `declare entries no scroll cursor for select id, figures from (${sql}) as side ${which} order by id collate "C"`,
      ids === undefined ? [] : [ids],
    );
    for (let more = true; more;) {
      const { rows } = await client.query<Entry>(`fetch ${AT_ONCE} from entries`);
      yield* rows;
      more = rows.length === AT_ONCE;
    }
  } finally {
    await client.end();
  }
}

const INSUFFICIENT_PRIVILEGE = '42501';

/** Where each service has a role of its own, one service's address may not look into the others. */
const asSaid = (error: unknown): unknown =>
  codeOf(error) === INSUFFICIENT_PRIVILEGE
    ? new Trouble(
        `DATABASE_URL may not read all tables (${messageOf(error)}). Come as who may, such as who made the roles (npm run roles).`,
        {
          cause: error,
        },
      )
    : error;

/** What differs at both of two looks, the second of them when there was time for it to come, does differ. */
const compare = async ({ service, theirs, ours }: Ledger, { addressOf, patienceMs }: Verifying): Promise<Comparison> => {
  const look = (ids?: readonly string[]): Promise<Comparison> =>
    comparedBy(entriesIn(addressOf(service), theirs, ids), entriesIn(addressOf('reporting'), ours, ids));
  const first = await look();
  let { differences, different } = first;
  for (let waited = 0; different.length > 0 && waited < patienceMs; waited += LOOK_AGAIN_MS) {
    await pause(LOOK_AGAIN_MS);
    ({ differences, different } = await look(different));
  }
  return { ...first, differences, different };
};

/** Compares the tables for analysts with the services' own, thing by thing. */
export const verify = async (verifying: Verifying): Promise<readonly LedgerReport[]> => {
  const reports: LedgerReport[] = [];
  for (const ledger of ledgers)
    if (verifying.only.length === 0 || verifying.only.includes(ledger.name))
      reports.push({
        ledger: ledger.name,
        ...(await compare(ledger, verifying).catch((error: unknown) => {
          throw asSaid(error);
        })),
      });
  return reports;
};
