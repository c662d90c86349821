import type { PartnerMessage } from '@cartage/contracts';
import { partnerContract, type PartnerOnTrial, type SeenThere } from './partner.contract';
import { simulatedPartners } from './simulated-partner';

let trial: PartnerOnTrial;

beforeEach(() => {
  const adapter = simulatedPartners()();
  const told = new Map<string, SeenThere>();
  const tell = async (message: PartnerMessage) => {
    const { messageId, type, reference, request, label } = message;
    told.set(messageId, {
      ...{ messageId, type, reference, recipient: request?.recipient.name },
      lines: request?.lines.map(({ lineId, sku, quantity }) => ({ lineId, sku, quantity })) ?? [],
      trackingNumbers: label?.parcels.map(({ trackingNumber }) => trackingNumber) ?? [],
    });
    return adapter.tell(message);
  };
  trial = { adapter: { ...adapter, tell }, seen: async () => [...told.values()] };
});

partnerContract('the simulated partner', () => trial);
