import type { Envelope } from '@cartage/contracts';
import { staffReactions, type Fact } from './staff';
import type { System } from './system';
import { SimulatedTime } from './time';
import { Trace } from './trace';
import { nothingLeftOut, World } from './world';

/** A day at work is over after so long, whatever there was to do. */
const WORKING_DAY_MS = 60_000;

interface Told {
  readonly type: string;
  readonly fact: object;
  readonly life?: number;
}

/** What people ask of a desk within so many nights after they were told this. */
const askedAfter = async (nights: number, desk: object, ...all: readonly Told[]): Promise<void> => {
  const time = new SimulatedTime(0);
  const system = { ask: (_: string, __: string, call: (facade: never) => Promise<unknown>) => call(desk as never) } as unknown as System;
  const world = new World({ seed: 1, system, time, trace: new Trace(1, undefined), without: nothingLeftOut });
  for (const { type, fact, life = 7 } of all) staffReactions[type]?.(world, life, fact as Fact, {} as Envelope);
  for (let night = 0; night < nights; night += 1) world.dawn();
  await time.pass(WORKING_DAY_MS);
};

describe('what nobody ships', () => {
  const fact = { orderId: 'o1', holdId: 'h1', type: 'unfillable', lines: [{ lineId: '1', quantity: 2 }], reason: { code: 'short' } };

  /** With these holds on it in the end. */
  const cancelledAfter = async (nights: number, holds: readonly { readonly holdId: string }[]): Promise<readonly object[]> => {
    const asked: object[] = [];
    const desk = { get: async () => ({ holds }), cancel: async (wanted: object) => void asked.push(wanted) };
    await askedAfter(nights, desk, { type: 'HoldApplied', fact });
    return asked;
  };

  it('is cancelled by a person when it is held after goods have long come in: every location has turned it down', async () => {
    expect(await cancelledAfter(9, [{ holdId: 'h1' }])).toEqual([]);
    expect(await cancelledAfter(10, [{ holdId: 'h1' }])).toEqual([
      { orderId: 'o1', lines: [{ lineId: '1', quantity: 2 }], reason: { code: 'unfillable', by: 'operator' } },
    ]);
  });

  it('is left alone when it has found somebody meanwhile', async () => {
    expect(await cancelledAfter(30, [{ holdId: 'another' }])).toEqual([]);
  });
});

describe.each([
  { type: 'CaptureFailed', operation: 'capture', id: 'captureId', retry: 'retryCapture' },
  { type: 'VoidFailed', operation: 'void', id: 'voidId', retry: 'retryVoid' },
  { type: 'RefundFailed', operation: 'refund', id: 'refundId', retry: 'retryRefund' },
])('a $operation', ({ type, operation, id, retry }) => {
  const failed = (code: string, unknown: object = {}, life = 7): Told => ({
    ...{ type, life },
    fact: { orderId: `o${life}`, [id]: `m${life}`, reason: { code }, ...unknown },
  });
  const deskOf = (asked: object[]) => ({
    recordOutcome: async (outcome: object) => void asked.push(outcome),
    [retry]: async (of: object) => void asked.push({ retry, ...of }),
  });

  const askedOf = async (...all: readonly Told[]): Promise<readonly object[]> => {
    const asked: object[] = [];
    await askedAfter(1, deskOf(asked), ...all);
    return asked;
  };

  it('whose outcome nobody knows is looked for in the books of its provider: it was done, or it was not', async () => {
    const lives = Array.from({ length: 40 }, (_, life) => life + 1);
    const asked = await askedOf(...lives.map((life) => failed('provider-silent', { outcomeUnknown: true }, life)));
    expect(asked).toHaveLength(lives.length);
    expect(asked).toContainEqual(
      expect.objectContaining({
        operation,
        orderId: expect.any(String) as string,
        subject: expect.any(String) as string,
        outcome: 'not-done',
      }),
    );
    expect(asked).toContainEqual(expect.objectContaining({ operation, outcome: 'done', reference: expect.any(String) as string }));
  });

  it('that was not done is tried anew', async () =>
    expect(await askedOf(failed('not-done'))).toEqual([{ retry, orderId: 'o7', [id]: 'm7' }]));

  it('that its provider refused is left to the service, which tries it again where that helps', async () =>
    expect(await askedOf(failed('account-closed'))).toEqual([]));
});
