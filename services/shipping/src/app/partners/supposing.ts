import type { DataOf, Deadline, Deadlines, Meta } from '@cartage/eventsourcing';
import type { ShipmentEvent } from '../../domain/events';
import type { HandledShipment, ShipmentLog } from '../shipment-log';
import type { PartnerRegister } from './partner';

const NAME = 'SupposedDeliveryDue';
const DAY_MS = 86_400_000;

export interface SupposingNeeds {
  readonly log: ShipmentLog;
  readonly partners: Pick<PartnerRegister, 'find'>;
  readonly deadlines: Pick<Deadlines, 'set'>;
}

type Dispatched = DataOf<ShipmentEvent, 'ShipmentDispatched'>;

const dispatchedIn = ({ events }: HandledShipment): Dispatched | undefined =>
  events.flatMap(({ type, data }) => (type === 'ShipmentDispatched' ? [data] : []))[0];

const due = ({ shipmentId, dispatchedAt }: Dispatched, days: number): Deadline => ({
  id: `${NAME}-${shipmentId}`,
  stream: `shipment-${shipmentId}`,
  name: NAME,
  dueAt: new Date(Date.parse(dispatchedAt) + days * DAY_MS).toISOString(),
  data: { shipmentId },
});

/** The streams of shipments; what whoever fulfils it has handed over is waited for as long as was agreed. */
export const supposingDelivered = ({ log, partners, deadlines }: SupposingNeeds): ShipmentLog => ({
  ...log,
  send: async (shipmentId, command, meta, ifVersion) => {
    const handled = await log.send(shipmentId, command, meta, ifVersion);
    const partner = 'plan' in handled.current ? handled.current.plan?.partner : undefined;
    const dispatched = partner === undefined ? undefined : dispatchedIn(handled);
    if (partner === undefined || !dispatched) return handled;
    const days = (await partners.find(partner))?.deliveredAfterDays;
    if (days !== undefined) await deadlines.set(due(dispatched, days));
    return handled;
  },
});

/** Nothing was heard of it. */
export const whenSupposed =
  (log: Pick<ShipmentLog, 'send'>, now: () => Date) =>
  async ({ name, data }: Deadline, meta: Meta): Promise<void> => {
    if (name !== NAME) return;
    const { shipmentId } = data as Pick<Dispatched, 'shipmentId'>;
    await log.send(shipmentId, { type: 'SupposeDelivered', data: { now: now().toISOString() } }, meta);
  };
