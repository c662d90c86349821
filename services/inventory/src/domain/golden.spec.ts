import { contracts } from '@cartage/contracts';
import { fold, type StoredEvent } from '@cartage/eventsourcing';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { InventoryEvent, LocationChanged, ReservationEvent } from './events';
import { location } from './location';
import { movementsOf, type Movement } from './movement';
import { published } from './published';
import { evolve, noReservation } from './reservation';

const folder = join(__dirname, 'golden');
const golden = (type: InventoryEvent['type']): InventoryEvent =>
  ({ type, data: JSON.parse(readFileSync(join(folder, `${type}.v1.json`), 'utf8')) }) as InventoryEvent;

const names: readonly InventoryEvent['type'][] = [
  'AllocationRefused',
  'AllocationReleased',
  'AvailabilityChanged',
  'BackorderMoved',
  'CartExtended',
  'CartReleased',
  'CartReserved',
  'ChannelLocationsChanged',
  'ChannelSafetyStockChanged',
  'DemandChanged',
  'HandoverRefused',
  'LocationChanged',
  'PartsAwaited',
  'ReservationExpired',
  'SafetyStockChanged',
  'ShortageSplit',
  'StockAdjusted',
  'StockAllocated',
  'StockBackordered',
  'StockCounted',
  'StockDisposed',
  'StockHandedOver',
  'StockIssued',
  'StockReceived',
  'StockRecounted',
  'StockReleased',
  'StockReserved',
  'StockRestocked',
  'StockShort',
  'StockTransferred',
];

const cell = { sku: '85123A', location: 'LDN-1' };

/** What each does to stock, for ever. */
const movements: Record<InventoryEvent['type'], readonly Movement[]> = {
  AllocationRefused: [],
  AllocationReleased: [{ ...cell, reserved: 2, allocated: -2 }],
  AvailabilityChanged: [],
  CartExtended: [],
  CartReleased: [{ sku: '85123A', reserved: -3 }],
  CartReserved: [{ sku: '85123A', reserved: 3 }],
  ChannelLocationsChanged: [],
  ChannelSafetyStockChanged: [],
  DemandChanged: [],
  HandoverRefused: [],
  StockHandedOver: [],
  LocationChanged: [],
  StockDisposed: [{ ...cell, unavailable: -2 }],
  StockCounted: [],
  StockTransferred: [{ ...cell, onHand: -2 }],
  PartsAwaited: [],
  ReservationExpired: [{ sku: '85123A', reserved: -3 }],
  SafetyStockChanged: [{ ...cell, holdBack: 5 }],
  StockAdjusted: [{ ...cell, onHand: 2 }],
  StockAllocated: [{ ...cell, reserved: -2, allocated: 2 }],
  StockIssued: [{ ...cell, onHand: -1, allocated: -1 }],
  StockRecounted: [],
  StockReceived: [{ ...cell, onHand: 2 }],
  StockReleased: [{ sku: '85123A', reserved: -2 }],
  StockReserved: [{ sku: '85123A', reserved: 3 }],
  StockRestocked: [{ ...cell, onHand: 2 }],
  StockShort: [],
  ShortageSplit: [],
  StockBackordered: [],
  BackorderMoved: [],
};

const stored = (event: InventoryEvent): StoredEvent<never> =>
  ({
    ...event,
    id: 'e',
    stream: 's-1',
    version: 1,
    position: '1',
    recordedAt: '2026-11-23T09:15:30.000Z',
    meta: { commandId: 'c', correlationId: 'c', actor: 'a', sequence: 1 },
  }) as StoredEvent<never>;

describe('stored events', () => {
  it('keep their names for ever', () => expect(readdirSync(folder).map((file) => file.replace('.v1.json', ''))).toEqual(names));

  it.each(names)('%s is still understood, and told as the contract says', (type) => {
    const event = golden(type);
    expect(movementsOf(event)).toEqual(movements[type]);
    const publicly = published[type]?.(stored(event));
    const contract = contracts.find((each) => each.type === type);
    expect(publicly === undefined).toBe(contract === undefined);
    expect(Object.keys(contract?.data.json['properties'] ?? {})).toEqual(expect.arrayContaining(Object.keys(publicly?.data ?? {})));
  });

  it('fold into the claims of one order', () => {
    const flow = (
      ['StockReserved', 'StockAllocated', 'StockIssued', 'DemandChanged', 'AllocationReleased', 'StockReleased', 'StockRestocked'] as const
    ).map(golden);
    const state = fold({ initial: noReservation, evolve }, flow as readonly ReservationEvent[]);
    expect({ status: state.status, lines: [...state.lines.values()], gradings: [...state.gradings] }).toEqual({
      status: 'ended',
      lines: [{ lineId: '1', sku: '85123A', wanted: 1, reserved: 1, allocated: -1, issued: 1, waiting: 0 }],
      gradings: ['0199a3c4-7b1e-7c3d-9f2a-000000000009'],
    });
  });

  it('fold into a location', () =>
    expect(location.evolve(undefined, golden('LocationChanged') as LocationChanged)).toMatchObject({ code: 'LDN-1', revision: 12 }));
});
