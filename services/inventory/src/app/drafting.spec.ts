import { openBook, Unlocked } from '../domain/book';
import { draftOf, journalOf } from './drafting';

const now = '2026-11-23T09:15:30.000Z';
const meta = { commandId: 'c', correlationId: 'c', actor: 'spec' };

describe('rows that a fact moves and nobody locked', () => {
  it('are asked for all at once, of however many parts the kit is that is let go', () => {
    const parts = Array.from({ length: 12 }, (_, i) => ({ sku: `P${i}`, quantity: 1, share: 1 }));
    const draft = draftOf(
      { newId: () => 'e', isPublic: () => true },
      { stream: 'reservation-o', version: 0, sequence: 0 },
      journalOf(openBook({ network: [], stock: [] })),
    );
    const lines = [{ lineId: '1', sku: 'SET', quantity: 1, parts }];
    const reason = { code: 'not-wanted', by: 'system' } as const;
    const add = (): void =>
      draft.add({ type: 'StockReleased', data: { orderId: 'o', reservationId: 'r', reason, lines, releasedAt: now } }, meta, now);
    expect(add).toThrow(new Unlocked(parts.map(({ sku }) => ({ sku }))));
  });
});
