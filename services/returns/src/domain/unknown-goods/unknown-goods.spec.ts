import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { returnEvents } from '@cartage/contracts';
import { fold, Refused, specFor, type StoredEvent } from '@cartage/eventsourcing';
import fc from 'fast-check';
import { publishedOfUnknownGoods, unknownGoods, type UnknownGoodsCommand, type UnknownGoodsEvent } from './unknown-goods';

const { given } = specFor(unknownGoods);
const folder = join(__dirname, 'golden');
const golden = <Type extends UnknownGoodsEvent['type']>(type: Type): Extract<UnknownGoodsEvent, { type: Type }> =>
  ({ type, data: JSON.parse(readFileSync(join(folder, `${type}.v1.json`), 'utf8')) as unknown }) as Extract<
    UnknownGoodsEvent,
    { type: Type }
  >;
const [received, overdue, matched, disposed] = [
  golden('UnknownGoodsReceived'),
  golden('UnknownGoodsOverdue'),
  golden('UnknownGoodsMatched'),
  golden('UnknownGoodsDisposed'),
];
const { receiptId } = received.data;

const { receivedAt, ...what } = received.data;
const receive: UnknownGoodsCommand = { type: 'ReceiveUnknownGoods', data: { ...what, now: receivedAt } };
const notice: UnknownGoodsCommand = { type: 'NoticeUnknownGoods', data: { receiptId, now: overdue.data.noticedAt } };
const { location: _, matchedAt, ...match } = matched.data;
const matching: UnknownGoodsCommand = { type: 'MatchUnknownGoods', data: { ...match, now: matchedAt } };
const disposing: UnknownGoodsCommand = {
  type: 'DisposeUnknownGoods',
  data: { receiptId, disposition: 'destroy', reason: disposed.data.reason, now: disposed.data.disposedAt },
};

describe('goods that name no order', () => {
  it('are received once', () => given().when(receive).thenOnce(received));

  it('are overdue once, while nobody knows them', () => {
    given(received).when(notice).thenOnce(overdue);
    given(received, matched).when(notice).then();
    given().when(notice).thenRefused('UNKNOWN_GOODS_UNKNOWN');
  });

  it('are of an order, or are given up, late too, and never both', () => {
    given(received).when(matching).then(matched);
    given(received, overdue).when(disposing).then(disposed);
    given(received, matched).when(disposing).thenRefused('GOODS_SETTLED');
    given(received, disposed).when(matching).thenRefused('GOODS_SETTLED');
    given(received, matched).when(matching).thenRefused('GOODS_SETTLED');
  });

  it('end once, whatever is asked of them in whatever order', () =>
    fc.assert(
      fc.property(fc.array(fc.constantFrom(receive, notice, matching, disposing), { maxLength: 12 }), (commands) => {
        const events: UnknownGoodsEvent[] = [];
        for (const command of commands) {
          try {
            events.push(...unknownGoods.decide(command, fold(unknownGoods, events)));
          } catch (error) {
            if (!(error instanceof Refused)) throw error;
          }
        }
        expect(events.filter(({ type }) => type === 'UnknownGoodsMatched' || type === 'UnknownGoodsDisposed').length).toBeLessThanOrEqual(
          1,
        );
        expect(new Set(events.map(({ type }) => type)).size).toBe(events.length);
      }),
    ));
});

describe('their stored events', () => {
  it('keep their names, and are published without what stands on the label', () => {
    expect(readdirSync(folder).toSorted()).toEqual(
      Object.keys(publishedOfUnknownGoods)
        .map((type) => `${type}.v1.json`)
        .toSorted(),
    );
    const stored = {
      ...received,
      ...{ id: 'e', stream: 's', version: 1, position: '1', recordedAt: '', meta: { commandId: 'c', correlationId: 'c', actor: 'spec' } },
    } as StoredEvent<never>;
    const told = publishedOfUnknownGoods.UnknownGoodsReceived?.(stored);
    expect(received.data).toHaveProperty('label');
    expect(told?.data).not.toHaveProperty('label');
    expect(Object.keys(publishedOfUnknownGoods).every((type) => Object.hasOwn(returnEvents, type))).toBe(true);
  });
});
