import { randomUUID } from 'node:crypto';
import { factsOf, memoryDeadlines, memoryStore, type Meta } from '@cartage/eventsourcing';
import { Chargebacks } from './chargebacks';

const DAY = 86_400_000;
const start = Date.parse('2026-11-02T10:00:00.000Z');
const capture = { captureId: randomUUID(), orderId: randomUUID(), paymentId: randomUUID(), currency: 'GBP', amount: 4000 };
const meta = (): Meta => ({ commandId: randomUUID(), correlationId: 'c', actor: 'spec' });

describe('a chargeback that has to be answered', () => {
  it('is reminded of though the connection was lost before it was booked', async () => {
    const [store, deadlines, booked] = [memoryStore(), memoryDeadlines(), [] as string[]];
    let time = start;
    let isLost = true;
    const chargebacks = new Chargebacks({
      ...{ store, deadlines, newId: randomUUID, now: () => new Date(time), isPublic: () => true },
      idFor: (...parts) => parts.join('/'),
      findCapture: async () => capture,
      book: async ({ status }) => {
        if (isLost) throw new Error('the connection was lost');
        booked.push(status);
      },
    });
    const entry = { captureId: capture.captureId, amount: 4000, reasonCode: 'fraud', respondBy: new Date(start + 9 * DAY).toISOString() };
    const [opening, told] = [meta(), ['ChargebackBooking', 'ChargebackResponseDue']];
    await expect(chargebacks.open(entry, opening)).rejects.toThrow('the connection was lost');
    isLost = false;
    for (const name of told) {
      time += 8 * DAY;
      const due = await deadlines.take({ now: new Date(time), until: new Date(time + 60_000), limit: 10 });
      expect(due).toMatchObject([{ name }]);
      for (const deadline of due) await chargebacks.onDue(deadline, { ...meta(), commandId: `deadline:${deadline.id}` });
      await deadlines.settle(due.map(({ id }) => id));
    }
    const [stream] = await store.readMany([`chargeback-chargeback/${opening.commandId}`]);
    expect(factsOf(stream?.events ?? []).map(({ type }) => type)).toEqual(['ChargebackOpened', 'ChargebackResponseDue']);
    expect(booked[0]).toBe('open');
  });
});
