import { systemClock } from '@cartage/eventsourcing';
import { WebhookChannel } from '@cartage/testkit';
import { contractLines, outletContract, type KnownThere, type OutletOnTrial } from '../outlet.contract';
import { webhookOutlet } from './webhook-outlet';

let channel: WebhookChannel;
let trial: OutletOnTrial;

const of = (type: string) => channel.taken.filter((message) => message.type === type);
const unitsOf = (lines: readonly { readonly lineId: string; readonly quantity: number }[] = []) =>
  Object.fromEntries(lines.map(({ lineId, quantity }) => [lineId, quantity]));

const known = (): KnownThere => ({
  parcels: of('order.dispatched').map(({ trackingNumber, lines }) => ({ trackingNumber, units: unitsOf(lines) })),
  cancelledUnits: unitsOf(of('order.units-cancelled').flatMap(({ lines }) => lines ?? [])),
  cancelled: of('order.cancelled').length,
  refunded: channel.refunded,
  stock: Object.fromEntries(channel.stock),
  prices: Object.fromEntries(channel.prices),
});

beforeEach(async () => {
  channel = new WebhookChannel();
  const account = { ...(await channel.start()), clock: systemClock };
  channel.orders.set('MX-1', unitsOf(contractLines));
  for (const { sku } of contractLines) channel.skus.add(sku);
  trial = {
    ...{ outlet: webhookOutlet(account), externalOrderId: 'MX-1', known },
    giveBack: (amount) => {
      channel.refunded += amount;
    },
    strike: (...faults) => channel.strike(...faults),
    askReturn: (id) => void channel.returns.set(id, 'requested'),
    returnAt: (id) => channel.returns.get(id),
  };
});
afterEach(() => channel.stop());

outletContract('a channel that takes signed JSON', () => trial);
