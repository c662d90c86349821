import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { returnEvents } from '@cartage/contracts';
import { fold, type StoredEvent } from '@cartage/eventsourcing';
import Ajv2020 from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import type { ReturnEvent } from './events';
import { published } from './published';
import { returns } from './return';
import { publishedOfUnknownGoods } from './unknown-goods/unknown-goods';
import { owed, refunded, standingOf, type OrderReturns } from './state';

const folder = join(__dirname, 'golden');
const goldenOf = (type: ReturnEvent['type']): ReturnEvent =>
  ({ type, data: JSON.parse(readFileSync(join(folder, `${type}.v1.json`), 'utf8')) as unknown }) as ReturnEvent;
const stateAfter = (...types: readonly ReturnEvent['type'][]): OrderReturns => fold(returns, types.map(goldenOf));
const rmaOf = ({ rmas }: OrderReturns) => {
  const [rma] = rmas.values();
  if (!rma) throw new Error('There is no return.');
  return { ...rma, ...standingOf(rma), owed: owed(rma), refunded: refunded(rma) };
};
const graded = ['ReturnRequested', 'ReturnAuthorized', 'ReturnReceived', 'ItemGraded', 'RefundDue'] as const;

describe('stored events of returns', () => {
  it('keep their names for ever', () =>
    expect(readdirSync(folder).sort()).toEqual(
      [
        ...graded,
        'ReturnLabelIssued',
        'ReturnInTransit',
        'LabelFailureRecorded',
        'ReturnExpiring',
        'ReturnExpired',
        'ReturnCancelled',
        'RefundWaived',
        'ExchangeRequested',
        'ExchangeSettled',
        'ExchangeOverdue',
        'ClaimOpened',
        'ClaimDecided',
        'ClaimOverdue',
        'PolicyDrafted',
        'PolicyActivated',
        'ReturnReviewRequired',
        'ReturnDeclined',
        'RefundFailureRecorded',
        'RefundRecorded',
        'ReturnClosed',
        'ReturnEndedAtChannel',
      ]
        .sort()
        .map((name) => `${name}.v1.json`),
    ));

  it.each([
    ['a return under review', rmaOf(stateAfter('ReturnRequested', 'ReturnReviewRequired')), { status: 'awaiting-review', owed: 0 }],
    ['a decline', rmaOf(stateAfter('ReturnRequested', 'ReturnDeclined')), { status: 'declined', reason: { code: 'final-sale' } }],
    [
      'a return that was graded',
      rmaOf(stateAfter(...graded)),
      {
        status: 'received',
        owed: 1_000,
        refunded: 0,
        lines: [{ lineId: '1', asked: 1, received: 1, gradings: [{ quantity: 1, grade: 'A' }] }],
      },
    ],
    [
      'a failed refund',
      rmaOf(stateAfter(...graded, 'RefundFailureRecorded')),
      { status: 'refund-failed', reason: { code: 'account-closed' } },
    ],
    [
      'a return that its channel has ended',
      rmaOf(stateAfter('ReturnRequested', 'ReturnAuthorized', 'ReturnEndedAtChannel')),
      { status: 'authorized', endedAtChannel: true },
    ],
    [
      'a return that is over',
      rmaOf(stateAfter(...graded, 'RefundRecorded', 'ReturnClosed')),
      { status: 'closed', owed: 1_000, refunded: 1_000 },
    ],
  ])('fold to %s', (_, rma, expected) => expect(rma).toMatchObject(expected));

  it('keep what was sold', () =>
    expect(stateAfter('ReturnRequested').sale).toMatchObject({ currency: 'GBP', deliveries: [{ country: 'GB', total: 594, tax: 99 }] }));

  it('become public events that keep their contracts, and every public event has its source', () => {
    const ajv = addFormats(new Ajv2020({ strict: false }));
    const stored = (type: ReturnEvent['type']) =>
      ({
        ...goldenOf(type),
        ...{ id: 'e', stream: 'return-1', version: 1, position: '1', recordedAt: '' },
        meta: { commandId: 'c', correlationId: 'c', actor: 'spec' },
      }) as StoredEvent<never>;
    const told = Object.entries(published).map(([type, translate]) => translate(stored(type as ReturnEvent['type'])));
    const sources = [...told.map(({ type }) => type), ...Object.keys(publishedOfUnknownGoods)];
    expect(sources.toSorted()).toEqual(Object.keys(returnEvents).toSorted());
    for (const { type, data } of told) {
      const { json } = returnEvents[type].data;
      expect([type, ajv.validate(json, data), ajv.errorsText()]).toEqual([type, true, 'No errors']);
      expect(Object.keys(data).filter((field) => !(field in (json['properties'] as object)))).toEqual([]);
    }
  });
});
