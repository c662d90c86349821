import type { ShippingEvent } from '@cartage/contracts';
import type { DataOf, Deadline, Deadlines, Meta } from '@cartage/eventsourcing';
import type { ShipmentLog } from '../shipment-log';
import type { PartnerRegister } from './partner';

const NAME = 'SupposedDeliveryDue';
const DAY_MS = 86_400_000;

export interface SupposingNeeds {
  readonly partners: Pick<PartnerRegister, 'find'>;
  readonly deadlines: Pick<Deadlines, 'set'>;
}

type Dispatched = DataOf<ShippingEvent, 'ShipmentDispatched'>;

const due = ({ shipmentId, dispatchedAt }: Dispatched, days: number): Deadline => ({
  id: `${NAME}-${shipmentId}`,
  stream: `shipment-${shipmentId}`,
  name: NAME,
  dueAt: new Date(Date.parse(dispatchedAt) + days * DAY_MS).toISOString(),
  data: { shipmentId },
});

/** What whoever fulfils it has handed over is waited for as long as was agreed: by the published fact, whoever told it. */
export const supposingDelivered =
  ({ partners, deadlines }: SupposingNeeds) =>
  async (dispatched: Dispatched): Promise<void> => {
    const days = dispatched.partner === undefined ? undefined : (await partners.find(dispatched.partner))?.deliveredAfterDays;
    if (days !== undefined) await deadlines.set(due(dispatched, days));
  };

/** Nothing was heard of it. */
export const whenSupposed =
  (log: Pick<ShipmentLog, 'send'>, now: () => Date) =>
  async ({ name, data }: Deadline, meta: Meta): Promise<void> => {
    if (name !== NAME) return;
    const { shipmentId } = data as Pick<Dispatched, 'shipmentId'>;
    await log.send(shipmentId, { type: 'SupposeDelivered', data: { now: now().toISOString() } }, meta);
  };
