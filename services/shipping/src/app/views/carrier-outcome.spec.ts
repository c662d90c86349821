import { fold } from '@cartage/eventsourcing';
import { rowsAfter, type Row } from '@cartage/views';
import type { ShipmentCommand } from '../../domain/commands';
import { shipment } from '../../domain/decide';
import type { ShipmentEvent } from '../../domain/events';
import { dispatched, facts, labelId, now, packed, ref, scanAt } from '../../domain/shipment.fixture';
import { carrierOutcome } from './carrier-outcome';

const after = (history: readonly ShipmentEvent[], commands: readonly ShipmentCommand[]): readonly ShipmentEvent[] =>
  commands.reduce((events, command) => [...events, ...shipment.decide(command, fold(shipment, events))], history);
const delivered = (trackingNumber: string, hour: number): ShipmentCommand => ({
  type: 'RecordScan',
  data: { trackingNumber, scan: scanAt('delivered', hour), now },
});
const lose: ShipmentCommand = { type: 'DeclareLost', data: { parcelId: '1', reason: { code: 'lost', by: 'operator' }, now } };
const rows = (events: readonly ShipmentEvent[]): readonly Row[] => rowsAfter(carrierOutcome, events);

describe('what is learned of carriers', () => {
  it('is a shipment that was delivered as a whole, once, by its lane and how late it was', () => {
    expect(rows(after(dispatched, [delivered('CTG1', 9)]))).toEqual([]);
    const whole = rows(after(dispatched, [delivered('CTG1', 9), delivered('CTG2', 15), delivered('CTG2', 18)]));
    expect(whole).toHaveLength(1);
    expect(whole[0]).toMatchObject({
      ...{
        step: 'ended',
        label_id: labelId,
        ended: 'delivered',
        location: 'LEEDS',
        country: 'GB',
        carrier: 'simulated',
        service: 'standard',
      },
      days_late: expect.any(Number),
    });
  });

  it('is late by the days begun after what was promised, 30 at most', () => {
    const promising = (deliverBy: string) =>
      dispatched.map((event) => (event.type === 'ShipmentPlanned' ? { ...event, data: { ...event.data, deliverBy } } : event));
    const daysLate = (deliverBy: string) =>
      rows(after(promising(deliverBy), [delivered('CTG1', 9), delivered('CTG2', 15)]))[0]?.['days_late'];
    const came = scanAt('delivered', 15).occurredAt;
    const before = (hours: number) => new Date(Date.parse(came) - hours * 3_600_000).toISOString();
    expect([0, 1, 24, 25, 5_000].map((hours) => daysLate(before(hours)))).toEqual([0, 1, 1, 2, 30]);
  });

  it('is a parcel that is lost', () =>
    expect(rows(after(dispatched, [lose]))).toMatchObject([{ step: 'ended', ended: 'lost', days_late: 0, carrier: 'simulated' }]));

  it('is a choice that looked at what had been learned, with what both sides cost, and no other', () => {
    const offers = [
      { carrier: 'post', service: 'slow', currency: 'GBP', cost: 300, chosen: false, reason: { code: 'learned', by: 'policy' } },
      { carrier: 'simulated', service: 'standard', currency: 'GBP', cost: 400, chosen: true },
    ];
    const known = { parcels: 9, late: 3, lost: 0, basis: 'lane', drawn: 500 };
    const learned = {
      ...{ decidedBy: 'learned', method: 'learned by lane', version: '1', model: '7', reason: 'lowest-draw', currency: 'GBP' },
      ...{ lateDayCost: 200, lostCost: 5_000, allows: 32, spends: 4 },
      ...{ baseline: { carrier: 'post', service: 'slow' }, choice: { carrier: 'simulated', service: 'standard' } },
      offers: [
        { carrier: 'post', service: 'slow', expected: 650, ...known },
        { carrier: 'simulated', service: 'standard', expected: 420, ...known },
      ],
    };
    const quoted = { ...ref, labelId, by: 'cost', quotedAt: now, offers };
    expect(rows([...packed, { type: 'RatesQuoted', data: quoted }, facts.requested])).toEqual([]);
    expect(rows([...packed, { type: 'RatesQuoted', data: { ...quoted, learned } }, facts.requested])).toMatchObject([
      {
        ...{ step: 'chosen', label_id: labelId, decided_by: 'learned', currency: 'GBP', allows: 32, spends: 4 },
        ...{ baseline_carrier: 'post', baseline_cost: 300, baseline_expected: 650 },
        ...{ learned_carrier: 'simulated', learned_service: 'standard', learned_cost: 400, learned_expected: 420 },
        ...{ late_day_cost: 200, lost_cost: 5_000 },
      },
    ]);
  });
});
