import fc from 'fast-check';
import { accountRoles, journalKinds, linesOf, usualChart, type MoneyFact } from './journal';

const fact = (kind: string, amount: number, part = 0): MoneyFact => ({
  ...{ entryId: 'e', kind, at: '2026-11-02T10:00:00.000Z', orderId: 'o', source: 's', currency: 'GBP', amount, part },
});
const brief = (of: MoneyFact) => linesOf(of).map(({ role, debit, credit }) => [role, debit, credit]);

describe('the journal', () => {
  it.each<[string, MoneyFact, readonly (readonly unknown[])[]]>([
    [
      'a capture',
      fact('captured', 1200),
      [
        ['provider-clearing', 1200, 0],
        ['receivable', 0, 1200],
      ],
    ],
    [
      'cash at the door',
      fact('collected', 1200),
      [
        ['carrier-clearing', 1200, 0],
        ['receivable', 0, 1200],
      ],
    ],
    [
      'its remittance',
      fact('remitted', 1200),
      [
        ['bank', 1200, 0],
        ['carrier-clearing', 0, 1200],
      ],
    ],
    [
      'a payout that failed',
      fact('payout-failed', 1200),
      [
        ['payouts-returned', 1200, 0],
        ['bank', 0, 1200],
      ],
    ],
    [
      'its money, that came with another one',
      fact('payout-returned', 1200),
      [
        ['bank', 1200, 0],
        ['payouts-returned', 0, 1200],
      ],
    ],
    [
      'a refund',
      fact('refunded', 300),
      [
        ['receivable', 300, 0],
        ['provider-clearing', 0, 300],
      ],
    ],
    [
      'a capture of a gift card',
      fact('captured-credit', 1200),
      [
        ['credit-liability', 1200, 0],
        ['receivable', 0, 1200],
      ],
    ],
    [
      'a refund to store credit',
      fact('refunded-credit', 300),
      [
        ['receivable', 300, 0],
        ['credit-liability', 0, 300],
      ],
    ],
    [
      'a gift card on an invoice of ours',
      fact('credit-sold-in-order', 500),
      [
        ['revenue', 500, 0],
        ['credit-liability', 0, 500],
      ],
    ],
    [
      'credit that is over',
      fact('credit-expired', 500),
      [
        ['credit-liability', 500, 0],
        ['credit-expired', 0, 500],
      ],
    ],
    [
      'an invoice',
      fact('invoiced', 1200, 200),
      [
        ['receivable', 1200, 0],
        ['revenue', 0, 1000],
        ['tax', 0, 200],
      ],
    ],
    [
      'a credit note',
      fact('credited', 300, 50),
      [
        ['revenue', 250, 0],
        ['tax', 50, 0],
        ['receivable', 0, 300],
      ],
    ],
    [
      'a settlement',
      fact('settled', 1200, 30),
      [
        ['bank', 1170, 0],
        ['fees', 30, 0],
        ['provider-clearing', 0, 1200],
      ],
    ],
    [
      'an invoice without tax',
      fact('invoiced', 1200),
      [
        ['receivable', 1200, 0],
        ['revenue', 0, 1200],
      ],
    ],
    [
      'a lost chargeback',
      fact('chargeback-lost', 1200),
      [
        ['chargeback-losses', 1200, 0],
        ['disputed', 0, 1200],
      ],
    ],
  ])('books %s', (_, of, lines) => expect(brief(of)).toEqual(lines));

  it('leaves nothing open of an order that was invoiced, paid, settled and given back', () => {
    const life = [fact('invoiced', 1200, 200), fact('captured', 1200), fact('refunded', 1200), fact('credited', 1200, 200)];
    const balances = new Map<string, number>();
    for (const { role, debit, credit } of life.flatMap(linesOf)) balances.set(role, (balances.get(role) ?? 0) + debit - credit);
    expect([...balances.values()].filter((balance) => balance !== 0)).toEqual([]);
  });

  it('is balanced for every fact, whatever the amounts', () =>
    fc.assert(
      fc.property(fc.constantFrom(...journalKinds), fc.maxSafeInteger(), fc.maxSafeInteger(), (kind, amount, part) => {
        const [whole, fee] = [Math.trunc(amount / 4), Math.trunc(part / 4)];
        const lines = linesOf(fact(kind, whole, fee));
        const sum = lines.reduce((rest, { debit, credit }) => rest + BigInt(debit) - BigInt(credit), 0n);
        expect(sum).toBe(0n);
        expect(lines.every(({ debit, credit }) => debit >= 0 && credit >= 0 && (debit === 0) !== (credit === 0))).toBe(true);
      }),
    ));

  it('has an account for each of its uses', () => expect(Object.keys(usualChart).toSorted()).toEqual([...accountRoles].toSorted()));
});
