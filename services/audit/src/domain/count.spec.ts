import fc from 'fast-check';
import { clashesOf, counted, gapOf, heardOf, type Count, type Counted } from './count';

const event = (sequence: number, of = 'a'): Counted => ({
  id: `0199a3c4-7b1e-7c3d-9f2a-${of}${String(sequence).padStart(11, '0')}`,
  time: new Date(Date.parse('2026-11-23T12:00:00.000Z') + sequence * 1_000).toISOString(),
  sequence,
});
const heard = (sequences: Iterable<number>, count?: Count): Count => {
  let known = count;
  for (const sequence of sequences) known = counted(known, event(sequence));
  if (!known) throw new Error('Nothing was heard.');
  return known;
};
const upTo = (last: number, from = 1): number[] => Array.from({ length: last - from + 1 }, (_, i) => from + i);

describe('the events of a subject', () => {
  it('take no more room for each that follows one that never comes', () => {
    const many = heard(upTo(5_000, 2));
    expect(JSON.stringify(many).length).toBeLessThan(10_000);
    expect([gapOf(many), heardOf(many)]).toMatchObject([{ from: 1, to: 1 }, 4_999]);
  });

  it('are counted on when the one comes that was missing, however many have followed it', () => {
    const whole = heard([1], heard(upTo(20_000, 2)));
    expect([gapOf(whole), heardOf(whole), whole.to, whole.ahead]).toEqual([undefined, 20_000, 20_000, []]);
    expect(heard([20_001], whole).to).toBe(20_001);
  });

  it('are the same count when they are told again, also of those that followed a missing one', () => {
    const many = heard(upTo(500, 2));
    for (const sequence of [2, 250, 499, 500]) expect(counted(many, event(sequence))).toBe(many);
    const whole = heard([1], many);
    for (const sequence of [1, 2, 250, 500]) expect(counted(whole, event(sequence))).toBe(whole);
  });

  it('are told apart from others of the same number, where these came last', () => {
    const many = heard(upTo(500, 2));
    expect([...clashesOf(counted(many, event(500, 'b'))).keys()]).toEqual([500]);
  });

  it('lack what was not heard, in whatever order, and however often, the others were', () =>
    fc.assert(
      fc.property(
        fc
          .tuple(fc.integer({ min: 2, max: 300 }), fc.uniqueArray(fc.integer({ min: 1, max: 300 }), { maxLength: 6 }))
          .chain(([last, missing]) => {
            const all = upTo(last).filter((sequence) => !missing.includes(sequence));
            return fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }), fc.subarray(all));
          }),
        ([all, shuffled, again]) => {
          fc.pre(all.length > 0);
          const count = heard([...shuffled, ...again]);
          const known = new Set(all);
          const next = all.find((sequence) => !known.has(sequence - 1) && sequence > 1);
          const first = upTo(all.at(-1) ?? 0).find((sequence) => !known.has(sequence));
          expect(heardOf(count)).toBe(all.length);
          expect(gapOf(count)).toEqual(first === undefined ? undefined : { ...gapOf(count), from: first, to: (next ?? 0) - 1 });
        },
      ),
    ));
});
