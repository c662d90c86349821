import { Topics } from '@cartage/contracts';
import fc from 'fast-check';
import { hear, subjectKey, type Counted } from './hearing';

const subjects = ['a', 'b'] as const;
const event = fc.record({ subject: fc.constantFrom(...subjects), sequence: fc.integer({ min: 1, max: 8 }) });

const keyOf = (each: Counted): string => `${subjectKey(each)} ${each.sequence}`;

/** Batch by batch, with what is remembered in between. */
const heardOf = (batches: readonly (readonly Counted[])[]) => {
  const last = new Map<string, number>();
  const missing = new Set<string>();
  const taken: string[] = [];
  for (const batch of batches) {
    const heard = hear(
      batch,
      (each) => last.get(subjectKey(each)) ?? 0,
      (each) => missing.has(keyOf(each)),
    );
    for (const each of heard.last.values()) last.set(subjectKey(each), each.sequence);
    for (const each of heard.missing) missing.add(keyOf(each));
    for (const each of heard.found) missing.delete(keyOf(each));
    taken.push(...heard.fresh.map(keyOf));
  }
  return { last, missing, taken };
};

describe('what is heard, in any order, any number of times, in any batches', () => {
  it('is taken once, and what is missing is exactly what was passed over and has not come', () => {
    fc.assert(
      fc.property(fc.array(fc.array(event, { maxLength: 6 }), { maxLength: 6 }), (given) => {
        const batches = given.map((batch) => batch.map((each) => ({ ...each, topic: Topics.order })));
        const all = new Set(batches.flat().map(keyOf));
        const { last, missing, taken } = heardOf(batches);
        expect(taken.toSorted()).toEqual([...all].toSorted());
        const expected = [...last].flatMap(([subject, end]) =>
          Array.from({ length: end }, (_, i) => `${subject} ${i + 1}`).filter((key) => !all.has(key)),
        );
        expect([...missing].toSorted()).toEqual(expected.toSorted());
      }),
    );
  });
});
