import { Away, NO_MORE, Refused, type Clock } from '@cartage/eventsourcing';
import { CONNECTION, connectionTo } from '@cartage/postgres';
import { Client, type QueryArrayResult, type QueryConfig } from 'pg';
import type { Answering, OpenAnswer, Question, Row } from '../../app/reports/ports';
import type { ReportColumn } from '../../domain/reports/report';
import { typeOf } from './column-types';
import { requireHarmless } from './harmless';
import { isStopped, sqlFault, timedOut } from './sql-faults';

export interface AnsweringOptions {
  /** As whom the numbers are asked: somebody who may read their public names, and nothing else. */
  readonly url: string;
  /** Where the public names are. */
  readonly schema: string;
  readonly seconds: number;
  readonly clock: Clock;
}

const OPEN = 'declare report no scroll cursor for ';
/** So many bytes are fetched at once; rows are as many as that makes. */
const WANTED_BYTES = 1_000_000;
const [FIRST_ROWS, MOST_ROWS] = [500, 10_000];
/** One fetch that comes to more is cut off before it fills the memory. */
const MOST_BYTES = 64_000_000;

/** In the extended protocol also where nothing is bound: only there one statement is all that there may be. */
const declared = ({ sql, values }: Question): QueryConfig<string[]> & { readonly queryMode: 'extended' } => ({
  ...{ text: `${OPEN}${sql}`, values: [...values] },
  queryMode: 'extended',
});

/** Everything is text, as Postgres writes it: ISO 8601, UTC. */
const asText = { getTypeParser: () => (value: string) => value };

const sessionOf = ({ schema, seconds }: AnsweringOptions): string =>
  Object.entries({
    search_path: schema,
    default_transaction_read_only: 'on',
    statement_timeout: String(seconds * 1_000),
    lock_timeout: '5000',
    // A store may be slow to take what was fetched.
    idle_in_transaction_session_timeout: '300000',
    client_connection_check_interval: '5000',
    work_mem: '32768',
    max_parallel_workers_per_gather: '0',
    TimeZone: 'UTC',
    DateStyle: 'ISO',
    IntervalStyle: 'iso_8601',
  })
    .map(([name, value]) => `-c ${name}=${value}`)
    .join(' ');

const clientFor = (options: AnsweringOptions): Client => {
  const client = new Client({
    ...connectionTo(options.url, sessionOf(options)),
    application_name: 'cartage report',
    types: asText,
    ...CONNECTION,
  });
  // Whatever happens to the connection, the statement in hand fails with it; unheard, the event would end the process.
  client.on('error', () => undefined);
  return client;
};

/** One answer, read through a cursor in one transaction that only reads. */
class PostgresAnswer implements OpenAnswer {
  columns: readonly ReportColumn[] = [];
  private rowsAtOnce = FIRST_ROWS;
  private received = 0;
  private tooMuch = false;
  private late = false;
  private pid = 0;
  private readonly closing = new AbortController();

  constructor(
    private readonly client: Client,
    private readonly question: Question,
    private readonly options: AnsweringOptions,
  ) {}

  async open(signal: AbortSignal): Promise<void> {
    await this.connect();
    this.watch(signal);
    await this.guarded(async () => {
      await this.client.query('begin transaction isolation level repeatable read read only');
      this.pid = await requireHarmless(this.client, this.options.schema);
      await this.client.query(declared(this.question));
      const { fields } = await this.fetch(0);
      this.columns = fields.map(({ name, dataTypeID, dataTypeModifier }) => ({ name, type: typeOf(dataTypeID, dataTypeModifier) }));
    });
  }

  next(): Promise<readonly Row[]> {
    return this.guarded(async () => {
      const before = this.received;
      const { rows } = await this.fetch(this.rowsAtOnce);
      const each = (this.received - before) / Math.max(1, rows.length);
      this.rowsAtOnce = Math.max(1, Math.min(MOST_ROWS, this.rowsAtOnce * 4, Math.floor(WANTED_BYTES / Math.max(1, each))));
      return rows;
    });
  }

  async close(): Promise<void> {
    this.closing.abort(NO_MORE);
    await this.client.end().catch(() => undefined);
  }

  private async connect(): Promise<void> {
    try {
      await this.client.connect();
    } catch (error) {
      throw new Away('Reports cannot be asked: REPORTS_DATABASE_URL does not let us in.', { cause: error });
    }
  }

  private fetch(rows: number): Promise<QueryArrayResult<(string | null)[]>> {
    return this.client.query<(string | null)[]>({ text: `fetch forward ${rows} from report`, rowMode: 'array' });
  }

  /** The SQL could lift the server’s limits for its session, so they are watched from outside, too. */
  private watch(signal: AbortSignal): void {
    const { stream } = this.client.connection;
    let begun = 0;
    stream.on('data', (bytes: Uint8Array) => {
      this.received += bytes.length;
      begun = this.fetching === this.begunAt ? begun + bytes.length : bytes.length;
      this.begunAt = this.fetching;
      if (begun > MOST_BYTES) this.cutOff(() => (this.tooMuch = true));
    });
    signal.addEventListener('abort', () => this.cutOff(() => undefined), { once: true });
    void this.options.clock.pause(this.options.seconds * 1_000, this.closing.signal).then(() => {
      if (!this.closing.signal.aborted) this.cutOff(() => (this.late = true));
    });
  }

  private fetching = 0;
  private begunAt = 0;

  private cutOff(note: () => void): void {
    if (this.closing.signal.aborted) return;
    note();
    this.client.connection.stream.destroy();
    void endBackend(this.options, this.pid);
  }

  private async guarded<Result>(work: () => Promise<Result>): Promise<Result> {
    this.fetching += 1;
    try {
      return await work();
    } catch (error) {
      if (this.tooMuch) throw new Refused('ROWS_TOO_LARGE', 'A row of it is too large for a file: select less of it.', 'invalid');
      if (this.late || isStopped(error)) throw timedOut(this.options.seconds);
      throw sqlFault(error, this.question.sql, OPEN.length) ?? error;
    }
  }
}

/** Who asked may end what he asked, and a server that is not told goes on with it. */
const endBackend = async (options: AnsweringOptions, pid: number): Promise<void> => {
  if (pid === 0) return;
  const client = clientFor(options);
  try {
    await client.connect();
    await client.query('select pg_terminate_backend($1)', [pid]);
  } catch {
    // It ends by itself when the server finds out that nobody listens.
  } finally {
    await client.end().catch(() => undefined);
  }
};

export const postgresAnswering = (options: AnsweringOptions): Answering => ({
  open: async (question, signal) => {
    const answer = new PostgresAnswer(clientFor(options), question, options);
    try {
      await answer.open(signal);
      return answer;
    } catch (error) {
      await answer.close();
      throw error;
    }
  },
});
