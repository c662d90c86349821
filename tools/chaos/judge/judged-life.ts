import { Pool } from 'pg';
import type { Report } from '../report';
import type { ShopLife } from '../shop-life';
import type { ChaosSystem } from '../system';
import { judge, type Verdict } from './judge';

const QUIET_WITHIN_MS = 180_000;

/** Where what it promised is written down. */
export interface JudgedSystem {
  readonly postgres: { readonly url: string };
  readonly kafka: { readonly brokers: readonly string[] };
}

/** What must hold of everything that this shop's customers were promised, once the system is quiet. */
export const judgedLife = async (system: JudgedSystem, { cartage, http, accepted }: ShopLife): Promise<Verdict> => {
  const pool = new Pool({ connectionString: system.postgres.url, max: 2 });
  try {
    return await judge({ cartage, http, pool, accepted, brokers: system.kafka.brokers, quietWithinMs: QUIET_WITHIN_MS });
  } finally {
    await pool.end();
  }
};

/** By replica: the exit codes of those that ended otherwise than by a kill. */
export const endsOf = ({ replicas }: ChaosSystem): Report['ends'] =>
  Object.fromEntries(replicas.filter(({ ends }) => ends.length > 0).map(({ name, ends }) => [name, ends]));
