import { systemClock } from '@cartage/eventsourcing';
import { partnerContract, type PartnerOnTrial } from '../partner.contract';
import { PartnerServer, partnerSecret } from './partner-server.fixture';
import { webhookPartner } from './webhook-partner';

let server: PartnerServer;
let trial: PartnerOnTrial;

beforeEach(async () => {
  server = new PartnerServer();
  const endpoint = await server.start();
  const terms = { partner: 'north-3pl', kind: '3pl', adapter: 'webhook', locations: ['LDN'], labels: 'own' } as const;
  const adapter = webhookPartner(systemClock)({ ...terms, endpoint, secrets: [partnerSecret] });
  trial = {
    adapter,
    seen: async () =>
      server.taken.map(({ messageId, type, reference, request, label }) => ({
        ...{ messageId, type, reference, recipient: request?.recipient.name },
        lines: request?.lines.map(({ lineId, sku, quantity }) => ({ lineId, sku, quantity })) ?? [],
        trackingNumbers: label?.parcels.map(({ trackingNumber }) => trackingNumber) ?? [],
      })),
    strike: (fault) => server.strike(fault),
    say: async (notices) => {
      server.says.set('fulfilment.hold', () => notices);
      const hold = {
        type: 'fulfilment.hold',
        messageId: 'm',
        partner: 'north-3pl',
        reference: 'r',
        orderId: 'o',
        location: 'LDN',
      } as const;
      return (await adapter.tell(hold)).notices;
    },
  };
});
afterEach(() => server.stop());

partnerContract('a partner that takes signed JSON', () => trial, ['say', 'strike']);
