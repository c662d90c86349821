import { isDue, type Inbox, type InboxOptions } from './inbox';

/** What is needed of a client of `pg`. */
export interface SqlClient {
  query(text: string, values?: unknown[]): Promise<{ readonly rows: readonly unknown[] }>;
}

/** What is needed of a pool of `pg`. */
export interface SqlPool<Client extends SqlClient> extends SqlClient {
  connect(): Promise<Client & { release(error?: Error | boolean): void }>;
}

export interface PostgresInboxOptions extends InboxOptions {
  /** The table, in the schema where your own data is; `cartage_inbox` unless told. */
  readonly table?: string;
}

export interface PostgresInbox<Client extends SqlClient> extends Inbox<Client> {
  /** Makes the table, if it is not there yet. */
  create(): Promise<void>;
}

const NAME = /^[a-z_][a-z0-9_]{0,62}(\.[a-z_][a-z0-9_]{0,62})?$/;

const requireName = (table: string): string => {
  if (NAME.test(table)) return table;
  throw new RangeError(
    `table: ${table} is no name of a table; take small letters, digits and _, as in cartage_inbox or shop.cartage_inbox.`,
  );
};

const inTransaction = async <Client extends SqlClient, Result>(
  pool: SqlPool<Client>,
  work: (client: Client) => Promise<Result>,
): Promise<Result> => {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query('begin');
    const result = await work(client);
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch((lost: Error) => (broken = lost));
    throw error;
  } finally {
    client.release(broken);
  }
};

/**
 * In the database where your own data is, so that what a handler writes by its client and the number of the event are there both or neither. A handler gets the client
 * of its transaction; `postgresInbox<PoolClient>(pool)` has it with all that `pg` says of it.
 */
export const postgresInbox = <Client extends SqlClient = SqlClient>(
  pool: SqlPool<Client>,
  { table = 'cartage_inbox', ...options }: PostgresInboxOptions = {},
): PostgresInbox<Client> => {
  const name = requireName(table);
  // A row that is there already is locked by it, too: of one subject one at a time.
  const lastTaken = `insert into ${name} as inbox (subscriber, topic, subject, sequence) values ($1, $2, $3, 0)
    on conflict (subscriber, topic, subject) do update set sequence = inbox.sequence returning sequence::float8`;
  const remember = `update ${name} set sequence = $4, taken_at = now() where subscriber = $1 and topic = $2 and subject = $3`;
  return {
    create: async () => {
      await pool.query(`create table if not exists ${name} (
        subscriber text not null, topic text not null, subject text not null, sequence bigint not null,
        taken_at timestamptz not null default now(), primary key (subscriber, topic, subject))`);
    },
    take: (subscriber, counted, handle) =>
      inTransaction(pool, async (client) => {
        const of = [subscriber, counted.topic, counted.subject];
        const [row] = (await client.query(lastTaken, of)).rows as readonly { readonly sequence: number }[];
        if (!isDue(row?.sequence ?? 0, counted, options)) return 'repeat';
        await handle(client);
        await client.query(remember, [...of, counted.sequence]);
        return 'taken';
      }),
  };
};
