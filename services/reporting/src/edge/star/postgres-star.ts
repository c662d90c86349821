import { inTransaction } from '@cartage/postgres';
import { asJson, prepared } from '@cartage/views';
import type { Pool, PoolClient } from 'pg';
import type { Star, Extracted } from '../../app/star';
import { hear, subjectKey, type Counted, type Heard } from '../../domain/hearing';
import { mergedRows, withDimensions, type Rows } from '../../domain/merging';
import type { Row } from '../../domain/table';
import { surrogateOf } from './definition';
import { knownTexts, missingTexts, progressText, upsertText } from './statements';

/** What is lost when the server dies is delivered again, for the checkpoints of its groups come later: no need to wait for the disk. */
const settings = { synchronous_commit: 'off' };

type Event = Counted & Extracted;

const eventOf = (extracted: Extracted): Event => {
  const { topic, subject, sequence } = extracted.envelope;
  return { ...extracted, topic, subject, sequence };
};

const columnsOf = (events: readonly Counted[]): [string[], string[], number[]] => [
  events.map(({ topic }) => topic),
  events.map(({ subject }) => subject),
  events.map(({ sequence }) => sequence),
];

const sequenceKey = (event: Counted): string => `${subjectKey(event)} ${event.sequence}`;

/** One of each subject, in an order that is the same in every process. */
const subjectsOf = (events: readonly Counted[]): readonly Counted[] =>
  [...new Map(events.map((event) => [subjectKey(event), event]))]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([, event]) => event);

interface KnownRow {
  readonly topic: string;
  readonly subject: string;
  readonly sequence: string;
}

/** Things as facts name them become the keys of their dimensions. */
const withKeys = ({ table: { columns }, rows }: Rows): readonly Row[] => {
  const keys = Object.entries(columns).flatMap(([column, { dimension }]) => (dimension === undefined ? [] : [column]));
  return rows.map((row) => ({ ...row, ...Object.fromEntries(keys.map((column) => [column, surrogateOf(row[column])])) }));
};

/** The star in Postgres: the tables of one generation. */
class PostgresStar implements Star {
  private readonly known: ReturnType<typeof knownTexts>;
  private readonly missing: ReturnType<typeof missingTexts>;
  private readonly upserts = new Map<string, string>();

  constructor(
    private readonly pool: Pool,
    private readonly generation: string,
  ) {
    this.known = knownTexts(generation);
    this.missing = missingTexts(generation);
  }

  keep(batch: readonly Extracted[]): Promise<void> {
    const events = batch.map(eventOf);
    return inTransaction(
      this.pool,
      async (client) => {
        const heard = await this.hear(client, events);
        await this.write(client, heard.fresh);
        await this.note(client, heard);
        await this.progress(client, events, heard.fresh);
      },
      settings,
    );
  }

  /** Whoever else hears of these subjects waits here until this is over. */
  private async hear(client: PoolClient, events: readonly Event[]): Promise<Heard<Event>> {
    const [topics, subjects] = columnsOf(subjectsOf(events));
    await client.query(prepared(this.known.begin, [topics, subjects]));
    const { rows } = await client.query<KnownRow>(prepared(this.known.lock, [topics, subjects]));
    const last = new Map(rows.map((row) => [`${row.topic} ${row.subject}`, Number(row.sequence)]));
    const lastOf = (event: Event): number => last.get(subjectKey(event)) ?? 0;
    const missing = await this.missingAmong(
      client,
      events.filter((event) => event.sequence <= lastOf(event)),
    );
    return hear(events, lastOf, (event) => missing.has(sequenceKey(event)));
  }

  private async missingAmong(client: PoolClient, repeated: readonly Event[]): Promise<ReadonlySet<string>> {
    if (repeated.length === 0) return new Set();
    const { rows } = await client.query<KnownRow>(prepared(this.missing.among, columnsOf(repeated)));
    return new Set(rows.map(({ topic, subject, sequence }) => `${topic} ${subject} ${sequence}`));
  }

  private async write(client: PoolClient, events: readonly Event[]): Promise<void> {
    for (const each of mergedRows(withDimensions(events.flatMap(({ facts }) => facts)))) {
      const { name } = each.table;
      const text = this.upserts.get(name) ?? upsertText(this.generation, each.table);
      this.upserts.set(name, text);
      await client.query(prepared(text, [asJson(withKeys(each))]));
    }
  }

  private async note(client: PoolClient, { last, missing, found }: Heard<Event>): Promise<void> {
    if (last.size > 0) await client.query(prepared(this.known.advance, columnsOf([...last.values()])));
    if (missing.length > 0) await client.query(prepared(this.missing.note, columnsOf(missing)));
    if (found.length > 0) await client.query(prepared(this.missing.found, columnsOf(found)));
  }

  /** Last, for every process writes these few rows. */
  private async progress(client: PoolClient, events: readonly Event[], fresh: readonly Event[]): Promise<void> {
    const topics = [...new Set(events.map(({ topic }) => topic))].toSorted();
    const count = (all: readonly Event[], topic: string): number => all.filter((event) => event.topic === topic).length;
    const untils = topics.map((topic) =>
      events
        .filter((event) => event.topic === topic)
        .map(({ envelope }) => envelope.time)
        .toSorted()
        .at(-1),
    );
    const counts = topics.map((topic) => count(fresh, topic));
    const repeats = topics.map((topic, i) => count(events, topic) - (counts[i] ?? 0));
    await client.query(prepared(progressText, [this.generation, topics, counts, repeats, untils]));
  }
}

export const starIn = (pool: Pool, generation: string): Star => new PostgresStar(pool, generation);
