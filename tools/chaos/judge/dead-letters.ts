import { escapeIdentifier as quoted, type Pool } from 'pg';

export interface Letter {
  readonly service: string;
  readonly group: string;
  readonly type: string;
  readonly error: string;
}

/** What listeners could not take, with every service, and is not settled. */
export const deadLettersIn = async (pool: Pool): Promise<readonly Letter[]> => {
  const { rows: schemas } = await pool.query<{ schema: string }>(
    `select schemaname as schema from pg_tables where tablename = 'dead_letter' order by schemaname collate "C"`,
  );
  const found: Letter[] = [];
  for (const { schema } of schemas) {
    const { rows } = await pool.query<Letter>(
      `select $1::text as service, group_name as "group", event_type as type, error from ${quoted(schema)}.dead_letter
       where state <> 'dropped' order by id`,
      [schema],
    );
    found.push(...rows);
  }
  return found;
};

/** How many events stand in the logs of all services: any of them may be one that a listener could not take. */
export const eventsIn = async (pool: Pool): Promise<number> => {
  const { rows: schemas } = await pool.query<{ schema: string }>(
    `select schemaname as schema from pg_tables where tablename = 'events' order by schemaname collate "C"`,
  );
  let events = 0;
  for (const { schema } of schemas) {
    const { rows } = await pool.query<{ count: number }>(`select count(*)::int as count from ${quoted(schema)}.events`);
    events += rows[0]?.count ?? 0;
  }
  return events;
};

/** What a server says that is going down, away, coming up, or has no room: a cause that the run injected. */
const injected =
  /ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|[Cc]onnection terminated|connection timeout|timeout exceeded|terminating connection|the database system is|No space left|could not extend file|could not write|Query read timeout/;

export const isInjected = ({ error }: Letter): boolean => injected.test(error);

export const lineOf = ({ service, group, type, error }: Letter): string =>
  `${service}: ${group} could not take ${type}: ${error.split('\n')[0]}`;

/** Those that the faults of the run do not explain. What waits behind a letter of its key has no error of its own. */
export const unexplained = (letters: readonly Letter[]): readonly Letter[] => {
  const explained = new Set(letters.filter(isInjected).map(({ service, group }) => `${service} ${group}`));
  return letters.filter((letter) => !isInjected(letter) && !(letter.error === '' && explained.has(`${letter.service} ${letter.group}`)));
};
