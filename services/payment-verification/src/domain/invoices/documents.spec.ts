import { join } from 'node:path';
import { fold, specFor } from '@cartage/eventsourcing';
import { goldenSamples } from '@cartage/testkit';
import fc from 'fast-check';
import { advanceOf, creditOf, invoiceOf, numberOf, type CreditNote, type Invoice, type Sale } from './documents';
import { legalEntities, sellerOf, type LegalEntity, type LegalEntityEvent } from './legal-entities';

const vat = { name: 'VAT', rate: 20 };
const sale: Sale = {
  orderId: 'o',
  lines: [{ lineId: '1', sku: 'MUG', description: 'Mug', quantity: 3, total: 1000, taxLines: [{ ...vat, amount: 167 }] }],
  delivery: { amount: 500, taxLines: [{ ...vat, amount: 83 }] },
};
const issued = (of: ReturnType<typeof invoiceOf>, n = 1): Invoice => ({
  ...{ ...of, documentId: `d${n}`, number: numberOf('GB-', n), legalEntity: 'uk', issuedAt: '' },
});
const credited = (of: NonNullable<ReturnType<typeof creditOf>>): CreditNote => ({
  ...{ ...of, documentId: 'c', number: 'GB-CN-00000001', legalEntity: 'uk', issuedAt: '' },
});
const shipment = (quantity: number, amount: number, delivery: number, shipmentId = 's1') => ({
  ...{ shipmentId, currency: 'GBP', amount: amount + delivery, lines: [{ lineId: '1', quantity, amount }] },
});

describe('an invoice', () => {
  it('says what was shipped, with its share of the taxes', () =>
    expect(invoiceOf(shipment(2, 667, 500), sale, { invoices: [] })).toEqual({
      ...{ orderId: 'o', shipmentId: 's1', currency: 'GBP', delivery: 500, net: 973, tax: 194, total: 1167 },
      lines: [{ lineId: '1', sku: 'MUG', description: 'Mug', quantity: 2, total: 667, tax: 111 }],
      taxLines: [{ ...vat, amount: 194 }],
    }));

  it('goes on where the one before ended: the taxes of all are those of the order', () => {
    const first = issued(invoiceOf(shipment(2, 667, 500), sale, { invoices: [] }));
    const second = invoiceOf(shipment(1, 333, 0, 's2'), sale, { invoices: [first] });
    expect([first.tax + second.tax, second.tax]).toEqual([250, 56]);
  });

  it('has a number with as many digits as the next ones', () =>
    expect([numberOf('GB-', 7), numberOf('', 123_456_789)]).toEqual(['GB-00000007', '123456789']));
});

describe('money in advance', () => {
  const advance = (amount: number, before: readonly Invoice[] = [], n = 9): Invoice => ({
    ...{ ...advanceOf({ captureId: `c${n}`, currency: 'GBP', amount }, sale, before), documentId: `a${n}` },
    ...{ number: numberOf('GB-', n), legalEntity: 'uk', issuedAt: '' },
  });

  it('is invoiced with its share of the taxes of all, of no line in particular', () =>
    expect(advanceOf({ captureId: 'c1', currency: 'GBP', amount: 750 }, sale, [])).toEqual({
      ...{ orderId: 'o', captureId: 'c1', currency: 'GBP', lines: [], delivery: 0, net: 625, tax: 125, total: 750 },
      taxLines: [{ ...vat, amount: 125 }],
    }));

  it('is taken off what is shipped later, by its number, until nothing is left of it', () => {
    const paid = advance(1300);
    const first = issued(invoiceOf(shipment(2, 667, 500), sale, { invoices: [paid] }), 1);
    expect(first).toMatchObject({
      lines: [{ quantity: 2, total: 667 }],
      delivery: 500,
      // Shares are whole: what was rounded in advance is put right here.
      ...{ net: 1, tax: -1, total: 0 },
      deducted: { numbers: ['GB-00000009'], total: 1167 },
    });
    const second = issued(invoiceOf(shipment(1, 333, 0, 's2'), sale, { invoices: [paid, first] }), 2);
    expect(second).toMatchObject({ total: 200, deducted: { total: 133 } });
    expect([paid, first, second].reduce((sum, { tax }) => sum + tax, 0)).toBe(250);
  });

  it('that goes back because it will not ship is taken off nothing any more; what comes back later is of what was shipped', () => {
    const paid = advance(1500);
    const back = credited(creditOf({ refundId: 'r', amount: 333, cause: 'due' }, [paid], []) as NonNullable<ReturnType<typeof creditOf>>);
    expect(back).toMatchObject({ total: 333, ofAdvance: 333, invoices: ['GB-00000009'] });
    const shipped = issued(invoiceOf(shipment(2, 667, 500), sale, { invoices: [paid], credits: [back] }), 1);
    expect(shipped).toMatchObject({ total: 0, deducted: { total: 1167 } });
    expect(creditOf({ refundId: 'r2', amount: 400, cause: 'return' }, [paid, shipped], [back])).not.toHaveProperty('ofAdvance');
  });

  it('and shipments and refunds end at what the order cost, to the last unit of money and tax, in whatever parts it is paid', () =>
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 900 }), { maxLength: 4 }), fc.integer({ min: 1, max: 2 }), (payments, units) => {
        const invoices: Invoice[] = [];
        let left = 1500;
        for (const [n, payment] of payments.entries()) {
          const amount = Math.min(payment, left);
          if (amount > 0) invoices.push(advance(amount, invoices, 20 + n));
          left -= amount;
        }
        const ship = (quantity: number, amount: number, delivery: number): void =>
          void invoices.push(issued(invoiceOf(shipment(quantity, amount, delivery, `s${quantity}`), sale, { invoices }), quantity));
        ship(units, units * 333, 500);
        ship(3 - units, 1000 - units * 333, 0);
        const sum = (of: (invoice: Invoice) => number): number => invoices.reduce((total, invoice) => total + of(invoice), 0);
        expect([sum(({ total }) => total), sum(({ tax }) => tax), sum(({ net }) => net)]).toEqual([1500, 250, 1250]);
      }),
    ));
});

