import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fold, specFor } from '@cartage/eventsourcing';
import { bins, type BinEvent } from './bins';
import { shipment } from './decide';
import { facts, hold, now, plan, ref, toPack } from './shipment.fixture';
import type { ShipmentEvent } from './events';
import { wave, type WaveCommand, type WaveEvent } from './wave';

const [waveId, location] = ['w1', 'LEEDS'];
const members = [{ shipmentId: ref.shipmentId, tote: 1 }];
const released: WaveEvent = { type: 'WaveReleased', data: { waveId, location, members, releasedAt: now } };
const assigned = (picker: string): WaveEvent => ({ type: 'WaveAssigned', data: { waveId, picker, assignedAt: now } });
const closed: WaveEvent = { type: 'WaveClosed', data: { waveId, closedAt: now } };
const assign = (picker: string): WaveCommand => ({ type: 'AssignWave', data: { picker, now } });
const close: WaveCommand = { type: 'CloseWave', data: { now } };

describe('a wave', () => {
  const { given } = specFor(wave);

  it('is released once', () => given().when({ type: 'ReleaseWave', data: { waveId, location, members, now } }).thenOnce(released));

  it('is given to a picker, and to another one', () => {
    given(released).when(assign('p1')).thenOnce(assigned('p1'));
    given(released, assigned('p1')).when(assign('p2')).thenOnce(assigned('p2'));
  });

  it('is closed once, and given to nobody then', () => {
    given(released).when(close).thenOnce(closed);
    given(released, closed).when(assign('p1')).thenRefused('WAVE_CLOSED');
    given().when(close).thenRefused('WAVE_UNKNOWN');
  });
});

describe('a shipment', () => {
  const { given } = specFor(shipment);
  const ids = { shipmentId: ref.shipmentId, orderId: ref.orderId };
  const joined = (id = waveId): ShipmentEvent => ({ type: 'WaveJoined', data: { ...ids, waveId: id, joinedAt: now } });
  const left: ShipmentEvent = { type: 'WaveLeft', data: { ...ids, waveId, leftAt: now } };
  const joinOf = (id: string, over?: string) =>
    ({ type: 'JoinWave', data: { waveId: id, ...(over === undefined ? {} : { over }), now } }) as const;

  it('is in one wave at most, unless that is closed', () => {
    given(...toPack)
      .when(joinOf('w1'))
      .thenOnce(joined());
    given(...toPack, joined())
      .when(joinOf('w2'))
      .thenRefused('SHIPMENT_IN_WAVE');
    given(...toPack, joined())
      .when(joinOf('w2', 'w1'))
      .thenOnce(joined('w2'));
    given(...toPack, joined())
      .when({ type: 'LeaveWave', data: { waveId, now } })
      .thenOnce(left);
    given(...toPack, joined(), left)
      .when(joinOf('w2'))
      .thenOnce(joined('w2'));
  });

  it('joins none while it is held, nor once it was picked or cancelled', () => {
    given(...toPack, { type: 'ShipmentHeld', data: { ...ref, ...hold('h1') } })
      .when(joinOf('w1'))
      .thenRefused('SHIPMENT_HELD');
    const picked: ShipmentEvent = { type: 'ShipmentPicked', data: { ...ref, lines: plan.lines, short: [], pickedAt: now } };
    given(...toPack, picked)
      .when(joinOf('w1'))
      .thenRefused('SHIPMENT_PICKED_ALREADY');
    given(...toPack, facts.cancelled)
      .when(joinOf('w1'))
      .thenRefused('SHIPMENT_CANCELLED');
  });
});

describe('the bins of a location', () => {
  const { given } = specFor(bins);
  const told = (...of: BinEvent['data']['bins']): BinEvent => ({ type: 'BinsAssigned', data: { location, bins: of, assignedAt: now } });
  const assignBins = (...of: BinEvent['data']['bins']) => ({ type: 'AssignBins', data: { location, bins: of, now } }) as const;

  it('are told where they change, the last that was said of a SKU', () => {
    const [mug, lamp] = [
      { sku: 'MUG', bin: 'A-1' },
      { sku: 'LAMP', bin: 'B-1' },
    ];
    given()
      .when(assignBins({ sku: 'MUG', bin: 'C-9' }, lamp, mug))
      .thenOnce(told(mug, lamp));
    given(told(mug, lamp))
      .when(assignBins(mug, { sku: 'LAMP' }))
      .thenOnce(told({ sku: 'LAMP' }));
  });
});

it('the stored events of waves and bins fold for ever', () => {
  const folder = join(__dirname, 'waves-golden');
  const names = ['BinsAssigned', 'WaveAssigned', 'WaveClosed', 'WaveReleased'];
  expect(readdirSync(folder).sort()).toEqual(names.map((name) => `${name}.v1.json`));
  const golden = <Event>(type: string): Event =>
    ({ type, data: JSON.parse(readFileSync(join(folder, `${type}.v1.json`), 'utf8')) as unknown }) as Event;
  const all = ['WaveReleased', 'WaveAssigned', 'WaveClosed'].map((type) => golden<WaveEvent>(type));
  expect(fold(wave, all)).toMatchObject({ location: 'LEEDS', members: [{ tote: 1 }], picker: 'picker-7', closedAt: expect.any(String) });
  expect([...fold(bins, [golden<BinEvent>('BinsAssigned')])]).toEqual([['85123A', 'A-01-3']]);
});
