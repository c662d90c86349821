import type { AnyService } from '@cartage/service-kit';
import { SimulatedDatabase } from './database';
import { prepare } from './machine';
import { rowsOf } from './rows';

const AT_ONCE = { later: (run: () => void) => void process.nextTick(run), passing: () => undefined, committed: () => undefined };

interface Table {
  readonly name: string;
  /** Rows that migrations put there. */
  readonly kept: boolean;
}

/** A database with the tables of all services, and a way to have it as new. */
export interface FreshDatabase {
  readonly database: SimulatedDatabase;
  readonly renew: () => void;
}

export const freshDatabase = async (services: readonly AnyService[]): Promise<FreshDatabase> => {
  const database = await SimulatedDatabase.open(AT_ONCE);
  for (const service of services) await prepare(database, service);
  const schemas = services.map(({ schema }) => `'${schema}'`).join(', ');
  const names = rowsOf(
    database.run(`select format('%I.%I', schemaname, tablename) from pg_tables where schemaname in (${schemas}) order by 1`),
  );
  const tables = names.map(([name]): Table => {
    const table = name ?? '';
    const kept = rowsOf(database.run(`select 1 from ${table} limit 1`)).length > 0;
    if (kept) database.run(`create table public.kept_${table.replace('.', '_')} as select * from ${table}`);
    return { name: table, kept };
  });
  return { database, renew: () => renew(database, tables) };
};

const renew = (database: SimulatedDatabase, tables: readonly Table[]): void => {
  database.wire = AT_ONCE;
  database.renew();
  const used = tables.filter(({ name }) => rowsOf(database.run(`select 1 from ${name} limit 1`)).length > 0);
  const answers = [
    ...(used.length > 0 ? [database.run(`truncate ${used.map(({ name }) => name).join(', ')} restart identity cascade`)] : []),
    ...tables
      .filter(({ kept }) => kept)
      .map(({ name }) => database.run(`insert into ${name} select * from public.kept_${name.replace('.', '_')}`)),
  ];
  for (const answer of answers) rowsOf(answer);
};