describe('a credit note', () => {
  const invoice = issued(invoiceOf(shipment(3, 1000, 500), sale, { invoices: [] }));

  it('gives back of what was invoiced, with its share of the taxes, and names the invoices', () =>
    expect(creditOf({ refundId: 'r', amount: 300 }, [invoice], [])).toEqual({
      ...{ orderId: 'o', refundId: 'r', currency: 'GBP', invoices: ['GB-00000001'], net: 250, tax: 50, total: 300 },
      taxLines: [{ ...vat, amount: 50 }],
    }));

  it('is not made of what was never invoiced', () => {
    expect(creditOf({ refundId: 'r', amount: 300 }, [], [])).toBeUndefined();
    const all = credited(creditOf({ refundId: 'r', amount: 1500 }, [invoice], []) as NonNullable<ReturnType<typeof creditOf>>);
    expect(creditOf({ refundId: 'r2', amount: 1 }, [invoice], [all])).toBeUndefined();
    expect(creditOf({ refundId: 'r', amount: 9999 }, [invoice], [])).toMatchObject({ total: 1500, tax: 250 });
  });

  it('and the others of an order end at nothing, to the last unit of money, however it is shipped and given back', () =>
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 3 }),
        fc.array(fc.integer({ min: 1, max: 700 }), { maxLength: 8 }),
        (sizes, refunds) => {
          const invoices: Invoice[] = [];
          let left = 3;
          for (const size of [...sizes, 3]) {
            const units = Math.min(size, left);
            if (units === 0) continue;
            const delivery = left === 3 ? 500 : 0;
            invoices.push(issued(invoiceOf(shipment(units, units * 333, delivery, `s${left}`), sale, { invoices }), invoices.length + 1));
            left -= units;
          }
          const credits: CreditNote[] = [];
          for (const amount of [...refunds, 9_999]) {
            const next = creditOf({ refundId: 'r', amount }, invoices, credits);
            if (next) credits.push(credited(next));
          }
          const sum = (of: readonly { total: number; tax: number; net: number }[]) =>
            of.reduce(([total, tax, net], each) => [total + each.total, tax + each.tax, net + each.net] as const, [0, 0, 0] as readonly [
              number,
              number,
              number,
            ]);
          expect(sum(credits)).toEqual(sum(invoices));
          expect(sum(invoices)[1]).toBe(250);
        },
      ),
    ));
});

describe('who sells', () => {
  const entity = (of: Partial<LegalEntity>): LegalEntity => ({
    ...{ entity: 'all', name: 'All', address: [], taxId: 'T', prefix: 'A-', channels: [], countries: [], invoiceAt: 'dispatch' },
    ...of,
  });
  const known = (...entities: readonly LegalEntity[]) => new Map(entities.map((each) => [each.entity, each]));
  const now = '2026-11-02T10:00:00.000Z';

  it('is who names the channel, else the country, else whoever sells anywhere', () => {
    const entities = known(entity({}), entity({ entity: 'de', countries: ['DE'] }), entity({ entity: 'shop', channels: ['shop'] }));
    expect(sellerOf(entities, { channel: 'shop', country: 'DE' })?.entity).toBe('shop');
    expect(sellerOf(entities, { channel: 'web', country: 'DE' })?.entity).toBe('de');
    expect(sellerOf(entities, { channel: 'web', country: 'FR' })?.entity).toBe('all');
    expect(sellerOf(known(entity({ countries: ['DE'] })), { channel: 'web' })).toBeUndefined();
  });

  it('is registered once, and again when something about it changed', () => {
    const { given } = specFor(legalEntities);
    const registered = (of: LegalEntity): LegalEntityEvent => ({
      type: 'LegalEntityRegistered',
      data: { ...of, by: 'staff-17', registeredAt: now },
    });
    const register = (of: LegalEntity) => ({ type: 'RegisterLegalEntity', data: { entity: of, by: 'staff-17', now } }) as const;
    given()
      .when(register(entity({})))
      .thenOnce(registered(entity({})));
    given(registered(entity({})))
      .when(register(entity({ taxId: 'U' })))
      .then(registered(entity({ taxId: 'U' })));
  });

  it('folds as it was stored, for ever', () => {
    const golden = goldenSamples<LegalEntityEvent>(join(__dirname, 'golden'));
    expect(golden.types).toEqual(['LegalEntityRegistered']);
    expect(fold(legalEntities, [golden.of('LegalEntityRegistered')]).get('uk')).toMatchObject({ prefix: 'GB-', countries: ['GB'] });
  });
});
