import { rowsAfter } from '@cartage/views';
import fc from 'fast-check';
import { linesOf, type MoneyFact } from '../../domain/books/journal';
import type { SettlementLine } from '../../domain/settlements/line';
import { expected, line, naming, now, orderId } from '../../domain/settlements/settlement.fixture';
import type { SettlementEvent } from '../../domain/settlements/settlement';
import { settlementPosting } from './settlement-posting';

const euros = expected('a', 100_00, { currency: 'EUR' });
const settled = (changes: Partial<SettlementLine>): SettlementEvent => {
  const told = { ...line('1', 85_90, naming('a')), fee: 150, net: 84_40, ...changes };
  const outcome = { code: 'matched', settles: [euros.id], expected: 100_00, covered: 100_00 } as const;
  const posted = { gross: told.gross, fee: told.fee };
  return { type: 'PaymentSettled', data: { line: told, orderId, outcome, settles: [euros], complete: [euros.id], posted, at: now } };
};

/** What the books say of these rows: for each currency what each account has, debits less credits. */
const balancesOf = (...events: readonly SettlementEvent[]): Readonly<Record<string, number>> => {
  const balances: Record<string, number> = {};
  for (const row of rowsAfter(settlementPosting, events)) {
    const money = {
      kind: String(row['kind']),
      currency: String(row['currency']),
      amount: Number(row['amount']),
      part: Number(row['part']),
    };
    const fact: MoneyFact = { entryId: '', at: now, orderId, source: '', ...money };
    for (const { role, debit, credit } of linesOf(fact))
      balances[`${fact.currency} ${role}`] = (balances[`${fact.currency} ${role}`] ?? 0) + debit - credit;
  }
  return balances;
};

describe('the books of a settlement', () => {
  it('have what was exchanged in both currencies, and what the rate does not explain apart', () =>
    expect(balancesOf(settled({ customer: { currency: 'EUR', gross: 100_00, rate: '0.86' } }))).toEqual({
      'GBP bank': 84_40,
      'GBP fees': 1_50,
      'GBP exchange': -86_00,
      'GBP exchange-differences': 10,
      'EUR exchange': 100_00,
      'EUR provider-clearing': -100_00,
    }));

  it('know of no difference where the file says no rate, and of no exchange in one currency', () => {
    expect(balancesOf(settled({ customer: { currency: 'EUR', gross: 100_00 } }))).toMatchObject({
      'GBP exchange': -85_90,
      'EUR exchange': 100_00,
    });
    expect(balancesOf(settled({}))).toEqual({ 'GBP bank': 84_40, 'GBP fees': 1_50, 'GBP provider-clearing': -85_90 });
  });

  it('reckon with currencies of other exponents', () =>
    expect(balancesOf(settled({ customer: { currency: 'JPY', gross: 16_000, rate: '0.0053' } }))).toMatchObject({
      'JPY provider-clearing': -16_000,
      'GBP exchange': -84_80,
      'GBP exchange-differences': -1_10,
    }));

  it('have once what a carrier handed over and a person recorded, too', () => {
    const paid = settled({ kind: 'carrier-claim', gross: 50_00, fee: 0, net: 50_00 });
    if (paid.type !== 'PaymentSettled') throw new Error('It is settled.');
    const takenBack: SettlementEvent = { ...paid, data: { ...paid.data, posted: { gross: -50_00, fee: 0 } } };
    expect(balancesOf(paid)).toEqual({ 'GBP bank': 50_00, 'GBP carrier-claims': -50_00 });
    expect(balancesOf(paid, takenBack)).toEqual({ 'GBP bank': 0, 'GBP carrier-claims': 0 });
  });

  it('are balanced in each currency, and leave nothing of the customer’s money open, whatever came of it', () =>
    fc.assert(
      fc.property(
        fc.integer({ min: -1_000_000, max: 1_000_000 }),
        fc.integer({ min: -1_000_000, max: 1_000_000 }),
        fc.nat(500),
        (gross, own, fee) => {
          const told = settled({ gross, fee, net: gross - fee, customer: { currency: 'EUR', gross: own, rate: '0.8612' } });
          if (told.type !== 'PaymentSettled') throw new Error('It is settled.');
          const closed: SettlementEvent = {
            type: 'SettlementMismatchResolved',
            data: {
              ...{ line: told.data.line, orderId, expectedCurrency: 'EUR', resolution: 'write-off', complete: [], at: now },
              ...{ outcome: told.data.outcome, reason: { code: 'fx', by: 'operator' } },
            },
          };
          const balances = Object.entries(balancesOf(told, closed));
          const sumOf = (currency: string) =>
            balances.reduce((sum, [account, balance]) => (account.startsWith(currency) ? sum + balance : sum), 0);
          expect([sumOf('GBP'), sumOf('EUR')]).toEqual([0, 0]);
          // Of a posting without money there is none.
          if (gross !== 0 || fee !== 0) expect(balancesOf(told, closed)['EUR provider-clearing'] ?? 0).toBe(-100_00);
        },
      ),
    ));
});
