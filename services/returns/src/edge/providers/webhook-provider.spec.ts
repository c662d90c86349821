import type { ReturnsProviderMessage } from '@cartage/contracts';
import { systemClock } from '@cartage/eventsourcing';
import { providerContract, type ProviderOnTrial, type SeenThere } from './provider.contract';
import { ProviderServer, providerSecret } from './provider-server.fixture';
import { simulatedProvider } from './simulated-provider';
import { webhookProvider } from './webhook-provider';

const seenIn = ({ messageId, type, order, return: changed }: ReturnsProviderMessage): SeenThere => ({
  ...{ messageId, type },
  lines: [
    ...(order?.lines ?? []).map(({ lineId, sku, returnable: units }) => ({ lineId, sku, units })),
    ...(changed?.lines ?? []).map(({ lineId = '', sku, asked: units }) => ({ lineId, sku, units })),
  ],
});

let server: ProviderServer;
let trial: ProviderOnTrial;

beforeEach(async () => {
  server = new ProviderServer();
  const terms = { provider: 'loop', adapter: 'webhook', channels: ['web'], endpoint: await server.start() };
  const adapter = webhookProvider(systemClock)({ ...terms, secrets: [providerSecret] });
  trial = { adapter, seen: async () => server.taken.map(seenIn), strike: (fault) => server.strike(fault) };
});
afterEach(() => server.stop());

providerContract('a returns provider that takes signed JSON', () => trial, ['strike']);

describe('the simulated returns provider', () => {
  let simulated: ProviderOnTrial;
  beforeEach(() => {
    const adapter = simulatedProvider();
    const told = new Map<string, SeenThere>();
    const tell = async (message: ReturnsProviderMessage): Promise<void> => {
      told.set(message.messageId, seenIn(message));
      await adapter.tell(message);
    };
    simulated = { adapter: { tell }, seen: async () => [...told.values()] };
  });
  providerContract('the simulated provider', () => simulated);
});
