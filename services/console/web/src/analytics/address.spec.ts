import { lastDays, narrowedBy, periodBefore, readQuestionAddress } from './address';

describe('the address of an answer', () => {
  it('is read as far as it says something', () => {
    expect(
      readQuestionAddress({ from: '2026-10-01', to: '2026-10-31', measure: 'units', by: 'channel', compare: true, sku: 4711 }),
    ).toEqual({
      ...{ from: '2026-10-01', to: '2026-10-31', measure: 'units', by: 'channel', compare: true, sku: '4711' },
    });
    expect(readQuestionAddress({ from: '2026-13-01', to: 'today', measure: ' ', compare: 'yes', colour: 'red' })).toEqual({});
  });

  it('asks only for what the question knows', () =>
    expect(narrowedBy({ from: '2026-10-01', channel: 'web', by: 'sku' }, { parameters: ['channel', 'currency'] })).toEqual({
      channel: 'web',
    }));
});

describe('the period before', () => {
  it('has as many days, and ends on the day before', () => {
    expect(periodBefore({ from: '2026-11-08', to: '2026-11-14' })).toEqual({ from: '2026-11-01', to: '2026-11-07' });
    expect(periodBefore({ from: '2026-03-01', to: '2026-03-01' })).toEqual({ from: '2026-02-28', to: '2026-02-28' });
  });

  it('is whole months where the period is', () => {
    expect(periodBefore({ from: '2026-03-01', to: '2026-03-31' })).toEqual({ from: '2026-02-01', to: '2026-02-28' });
    expect(periodBefore({ from: '2026-01-01', to: '2026-02-28' })).toEqual({ from: '2025-11-01', to: '2025-12-31' });
  });

  it('of the last days ends today', () =>
    expect(lastDays(7, new Date('2026-11-28T23:00:00Z'))).toEqual({ from: '2026-11-22', to: '2026-11-28' }));
});
