import { randomUUID } from 'node:crypto';
import type { ListedShipment, ShownReturn } from '../simulator/answers';
import type { ChannelOrder } from '../simulator/bodies';
import { cartageOver, type Cartage } from '../simulator/cartage';
import { httpTo } from '../simulator/http';
import { awaited } from '../simulator/patience';
import { sendBack } from '../simulator/returning';
import { parcelsOf } from '../simulator/warehouse';
import { channelOrder } from './bodies';
import { deliveryOf } from './deliveries';
import { startEmbeddedProcess } from './embedded-process';
import type { Figure } from './figure';
import { withFolder } from './places';

const LINES = 1_500;
const LOCATION = 'LDN-1';
const PATIENCE_MS = 300_000;

const skuOf = (n: number): string => `LINE-${n}`;
const lineIds = Array.from({ length: LINES }, (_, i) => String(i + 1));

const open = async (cartage: Cartage): Promise<void> => {
  const profile = { name: 'London', kind: 'warehouse', country: 'GB', latitude: 51.5, longitude: 0.02, active: true } as const;
  await cartage.putLocation(LOCATION, profile);
  await cartage.receiveStock('opening', { location: LOCATION, lines: lineIds.map((_, i) => ({ sku: skuOf(i), quantity: 1 })) });
};

/** Cheap enough that nobody has to look at the payment. */
const order: ChannelOrder = {
  ...channelOrder(1),
  lines: lineIds.map((lineId, i) => ({ lineId, sku: skuOf(i), quantity: 1, unitPrice: 100 })),
};

const waitingFor = (cartage: Cartage, status: string): Promise<ListedShipment> =>
  awaited(`a shipment that is ${status}`, async () => (await cartage.shipments({ status })).items[0], PATIENCE_MS);

/** From the channel to the door; answers with the order's id once all of it is completed. */
const carryThere = async (cartage: Cartage): Promise<string> => {
  await cartage.placeOrder('web', 'large-1', order);
  const { shipmentId, lines } = await waitingFor(cartage, 'to-pack');
  await cartage.packMany(randomUUID(), [{ shipmentId, parcels: parcelsOf(lines) }]);
  const labelled = await waitingFor(cartage, 'labelled');
  await cartage.dispatchMany(randomUUID(), [{ shipmentId }]);
  await cartage.webhook('simulated', deliveryOf([labelled]));
  const completed = await awaited('the order’s end', async () => (await cartage.orders({ status: 'completed' })).items[0], PATIENCE_MS);
  return completed.orderId;
};

/** Every line is asked for, comes in, is graded by itself and refunded. */
const carryBack = async (cartage: Cartage, orderId: string): Promise<ShownReturn> => {
  const lines = lineIds.map((lineId) => ({ lineId, quantity: 1, reason: 'changed-mind', grade: 'A' }) as const);
  const { returnId } = await sendBack(cartage, { key: 'large-1', orderId, location: LOCATION, lines });
  const closed = async (): Promise<ShownReturn | undefined> => {
    const shown = await cartage.return(returnId);
    return shown.status === 'closed' ? shown : undefined;
  };
  return awaited('the end of its return', closed, PATIENCE_MS);
};

const secondsOf = async <Result>(work: () => Promise<Result>): Promise<readonly [seconds: number, result: Result]> => {
  const begin = performance.now();
  const result = await work();
  return [(performance.now() - begin) / 1000, result];
};

/** One order of 1,500 lines over HTTP: to the door, and all of it back, line by line. */
export const largeOrder = (): Promise<readonly Figure[]> =>
  withFolder(async (folder) => {
    const embedded = await startEmbeddedProcess(folder);
    const cartage = cartageOver(httpTo(embedded.url));
    try {
      await open(cartage);
      const [there, orderId] = await secondsOf(() => carryThere(cartage));
      const [back] = await secondsOf(() => carryBack(cartage, orderId));
      const lines = LINES.toLocaleString('en');
      return [
        { name: `${lines} lines in one order: there and back`, value: there + back, unit: 's', goal: { must: 60, better: 'less' } },
        { name: '  there: capture to completed', value: there, unit: 's' },
        { name: '  back: asked for to refunded', value: back, unit: 's', note: 'each line is graded by itself' },
      ];
    } finally {
      cartage.close();
      await embedded.stop();
    }
  });
