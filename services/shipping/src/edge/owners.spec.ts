import { memoryRegisters } from '../app/memory-registers';
import { shipment } from '../domain/decide';
import { unknownManifest } from '../domain/days/manifest';
import { unknownPickup } from '../domain/days/pickup';
import { facts, plan, ref } from '../domain/shipment.fixture';
import { unknownWave } from '../domain/wave';
import { ownersIn } from './owners';

const [returnId, other] = ['019a9f6e-7d1c-7b2a-9c3d-5e4f6a7b8c77', '019a9f6e-7d1c-7b2a-9c3d-5e4f6a7b8c78'];
const wanted = { returnId, orderId: ref.orderId, location: 'LEEDS', lines: [], format: 'label' };

/** Of an order that was sold by this channel, with its shipment and the label of a return. */
const ownersOf = async (channel?: string) => {
  const { orders } = memoryRegisters();
  const known = { orderId: ref.orderId, currency: 'GBP', priority: 'standard', personal: plan.personal, shipGroups: [], lines: [] };
  await orders.learn({ ...known, ...(channel === undefined ? {} : { channel }) });
  const { data } = facts.planned;
  const planned = shipment.evolve(shipment.initial, { type: 'ShipmentPlanned', data: { ...data, pickupLocation: 'STORE' } });
  return ownersIn({
    shipments: { read: async (id) => ({ shipment: id === ref.shipmentId ? planned : shipment.initial, version: 1 }) },
    waves: { get: () => Promise.reject(unknownWave()) },
    wayBack: { read: async (id) => ({ labels: new Map(), ...(id === returnId ? { wanted } : {}) }) },
    orders,
    manifests: { get: () => Promise.reject(unknownManifest()) },
    pickups: { get: () => Promise.reject(unknownPickup()) },
  });
};

describe('what goes out, and what comes back', () => {
  it('belongs to the channel that sold the order', async () => {
    const { shipmentId, returnId: returned } = await ownersOf('market');
    expect(await shipmentId?.of.channel?.(ref.shipmentId)).toBe(plan.channel);
    expect(await returned?.of.channel?.(returnId)).toBe('market');
  });

  it('is where it leaves from, and where its customer fetches it', async () => {
    const { shipmentId, waveId, manifestId, pickupId } = await ownersOf('market');
    expect(await shipmentId?.of.location?.(ref.shipmentId)).toEqual(['LEEDS', 'STORE']);
    expect(await shipmentId?.of.location?.(other)).toEqual([]);
    for (const owner of [waveId, manifestId, pickupId]) expect(await owner?.of.location?.(other)).toBeUndefined();
  });

  it('is nobody’s where nothing was heard of it, or not of its channel', async () => {
    const { shipmentId, returnId: returned } = await ownersOf();
    expect(await shipmentId?.of.channel?.(other)).toBeUndefined();
    for (const id of [other, returnId, 'no id']) expect(await returned?.of.channel?.(id)).toBeUndefined();
  });
});
