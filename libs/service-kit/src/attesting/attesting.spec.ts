import { SigningKey, type AttestedLog, type Attestation } from '@cartage/event-store';
import { systemClock } from '@cartage/eventsourcing';
import { eventually } from '@cartage/testkit';
import pino from 'pino';
import { attesting } from './attesting';

const now = (): Date => new Date('2026-11-27T09:00:00.000Z');

/** A log in memory: what its events say, by position from 1. */
class Log implements AttestedLog {
  readonly name = 'orders';
  readonly kept: Attestation[] = [];

  constructor(readonly said: string[]) {}

  latest = async () => this.kept.at(-1);
  attestationsAfter = async (position: number, limit: number) => this.kept.filter(({ first }) => first > position).slice(0, limit);
  stretchAfter = async (position: number, most: number) => this.stretch(position + 1, Math.min(position + most, this.said.length));
  stretchOf = async (first: number, last: number) => this.stretch(first, last);
  async keep(attestation: Attestation): Promise<boolean> {
    const isFree = this.kept.every(({ first }) => first !== attestation.first);
    if (isFree) this.kept.push(attestation);
    return isFree;
  }

  unattested = async () => {
    const events = this.said.length - (this.kept.at(-1)?.last ?? 0);
    return events > 0 ? { events, since: '2026-11-27T08:59:00.000Z' } : { events };
  };

  private stretch(first: number, last: number) {
    const said = this.said.slice(first - 1, last);
    return said.length === 0 ? undefined : { first, last, digest: said.join(), events: said.length };
  }
}

const lines: string[] = [];
const needs = { service: 'order', clock: systemClock, now, log: pino({}, { write: (line: string) => void lines.push(line) }), everyMs: 1 };
const signingKey = async (): Promise<SigningKey> => SigningKey.of(Buffer.alloc(32, 1));
const firstTwo = { first: 1, last: 2, digest: 'placed,confirmed' };
const labels = { service: 'order' };

describe('a service that signs for its log', () => {
  beforeEach(() => void lines.splice(0));

  it('signs for what is new, tells how old what it has not signed is, and keeps a line of each elsewhere', async () => {
    const log = new Log(['placed', 'confirmed']);
    const { start, stop, readings } = attesting({ ...needs, attested: log, signingKey });
    expect(await readings()).toEqual({ logUnattested: [{ labels, value: 60 }], logBroken: [{ labels, value: 0 }] });
    await start();
    await eventually(async () => expect(await readings()).toMatchObject({ logUnattested: [{ value: 0 }] }));
    log.said.push('completed');
    await eventually(() =>
      expect(log.kept).toMatchObject([
        { first: 1, last: 2 },
        { first: 3, last: 3 },
      ]),
    );
    await eventually(() => expect(lines.filter((line) => line.includes('the log is attested'))).toHaveLength(2));
    await stop();
  });

  it('keeps no line of what another process signed for before it: whoever compares the lines with the log finds each of them there', async () => {
    const log = new Log(['placed', 'confirmed']);
    const other = {
      ...(await signingKey()).attest({ ...firstTwo, log: log.name, previous: '0'.repeat(64), attestedAt: '2026-11-27T08:59:59.000Z' }),
    };
    const keep = log.keep.bind(log);
    jest.spyOn(log, 'keep').mockImplementationOnce(async (late) => {
      await keep(other);
      return keep(late);
    });
    const looked = jest.spyOn(log, 'stretchOf');
    const { start, stop } = attesting({ ...needs, attested: log, signingKey });
    await start();
    await eventually(() => expect(looked).toHaveBeenCalled());
    log.said.push('completed');
    await eventually(() => expect(log.kept).toMatchObject([other, { first: 3 }]));
    await eventually(() => expect(lines.filter((line) => line.includes('the log is attested'))).not.toEqual([]));
    await stop();
    const told = lines
      .filter((line) => line.includes('the log is attested'))
      .map((line) => (JSON.parse(line) as { attestation: Attestation }).attestation);
    for (const attestation of told) expect(log.kept).toContainEqual(attestation);
  });

  it('finds out by itself that an old event was changed, wherever it stands, and that it was put right', async () => {
    const log = new Log([]);
    const { start, stop, readings } = attesting({ ...needs, attested: log, signingKey });
    await start();
    for (let n = 0; n < 12; n += 1) {
      log.said.push(`event ${n}`);
      await eventually(() => expect(log.kept).toHaveLength(n + 1));
    }
    log.said[7] = 'something else';
    await eventually(async () => expect(await readings()).toMatchObject({ logBroken: [{ labels, value: 1 }] }));
    log.said[7] = 'event 7';
    await eventually(async () => expect(await readings()).toMatchObject({ logBroken: [{ value: 0 }] }));
    await stop();
  });
});
