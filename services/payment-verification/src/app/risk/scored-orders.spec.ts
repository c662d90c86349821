import { randomUUID } from 'node:crypto';
import type { LearnedRisk, Risk } from '@cartage/contracts';
import { memoryDeadlines, memoryStore, type Meta } from '@cartage/eventsourcing';
import { limits } from '../../domain/payment.fixture';
import { published } from '../../domain/published';
import { memoryOfProcess } from '../../edge/providers/call-memory';
import { simulatedProvider } from '../../edge/providers/simulated';
import { noPast } from '../customer-history';
import { Decisions } from '../decisions';
import { Payments } from '../payments';
import type { RiskCase } from './risk-provider';

const clock = () => new Date('2026-11-02T10:00:00Z');
const meta = (): Meta => ({ commandId: randomUUID(), correlationId: 'c', actor: 'spec' });
const orderId = randomUUID();
const line = { lineId: '1', sku: 'MUG', quantity: 1, unitPrice: 4000, discounts: [], taxLines: [], total: 4000, shipGroupId: '1' };
const group = { shipGroupId: '1', method: 'ship', destination: { country: 'GB' }, charge: 0, taxLines: [] } as const;
const totals = { goods: 4000, discount: 0, shipping: 0, tax: 0, total: 4000 };
const order = {
  ...{ orderId, channel: 'web', placedAt: clock().toISOString(), currency: 'GBP', taxIncluded: true, priority: 'standard', policies: {} },
  ...{ lines: [line], shipGroups: [group], totals, personal: { key: 'k', box: '' } },
  payments: [{ paymentId: randomUUID(), method: 'card', amount: 4000 }],
};
const editTo = (total: number, orderVersion: number) => ({
  ...{ orderId, editId: randomUUID(), orderVersion, shipGroups: [], totalsBefore: totals, editedAt: clock().toISOString() },
  ...{ totals: { ...totals, goods: total, total }, reason: { code: 'wants-more', by: 'customer' } },
  lines: [{ lineId: '1', before: line, after: { ...line, unitPrice: total, total } }],
});

const setUp = (...scores: readonly number[]) => {
  const asked: RiskCase[] = [];
  const assess = async (of: RiskCase): Promise<Risk> => {
    asked.push(of);
    return { provider: 'spec', version: '1', score: scores[asked.length - 1] ?? 0, reasons: [] };
  };
  const decisions = new Decisions({
    silenceMinutes: 120,
    clock: { pause: async () => undefined },
    ...{
      store: memoryStore(),
      newId: randomUUID,
      now: clock,
      deadlines: memoryDeadlines(),
      pauses: [15],
      sealAction: async (key: string, details: object) => ({ key, box: JSON.stringify(details) }),
      openToken: async () => undefined,
    },
    isPublic: (type) => type in published,
    providers: new Map([['simulated', simulatedProvider(memoryOfProcess(), clock)]]),
  });
  const policy = { providerFor: () => 'simulated', capture: 'shipment', prepaidChannels: ['web'] } as const;
  const history = { remember: async () => noPast };
  const said = (): LearnedRisk => ({ method: 'spec', version: '1', model: '7', probability: 150, contributions: [] });
  const payments = new Payments({ decisions, history, limits: async () => limits, policy, risk: { assess }, learned: { said } });
  return { payments, asked };
};

describe('an order whose risk is asked for', () => {
  it('is judged by the score, which stands in its verdict and among what was known of it', async () => {
    const { payments, asked } = setUp(70);
    await payments.verify({ order, recordedAt: order.placedAt }, meta());
    const { payment } = await payments.read(orderId);
    const said = { provider: 'spec', version: '1', score: 70, reasons: [] };
    expect(payment).toMatchObject({
      phase: 'under-review',
      facts: { risk: said, learned: { model: '7', probability: 150 } },
      verdict: { risk: said, reasons: [{ rule: 'risk-doubtful' }], learned: { model: '7', probability: 150 } },
    });
    expect(asked).toMatchObject([{ orderId, orderVersion: 1, total: 4000, payments: [{ method: 'card', amount: 4000 }] }]);
    expect(JSON.stringify(asked)).not.toContain('personal');
  });

  it('is asked about again when an edit makes it dearer, at the new price, and not when one makes it cheaper', async () => {
    const { payments, asked } = setUp(0, 70);
    await payments.verify({ order, recordedAt: order.placedAt }, meta());
    await payments.edit(editTo(3000, 2), meta());
    await payments.edit(editTo(9000, 3), meta());
    expect(asked.map(({ orderVersion, total }) => [orderVersion, total])).toEqual([
      [1, 4000],
      [3, 9000],
    ]);
    expect((await payments.read(orderId)).payment.raise).toMatchObject({ verdict: { risk: { score: 70 }, learned: { model: '7' } } });
  });

  it('is not asked about where nothing is at risk', async () => {
    const { payments, asked } = setUp();
    const prepaid = { ...order, payments: [{ paymentId: randomUUID(), method: 'prepaid', amount: 4000 }] };
    await payments.verify({ order: prepaid, recordedAt: order.placedAt }, meta());
    expect(asked).toEqual([]);
  });
});
