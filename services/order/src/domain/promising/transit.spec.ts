import { promiseBook } from './promise-book';
import type { LearnedTransit, TransitBasis, TransitQuote } from './transit';

const quote: TransitQuote = {
  ...{ days: 4, method: 'learned by lane', version: '1', model: '0000000000000042', level: 'lane', deliveries: 212, share: 0.91 },
};
const policyWith = (learned: LearnedTransit | undefined) => ({
  ...{ code: 'standard', revision: 1, by: 'anna', changedAt: '2026-11-01T00:00:00.000Z' },
  terms: {
    ...{ country: 'GB', timeZone: 'Europe/London', cutOff: '14:00', processingDays: 0, transitDays: { least: 1, most: 2 }, active: true },
    ...(learned ? { learned } : {}),
  },
});
const sale = { channel: 'web', service: 'standard', destination: { country: 'GB' } };
/** On a Monday: by the policy there by Wednesday, by what was learned on Friday. */
const at = '2026-11-23T10:00:00.000Z';
const [wednesday, friday] = ['2026-11-25T23:59:59.999Z', '2026-11-27T23:59:59.999Z'];

const promised = (learned: LearnedTransit | undefined, said: TransitQuote | undefined, sold?: TransitBasis) => {
  const policy = policyWith(learned);
  const book = promiseBook({ policies: [policy], calendars: [], places: [] }, { quote: () => said });
  return book.promise(policy, sale, { at, transit: sold });
};
const both = { percent: 90, baseline: { days: 2, deliverBy: wednesday }, learned: { ...quote, deliverBy: friday } };

describe('what is learned of carriers', () => {
  it('is not looked at unless the policy says so', () => {
    const promise = promised(undefined, quote);
    expect(promise).toMatchObject({ deliverBy: wednesday, basis: { transitDays: 2 } });
    expect(promise?.basis).not.toHaveProperty('transit');
  });

  it('is recorded beside what is promised while it does not decide', () =>
    expect(promised({ percent: 90, decides: false }, quote)).toMatchObject({
      deliverBy: wednesday,
      basis: { transitDays: 2, transit: { ...both, decidedBy: 'baseline' } },
    }));

  it('is promised where it decides, and what the policy would have said is recorded beside it', () =>
    expect(promised({ percent: 90, decides: true }, quote)).toMatchObject({
      deliverBy: friday,
      deliverFrom: '2026-11-24T23:59:59.999Z',
      basis: { transitDays: 4, transit: { ...both, decidedBy: 'learned' } },
    }));

  it('decides nothing while too little was learned', () => {
    const promise = promised({ percent: 90, decides: true }, undefined);
    expect(promise).toMatchObject({ deliverBy: wednesday, basis: { transit: { decidedBy: 'baseline', percent: 90 } } });
    expect(promise?.basis.transit).not.toHaveProperty('learned');
  });

  it('stays as it was sold, whatever is learned later', () => {
    const sold = promised({ percent: 90, decides: true }, quote)?.basis.transit;
    expect(promised({ percent: 90, decides: true }, { ...quote, days: 9 }, sold)).toMatchObject({
      deliverBy: friday,
      basis: { transit: sold },
    });
  });

  it('is asked of the day on which it leaves', () => {
    const asked: unknown[] = [];
    const policy = policyWith({ percent: 95, decides: true });
    const book = promiseBook({ policies: [policy], calendars: [], places: [] }, { quote: (...way) => void asked.push(way) });
    book.promise(policy, sale, { at: '2026-11-27T15:00:00.000Z' });
    expect(asked).toEqual([[{ location: undefined, destination: { country: 'GB' }, service: 'standard', leaves: '2026-11-30' }, 95]]);
  });
});
