import { createHash } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { EventMeta, StoredEvent } from '@cartage/eventsourcing';
import { positionOf } from '@cartage/eventsourcing';

/** An event as the table has it and as a line of a file keeps it: data and meta are the very text, for by it they were attested. */
export interface KeptEvent {
  readonly position: number;
  readonly stream: string;
  readonly version: number;
  readonly sequence: number;
  readonly id: string;
  readonly type: string;
  /** ISO 8601 UTC. */
  readonly recordedAt: string;
  readonly data: string;
  readonly meta: string;
}

const sha256 = (content: string | Buffer): Buffer => createHash('sha256').update(content).digest();

export const digestOf = (content: Buffer): string => sha256(content).toString('hex');

const sized = (text: string): string => `${Buffer.byteLength(text)}:${text}`;

/** As Postgres hashes it for an attestation (docs/how-to/prove-the-log.md). */
const hashOf = ({ position, version, sequence, id, recordedAt, stream, type, data, meta }: KeptEvent): Buffer =>
  sha256(`${[position, version, sequence, id, Date.parse(recordedAt)].join('|')}|${[stream, type, data, meta].map(sized).join('')}`);

/** What these events say, as an attestation has it. */
export const digestOfEvents = (events: readonly KeptEvent[]): string => {
  const whole = createHash('sha256');
  for (const event of events) whole.update(hashOf(event));
  return whole.digest('hex');
};

/** The same bytes from the same events, whoever writes them. */
export const packed = (events: readonly KeptEvent[]): Buffer => gzipSync(events.map((event) => `${JSON.stringify(event)}\n`).join(''));

export const bytesOf = ({ data, meta }: KeptEvent): number => Buffer.byteLength(data) + Buffer.byteLength(meta);

export const storedOfKept = ({ position, stream, version, id, type, recordedAt, data, meta }: KeptEvent): StoredEvent => ({
  ...{ stream, version, position: positionOf(position), id, type },
  data: JSON.parse(data) as unknown,
  meta: JSON.parse(meta) as EventMeta,
  recordedAt,
});

/** The events of one file, one after the other in the log; each is made of its line when it is asked for. */
export class Chapter {
  private constructor(
    readonly first: number,
    private readonly lines: readonly string[],
  ) {}

  /** Of the content of a file. */
  static of(first: number, content: Buffer): Chapter {
    return new Chapter(first, gunzipSync(content).toString('utf8').trimEnd().split('\n'));
  }

  get last(): number {
    return this.first + this.lines.length - 1;
  }

  at(position: number): KeptEvent | undefined {
    const line = this.lines[position - this.first];
    return line === undefined ? undefined : (JSON.parse(line) as KeptEvent);
  }

  between(first: number, last: number): readonly KeptEvent[] {
    return this.lines
      .slice(Math.max(first - this.first, 0), Math.max(last - this.first + 1, 0))
      .map((line) => JSON.parse(line) as KeptEvent);
  }
}
