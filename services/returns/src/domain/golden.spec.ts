import { fold } from '@cartage/eventsourcing';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ReturnEvent } from './events';
import { returns } from './return';

const folder = join(__dirname, 'golden');
const names = [
  'PurchaseRecorded',
  'DeliveryRecorded',
  'ReturnRequested',
  'ReturnReviewRequired',
  'ReturnAuthorized',
  'ReturnReceived',
  'ItemGraded',
  'RefundFailureRecorded',
  'RefundRecorded',
  'ReturnClosed',
] as const;
const goldenOf = (name: string): ReturnEvent => JSON.parse(readFileSync(join(folder, `${name}.v1.json`), 'utf8')) as ReturnEvent;

describe('stored events of returns', () => {
  it('keep their names for ever', () =>
    expect(readdirSync(folder).sort()).toEqual([...names, 'ReturnDeclined'].sort().map((name) => `${name}.v1.json`)));

  it('fold to the return that they tell of', () => {
    const state = fold(returns, names.map(goldenOf));
    expect(state.rmas.get('0199a3c4-7b1e-7c3d-9f2a-000000000005')).toMatchObject({
      status: 'closed',
      owed: 306,
      refunded: 306,
      lines: [{ lineId: '1', asked: 1, received: 1, graded: 1, location: 'LDN-1' }],
    });
  });

  it('fold a decline', () => {
    const state = fold(returns, [goldenOf('PurchaseRecorded'), goldenOf('ReturnRequested'), goldenOf('ReturnDeclined')]);
    expect([...state.rmas.values()]).toMatchObject([{ status: 'declined', reason: 'line 1: final-sale' }]);
  });
});
