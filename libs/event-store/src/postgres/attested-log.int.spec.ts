import { createHash } from 'node:crypto';
import { SigningKey, type Attestation } from '../attestation/attestation';
import { attestNews, checkAllAttestations, type BreakKind } from '../attestation/attesting';
import { attestedLogIn, migrateAttestations } from './attested-log';
import { event, fixture, type Fixture } from './fixture';

const key = SigningKey.of(Buffer.alloc(32, 1));
const needs = { key, now: () => new Date('2026-11-27T09:00:00.000Z') };

describe('a log that is attested', () => {
  let its: Fixture;

  /** Events in streams of their own, so that any of them can be changed. */
  const write = async (count: number, prefix: string): Promise<void> => {
    const events = Array.from({ length: count }, (_, n) => ({ stream: `${prefix}-${n}`, expected: 0, events: [event({ name: 'Zoë' })] }));
    await its.openStore().appendMany(events);
  };

  const breaks = async (): Promise<readonly (readonly [BreakKind, number, number])[]> =>
    (await checkAllAttestations(attestedLogIn(its.pool, 'public'), [key.verifying])).breaks.map(({ kind, first, last }) => [
      kind,
      first,
      last,
    ]);

  /** 2,300 events under four attestations: two that are full, and two that end where somebody looked. */
  const attested = async (): Promise<void> => {
    const log = attestedLogIn(its.pool, 'public');
    await write(1_100, 'a');
    await attestNews(log, needs);
    await write(1_200, 'b');
    await attestNews(log, needs);
  };

  beforeEach(async () => {
    its = await fixture();
    await migrateAttestations(its.pool);
    await attested();
  });

  afterEach(() => its.stop());

  it('holds, and says what is not attested yet', async () => {
    const log = attestedLogIn(its.pool, 'public');
    expect(await log.unattested()).toEqual({ events: 0 });
    await write(2, 'c');
    expect(await log.unattested()).toEqual({ events: 2, since: expect.stringMatching(/Z$/) });
    const { last, ...checked } = await checkAllAttestations(log, [key.verifying]);
    expect([checked, last]).toMatchObject([
      { attestations: 4, events: 2_300, breaks: [] },
      { first: 2_101, last: 2_300 },
    ]);
  });

  it.each<readonly [string, string, readonly (readonly [BreakKind, number, number])[]]>([
    ['what an event says', `update events set data = '{"name":"Zoe"}' where position = 1500`, [['events-changed', 1_101, 2_100]]],
    ['even in a blank', `update events set data = '{"name": "Zoë"}' where position = 3`, [['events-changed', 1, 1_000]]],
    ['who did it', `update events set meta = '{}' where position = 1001`, [['events-changed', 1_001, 1_100]]],
    ['when', `update events set recorded_at = recorded_at + interval '1 ms' where position = 2300`, [['events-changed', 2_101, 2_300]]],
    ['to what', `update events set stream = 'z-0' where position = 7`, [['events-changed', 1, 1_000]]],
    ['that it happened', 'delete from events where position = 1050', [['events-missing', 1_001, 1_100]]],
    ['how the log ends', 'delete from events where position > 2200', [['events-missing', 2_101, 2_300]]],
    [
      'an attestation',
      `update log_attestation set digest = repeat('0', 64) where first = 1`,
      [
        ['not-signed', 1, 1_000],
        ['events-changed', 1, 1_000],
        ['not-linked', 1_001, 1_100],
      ],
    ],
    ['that there was one', 'delete from log_attestation where first = 1001', [['not-linked', 1_101, 2_100]]],
  ])('shows who changes %s', async (_, change, shown) => {
    await its.pool.query(change);
    expect(await breaks()).toEqual(shown);
  });

  it('shows an attestation that was made anew by somebody else', async () => {
    const log = attestedLogIn(its.pool, 'public');
    await its.pool.query('delete from log_attestation where first > 2000');
    await attestNews(log, { ...needs, key: SigningKey.of(Buffer.alloc(32, 2)) });
    expect(await breaks()).toEqual([['not-signed', 2_101, 2_300]]);
  });

  it('is attested once where two processes do it at the same time', async () => {
    await write(3_000, 'd');
    await Promise.all([1, 2, 3].map(() => attestNews(attestedLogIn(its.openPool(), 'public'), needs)));
    expect(await breaks()).toEqual([]);
    expect(await attestedLogIn(its.pool, 'public').unattested()).toEqual({ events: 0 });
  });

  it('can be proved by anybody who follows the documented form', async () => {
    const { rows } = await its.pool.query<{ line: string }>(
      `select position || '|' || version || '|' || sequence || '|' || id || '|' || (extract(epoch from recorded_at) * 1000)::bigint || '|' as line, stream, type,
        data::text, meta::text from events where position between 2101 and 2300 order by position`,
    );
    const sized = (text: string): string => `${Buffer.byteLength(text)}:${text}`;
    const whole = createHash('sha256');
    for (const { line, ...texts } of rows)
      whole.update(
        createHash('sha256')
          .update(line + Object.values<string>(texts).map(sized).join(''))
          .digest(),
      );
    const latest: Attestation | undefined = await attestedLogIn(its.pool, 'public').latest();
    expect(latest?.digest).toBe(whole.digest('hex'));
  });
});
