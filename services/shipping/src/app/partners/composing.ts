import { withParts, type PartnerMessage, type PartnerRequest } from '@cartage/contracts';
import { Refused } from '@cartage/eventsourcing';
import type { Vault } from '@cartage/service-kit';
import type { Plan, PlannedLine } from '../../domain/events';
import { isGone } from '../../domain/collecting';
import { hasLabel, type Shipment } from '../../domain/shipment';
import type { Recipient } from '../carrier';
import type { Labels } from '../labels';
import type { ShipmentLog } from '../shipment-log';
import { planIn } from '../shipments';
import type { PartnerTerms } from './partner';
import type { ClaimedMessage, MessageContent } from './partner-message';

export interface ComposingNeeds {
  readonly log: Pick<ShipmentLog, 'read'>;
  readonly vault: Pick<Vault, 'open'>;
  readonly labels: Pick<Labels, 'print'>;
}

type Costs = ReadonlyMap<string, { readonly currency: string; readonly amount: number }>;

const costsOf = ({ dropship }: Plan): Costs => new Map(dropship?.costs.map(({ sku, ...cost }) => [sku, cost]));

const lineOf =
  (costs: Costs) =>
  ({ lineId, sku, quantity, parts, description, attributes, instructions }: PlannedLine): PartnerRequest['lines'][number] => ({
    ...withParts({ lineId, sku, quantity }, parts),
    ...(description === undefined ? {} : { title: description }),
    ...(attributes === undefined ? {} : { attributes }),
    ...(instructions === undefined ? {} : { instructions }),
    ...unitCostOf(costs.get(sku)),
  });

const unitCostOf = (unitCost: ReturnType<Costs['get']>): Pick<PartnerRequest['lines'][number], 'unitCost'> =>
  unitCost ? { unitCost } : {};

const recipientOf = async ({ vault }: ComposingNeeds, { personal }: Plan): Promise<PartnerRequest['recipient']> => {
  const opened = await vault.open<Partial<Recipient> & Pick<Recipient, 'name'>>(personal);
  if (opened) {
    const { name, email, phone, address } = opened;
    return { name, ...(email === undefined ? {} : { email }), ...(phone === undefined ? {} : { phone }), ...(address ? { address } : {}) };
  }
  throw new Refused('PERSONAL_ERASED', 'The recipient’s personal data was erased: nobody can be told where it goes.');
};

const requestOf = async (needs: ComposingNeeds, plan: Plan, { labels, packingSlip }: PartnerTerms): Promise<PartnerRequest> => {
  const { method, service, priority, shipBy, instructions, groupInstructions } = plan;
  return {
    ...{ lines: plan.lines.map(lineOf(costsOf(plan))), recipient: await recipientOf(needs, plan), method, priority, labels },
    ...(plan.dropship ? { supplierOrder: plan.dropship.number } : {}),
    ...(packingSlip ? { packingSlip } : {}),
    ...(service === undefined ? {} : { service }),
    ...(shipBy === undefined ? {} : { shipBy }),
    ...(instructions === undefined ? {} : { instructions }),
    ...(groupInstructions === undefined ? {} : { groupInstructions }),
  };
};

const labelOf = async ({ labels }: ComposingNeeds, shipment: Shipment, labelId: string): Promise<PartnerMessage['label']> => {
  if (!hasLabel(shipment) || shipment.label.labelId !== labelId) return undefined;
  const { carrier, service, parcels } = shipment.label;
  const pdf = await labels.print(shipment.plan.shipmentId);
  return { carrier, service, parcels, pdf: Buffer.from(pdf).toString('base64') };
};

type Part = Partial<Pick<PartnerMessage, 'request' | 'reason' | 'holdId' | 'label'>>;

/** Nothing where there is nothing to tell any more. */
const partOf = async (
  needs: ComposingNeeds,
  { content, shipment, plan, terms }: { content: MessageContent; shipment: Shipment; plan: Plan; terms: PartnerTerms },
): Promise<Part | undefined> => {
  const { kind } = content;
  if (kind === 'request' || kind === 'change') return { request: await requestOf(needs, plan, terms) };
  if (kind === 'hold') return { holdId: content.holdId, reason: content.reason };
  if (kind === 'release') return { holdId: content.holdId };
  if (kind === 'cancel') return { reason: content.reason };
  if (kind === 'status') return {};
  const label = await labelOf(needs, shipment, content.labelId);
  return label && { label };
};

const isOver = (shipment: Shipment): boolean => shipment.status === 'cancelled' || isGone(shipment);

/** What a partner is told, as it stands now; nothing where its shipment has come to an end meanwhile, or the label is another. */
export const composed = async (
  needs: ComposingNeeds,
  { messageId, shipmentId, content }: Pick<ClaimedMessage, 'messageId' | 'shipmentId' | 'content'>,
  terms: PartnerTerms,
): Promise<PartnerMessage | undefined> => {
  const { shipment } = await needs.log.read(shipmentId);
  const plan = planIn(shipment);
  if (!plan || isOver(shipment)) return undefined;
  const part = await partOf(needs, { content, shipment, plan, terms });
  const { orderId, location } = plan;
  return (
    part && {
      type: `fulfilment.${content.kind}`,
      messageId,
      partner: terms.partner,
      reference: plan.restOf ?? shipmentId,
      orderId,
      location,
      ...part,
    }
  );
};
