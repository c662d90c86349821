import type { ShippingEvent } from '@cartage/contracts';
import type { DataOf, Meta } from '@cartage/eventsourcing';
import type { ShipmentEvent } from '../../domain/events';
import { isOurs } from '../../domain/label';
import type { Shipment } from '../../domain/shipment';
import type { HandledShipment, ShipmentLog } from '../shipment-log';
import { planIn } from '../shipments';
import type { MessageContent, PlannedMessage } from './partner-message';

type Due = { readonly [Type in ShipmentEvent['type']]?: (data: DataOf<ShipmentEvent, Type>, now: Shipment) => MessageContent | undefined };

/** What whoever fulfils a shipment is to be told of a fact. What it said itself is not told back. */
const due: Due = {
  // What is the rest of something was asked for with that.
  ShipmentPlanned: ({ restOf }, { status }) => (status === 'cancelled' || restOf !== undefined ? undefined : { kind: 'request' }),
  ShipmentHeld: ({ holdId, reason }) => ({ kind: 'hold', holdId, reason }),
  ShipmentReleased: ({ holdId }) => ({ kind: 'release', holdId }),
  DestinationReplaced: () => ({ kind: 'change' }),
  InstructionsReplaced: () => ({ kind: 'change' }),
  ShipmentCancellationRequested: ({ reason }) => ({ kind: 'cancel', reason }),
};

const dueOf = ({ type, data }: ShipmentEvent, now: Shipment): MessageContent | undefined =>
  (due[type] as ((data: unknown, now: Shipment) => MessageContent | undefined) | undefined)?.(data, now);

export interface TellingNeeds {
  readonly log: ShipmentLog;
  readonly plan: (message: PlannedMessage) => Promise<void>;
  readonly messageIdOf: (...named: readonly string[]) => string;
  readonly now: () => Date;
}

/**
 * The streams of shipments, with what follows for whoever fulfils one: planned after the append, so that whoever dies in between is told the same fact again, and plans the
 * same message. Of what we fulfil ourselves nothing is asked, and nothing is written.
 */
export const tellingPartners = (needs: TellingNeeds): ShipmentLog => ({
  ...needs.log,
  send: async (shipmentId, command, meta, ifVersion) => {
    const handled = await needs.log.send(shipmentId, command, meta, ifVersion);
    const partner = 'plan' in handled.current ? handled.current.plan?.partner : undefined;
    if (partner !== undefined) await planAll(needs, { shipmentId, partner, handled }, meta);
    return handled;
  },
});

const planAll = async (
  { plan, messageIdOf, now }: TellingNeeds,
  { shipmentId, partner, handled }: { readonly shipmentId: string; readonly partner: string; readonly handled: HandledShipment },
  { commandId }: Meta,
): Promise<void> => {
  for (const [i, event] of handled.events.entries()) {
    const content = dueOf(event, handled.state);
    if (!content) continue;
    const messageId = messageIdOf('partner-message', shipmentId, commandId, String(i));
    await plan({ messageId, partner, shipmentId, content, plannedAt: now().toISOString() });
  }
};

export type TellLabel = (bought: Pick<DataOf<ShippingEvent, 'LabelPurchased'>, 'shipmentId' | 'labelId' | 'cost'>) => Promise<void>;

/** A label of ours, by the published fact that it was bought: whoever buys it may die before anything is planned, and what has a label is not bought again. */
export const tellingLabels =
  ({ log, plan, messageIdOf, now }: TellingNeeds): TellLabel =>
  async (bought) => {
    if (!isOurs(bought)) return;
    const { shipmentId, labelId } = bought;
    const partner = planIn((await log.read(shipmentId)).shipment)?.partner;
    if (partner === undefined) return;
    const messageId = messageIdOf('partner-message', shipmentId, 'label', labelId);
    await plan({ messageId, partner, shipmentId, content: { kind: 'label', labelId }, plannedAt: now().toISOString() });
  };
