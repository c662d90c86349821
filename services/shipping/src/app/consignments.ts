import type { Reason } from '@cartage/contracts';
import type { Vault } from '@cartage/service-kit';
import type { Plan } from '../domain/events';
import type { Carrier, Carriers, Consignment, Recipient } from './carrier';
import type { LocationRegister } from './registers';

export interface ConsignmentNeeds {
  readonly carriers: Carriers;
  readonly locations: Pick<LocationRegister, 'find'>;
  readonly vault: Pick<Vault, 'open'>;
}

type WhyNobody = Reason & { readonly detail: string };

const erased: WhyNobody = { code: 'personal-erased', detail: 'The recipient’s personal data was erased.', by: 'customer' };
const nowhere: WhyNobody = { code: 'address-missing', detail: 'Nobody said where it is to go.', by: 'channel' };

/** Whoever it goes to; or why nobody knows. */
export const recipientOf = async ({ vault }: ConsignmentNeeds, { personal }: Pick<Plan, 'personal'>): Promise<Recipient | WhyNobody> => {
  const opened = await vault.open(personal);
  if (!opened) return erased;
  const { address } = opened;
  return address ? { ...opened, address } : nowhere;
};

/** A shipment in its parcels, with its recipient. */
export interface Addressed extends Pick<Consignment, 'parcels' | 'recipient'> {
  readonly plan: Plan;
}

/** What carriers are asked to take. */
export const consignmentOf = async (
  { locations }: ConsignmentNeeds,
  { plan, parcels, recipient }: Addressed,
): Promise<Omit<Consignment, 'reference' | 'service'>> => ({
  shipmentId: plan.shipmentId,
  orderId: plan.orderId,
  origin: (await locations.find(plan.location)) ?? { location: plan.location },
  ...(plan.destination ? { destination: plan.destination } : {}),
  priority: plan.priority,
  recipient,
  parcels,
});

export const carrierOf = ({ carriers }: Pick<ConsignmentNeeds, 'carriers'>, name: string): Carrier => {
  const carrier = carriers.get(name);
  if (!carrier) throw new Error(`There is no adapter for carrier ${name}, and a shipment needs it.`);
  return carrier;
};
