import { learnedLeadTimes, type Lane, type LeadTimeModel } from '@cartage/order/lead-times';
import { daysAt, sharesBy } from './promises';
import { lived } from './replay';

const lane: Lane = { origin: 'GB', destination: 'FR', weekday: 1 };
const delivery = (ordered: number, days: number) => ({ lane, ordered, days, promised: undefined });

/** Promises three days, and writes down what it hears. */
const listening = () => {
  const heard: string[] = [];
  const from = { method: '', version: '', level: 'all', deliveries: 0, share: 0.9 } as const;
  const model: LeadTimeModel = {
    quote: () => {
      heard.push('quote');
      return { days: 3, within: () => 3, from };
    },
    promised: () => undefined,
    delivered: (_, days) => void heard.push(`took ${days}`),
    settled: (_, isLate) => void heard.push(isLate ? 'late' : 'kept'),
  };
  return { heard, model };
};

describe('a history that is lived through', () => {
  it('tells of a delivery when its day is over, and not before', () => {
    const { heard, model } = listening();
    lived([delivery(0, 1), delivery(1, 1), delivery(2, 1)], model, () => undefined);
    expect(heard).toEqual(['quote', 'quote', 'took 1', 'kept', 'quote']);
  });

  it('tells of a late promise when its day has passed, and of the delivery when it comes', () => {
    const { heard, model } = listening();
    lived([delivery(0, 9), delivery(4, 30), delivery(5, 30), delivery(10, 30)], model, () => undefined);
    // Promised on day 0 until day 3: late is known when day 4 is over. The other two are late on days 8 and 9; the first is there on day 9.
    expect(heard).toEqual(['quote', 'quote', 'late', 'quote', 'late', 'took 9', 'late', 'quote']);
  });
});

describe('a history of busy days', () => {
  it('keeps what was promised, and does not forget that some take long, though more is delivered on one day than is remembered', () => {
    const orders = Array.from({ length: 45_000 }, (_, n) => delivery(Math.floor(n / 600), 1 + ((n * 7919) % 20)));
    const days: number[] = [];
    let late = 0;
    lived(orders, learnedLeadTimes.begin(0.9), (order, { days: promised = 0 }) => {
      // Before, only what was quick had been delivered.
      if (order.ordered < 40) return;
      days.push(promised);
      if (order.days > promised) late += 1;
    });
    expect(late / days.length).toBeLessThan(0.12);
    expect(days.reduce((sum, each) => sum + each, 0) / days.length).toBeLessThan(26);
  });
});

describe('figures of promises', () => {
  const promises = { name: '', version: '', isBaseline: true, share: 0.9, days: Float64Array.of(5, 5, Number.NaN), levels: new Map() };
  const deliveries = [delivery(0, 2), delivery(40, 6), delivery(41, 1)];
  const of = (measure: 'late' | 'gap' | 'meanDays' | 'slack') => sharesBy(promises, deliveries, measure, (n) => n);

  it('are late shares, what that is above the allowed, days, and days early of those in time', () => {
    expect(of('late')).toEqual([
      { top: 0, bottom: 1 },
      { top: 1, bottom: 1 },
    ]);
    expect(of('gap').map(({ top }) => Number(top.toFixed(3)))).toEqual([-0.1, 0.9]);
    expect(of('meanDays').map(({ top }) => top)).toEqual([5, 5]);
    expect(of('slack')).toEqual([
      { top: 3, bottom: 1 },
      { top: 0, bottom: 0 },
    ]);
  });

  it('of a curve lie between its points, and nowhere beyond them', () => {
    const curve = [
      { late: 0.3, days: 10 },
      { late: 0.1, days: 20 },
    ];
    expect([0.1, 0.2, 0.3].map((late) => daysAt(curve, late))).toEqual([20, 15, 10]);
    expect([0.05, 0.4].map((late) => daysAt(curve, late))).toEqual([undefined, undefined]);
  });
});
