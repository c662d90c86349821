import type { Envelope } from '@cartage/contracts';
import { staffReactions, type Fact } from './staff';
import type { System } from './system';
import { SimulatedTime } from './time';
import { Trace } from './trace';
import { nothingLeftOut, World } from './world';

const fact = { orderId: 'o1', holdId: 'h1', type: 'unfillable', lines: [{ lineId: '1', quantity: 2 }], reason: { code: 'short' } };

/** What is asked of orders within so many nights after one was held, when these holds are on it in the end. */
const askedAfter = async (nights: number, holds: readonly { readonly holdId: string }[]): Promise<readonly object[]> => {
  const asked: object[] = [];
  const time = new SimulatedTime(0);
  const desk = { get: async () => ({ holds }), cancel: async (wanted: object) => void asked.push(wanted) };
  const system = { ask: (_: string, __: string, call: (facade: never) => Promise<unknown>) => call(desk as never) } as unknown as System;
  const world = new World({ seed: 1, system, time, trace: new Trace(1, undefined), without: nothingLeftOut });
  staffReactions.HoldApplied?.(world, 7, fact as unknown as Fact, {} as Envelope);
  for (let night = 0; night < nights; night += 1) world.dawn();
  await time.pass(1_000);
  return asked;
};

describe('what nobody ships', () => {
  it('is cancelled by a person when it is held after goods have long come in: every location has turned it down', async () => {
    expect(await askedAfter(9, [{ holdId: 'h1' }])).toEqual([]);
    expect(await askedAfter(10, [{ holdId: 'h1' }])).toEqual([
      { orderId: 'o1', lines: [{ lineId: '1', quantity: 2 }], reason: { code: 'unfillable', by: 'operator' } },
    ]);
  });

  it('is left alone when it has found somebody meanwhile', async () => {
    expect(await askedAfter(30, [{ holdId: 'another' }])).toEqual([]);
  });
});
