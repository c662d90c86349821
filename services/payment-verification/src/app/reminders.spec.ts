import { randomUUID } from 'node:crypto';
import { factsOf, memoryDeadlines, memoryStore, type Meta } from '@cartage/eventsourcing';
import { limits, pauses, terms } from '../domain/payment.fixture';
import { published } from '../domain/published';
import { memoryOfProcess } from '../edge/providers/call-memory';
import { simulatedProvider } from '../edge/providers/simulated';
import { noPast } from './customer-history';
import { onDue } from './deadlines';
import { Decisions } from './decisions';
import { Interventions } from './interventions';
import { OutcomeUnknown, type PaymentProvider } from './payment-provider';

const start = Date.parse('2026-11-02T10:00:00Z');
const MINUTE = 60_000;
const meta = (): Meta => ({ commandId: randomUUID(), correlationId: 'c', actor: 'spec' });

/** An order whose customer has a quarter of an hour to act. */
const waiting = async (change: Partial<PaymentProvider> = {}) => {
  let time = start;
  const clock = () => new Date(time);
  const [store, deadlines, orderId] = [memoryStore(), memoryDeadlines(), randomUUID()];
  const decisions = new Decisions({
    silenceMinutes: 120,
    clock: { pause: async () => undefined },
    ...{ store, deadlines, pauses, now: clock, newId: randomUUID, isPublic: (type: string) => type in published },
    reminders: { afterPercent: 50, apartMinutes: 5 },
    providers: new Map([['simulated', { ...simulatedProvider(memoryOfProcess(), clock), ...change }]]),
    sealAction: async (key: string, details: object) => ({ key, box: Buffer.from(JSON.stringify(details)).toString('base64') }),
    openToken: async ({ box }) => box,
  });
  const payments = [{ paymentId: randomUUID(), method: 'card', amount: 4000, provider: 'simulated', token: { key: 'k', box: 'pay_1' } }];
  const data = { ...decisions.at(), orderId, terms: { ...terms, orderId, payments }, facts: noPast, limits };
  await decisions.decide({ type: 'VerifyPayment', data }, meta());
  const due = onDue(new Interventions(decisions).whenDue);
  const after = async (minutes: number) => {
    time = start + minutes * MINUTE;
    const all = await deadlines.take({ now: clock(), until: new Date(time + 1), limit: 10 });
    for (const each of all) await due(each, meta());
    return all;
  };
  const typesNow = async () => factsOf(await decisions.eventsOf(orderId)).map(({ type }) => type);
  return { decisions, orderId, due, after, typesNow };
};

describe('a customer who has to act', () => {
  it('is told where by what only whoever may open it can read, in the log and on the topic', async () => {
    const { after, decisions, orderId } = await waiting();
    await after(8);
    const events = factsOf(await decisions.eventsOf(orderId));
    const actions = events.flatMap(({ data }) => ('action' in data ? [data.action] : []));
    const url = Buffer.from(JSON.stringify({ url: 'https://pay.example/link' })).toString('base64');
    const asked = { kind: 'redirect', details: { key: terms.customerId ?? '', box: url } };
    expect(actions).toEqual([asked, asked]);
    expect(JSON.stringify(events)).not.toContain('pay.example');
  });

  it('is reminded when half of the time is over, and not before', async () => {
    const { after, typesNow } = await waiting();
    expect(await after(7)).toEqual([]);
    expect((await after(7.5)).map(({ name }) => name)).toEqual(['PaymentReminder']);
    expect(await typesNow()).toEqual(['PaymentRequested', 'PaymentPending', 'PaymentReminderDue']);
  });

  it('is reminded once, however often the deadline is told', async () => {
    const { after, due, typesNow } = await waiting();
    const [deadline] = await after(8);
    if (!deadline) throw new Error('Nothing was due.');
    await Promise.all([due(deadline, meta()), due(deadline, meta())]);
    expect((await typesNow()).filter((type) => type === 'PaymentReminderDue')).toHaveLength(1);
  });

  it('is not reminded of what was paid at the last moment, though no webhook told so', async () => {
    const { after, typesNow } = await waiting({ inquire: async () => ({ status: 'approved', reference: 'pay_1' }) });
    await after(8);
    expect(await typesNow()).toEqual(['PaymentRequested', 'PaymentPending', 'PaymentAuthorized']);
  });

  it('is not reminded of an order that was cancelled while the provider was asked', async () => {
    const cancel: { run: () => Promise<unknown> } = { run: async () => undefined };
    const { after, decisions, orderId, typesNow } = await waiting({
      inquire: async ({ authorization }) => {
        await cancel.run();
        return { status: 'pending', reference: authorization, action: { kind: 'redirect' }, expiresAt: '2026-11-02T10:15:00.000Z' };
      },
    });
    const reason = { code: 'customer', by: 'customer' } as const;
    cancel.run = () => decisions.decide({ type: 'CancelPayment', data: { ...decisions.at(), orderId, reason } }, meta());
    await after(8);
    expect(await typesNow()).toEqual(['PaymentRequested', 'PaymentPending', 'PaymentAbandoned']);
  });

  it('is not reminded while nobody knows whether the payment was made: the deadline comes again', async () => {
    const { after, typesNow } = await waiting({ inquire: async () => ({ status: 'unknown', reason: 'timeout' }) });
    await expect(after(8)).rejects.toBeInstanceOf(OutcomeUnknown);
    expect(await typesNow()).not.toContain('PaymentReminderDue');
  });
});
