import { contracts, type AnyEventContract } from '@cartage/contracts';
import type { StoredEvent } from '@cartage/eventsourcing';
import { sampleOf } from '@cartage/testkit';
import { envelopesOf, type AnyPublication } from './publication';

const same = ({ type, data }: StoredEvent) => ({ type, data });
const publicationOf = ({ topic }: AnyEventContract): AnyPublication => ({
  ...{ service: 'spec', topic },
  translate: Object.fromEntries(contracts.map(({ type }) => [type, same])),
});

/** Under which keys events of one subject go out. */
const keysOf = (stream: string, types: readonly string[]): readonly (string | undefined)[] =>
  types.map((type, i) => {
    const contract = contracts.find((each) => each.type === type);
    if (!contract) throw new Error(`No contract ${type}.`);
    const meta = { commandId: `c-${i}`, correlationId: 'r', actor: 'spec', sequence: i + 1 };
    const data: unknown = sampleOf(contract.type as 'OrderPlaced');
    const stored = { id: `e-${i}`, type, data, meta, stream, version: i + 1, position: String(i), recordedAt: '2026-11-27T09:00:00.000Z' };
    return envelopesOf(publicationOf(contract), stored)[0]?.key;
  });

describe('the key that an event is published under', () => {
  it('is the order for everything that belongs to one, whatever its subject', () => {
    const { orderId } = sampleOf('FulfillmentBrokered');
    expect(keysOf('brokering-o-1', ['FulfillmentBrokered', 'FulfillmentRejected'])).toEqual([orderId, orderId]);
  });

  it('is the subject where there is no order', () => expect(keysOf('location-LDN-1', ['LocationChanged'])).toEqual(['location/LDN-1']));

  it.each([
    ['a cart, which an order takes over', 'cart-r-1', ['CartReserved', 'CartReleased', 'ReservationExpired']],
    [
      'a balance, which pays for many orders',
      'balance-b-1',
      ['BalanceOpened', 'BalanceCredited', 'BalanceReserved', 'BalanceReleased', 'BalanceDebited', 'BalanceFrozen', 'BalanceUnfrozen'],
    ],
  ])('is one for all that happens to %s: else nobody would hear it in its order', (_, stream, types) =>
    expect(new Set(keysOf(stream, types)).size).toBe(1),
  );

  it('is never an order that only some events of a subject name', () => {
    const required = ({ data }: AnyEventContract): readonly string[] => (data.json['required'] ?? []) as readonly string[];
    const named = ({ data }: AnyEventContract): boolean => 'orderId' in ((data.json['properties'] ?? {}) as object);
    const maybe = contracts.filter((each) => named(each) && !required(each).includes('orderId'));
    expect(maybe.length).toBeGreaterThan(0);
    expect(maybe.filter(({ keyedBy }) => keyedBy === 'order').map(({ type }) => type)).toEqual([]);
  });
});
