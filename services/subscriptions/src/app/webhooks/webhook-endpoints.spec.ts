import type { WebhookEndpoint } from '../../domain/webhook-endpoint';
import type { CountedEndpoint, EndpointTable } from './endpoint-table';
import { secretsLost, WebhookEndpoints, type WebhookEndpointsNeeds } from './webhook-endpoints';

/** Beside so many others; nothing of them is looked at. */
const besides = (others: number, counted = others) => {
  const kept = new Map<string, CountedEndpoint>();
  const table: Pick<EndpointTable, 'add' | 'change' | 'count' | 'find'> = {
    add: async (endpoint: WebhookEndpoint, { most }) => {
      if (kept.has(endpoint.endpointId)) return 'there';
      if (others + kept.size >= most) return 'full';
      kept.set(endpoint.endpointId, { ...endpoint, waiting: 0, delivered: 0, failed: 0, givenUp: 0 });
      return 'added';
    },
    count: async () => counted + kept.size,
    find: async (endpointId) => kept.get(endpointId),
    change: async (endpointId, change) => {
      const endpoint = kept.get(endpointId);
      if (endpoint) kept.set(endpointId, { ...endpoint, ...(await change(endpoint)) });
      return endpoint !== undefined;
    },
  };
  const boxes: Pick<WebhookEndpointsNeeds['boxes'], 'seal' | 'open'> = {
    seal: async (key, secrets) => ({ key, box: JSON.stringify(secrets) }),
    open: () => Promise.reject(secretsLost()),
  };
  return new WebhookEndpoints({
    table: table as EndpointTable,
    boxes: boxes as WebhookEndpointsNeeds['boxes'],
    post: () => Promise.reject(new Error('Nothing is posted here.')),
    faultOfUrl: async () => undefined,
    head: async () => 10,
    newSecret: () => 'whsec_c2VjcmV0',
    idOf: ({ commandId }) => commandId,
    newId: () => 'n',
    now: () => new Date('2026-11-28T12:00:00.000Z'),
  });
};

const wanted = { url: 'https://example.org/hooks', filter: {} };
const meta = (commandId: string) => ({ commandId, correlationId: 'c', actor: 'spec', fingerprint: commandId });

describe('an endpoint that is asked for', () => {
  it('is refused where there are as many as may be', async () => {
    await expect(besides(200).create(wanted, meta('one'))).rejects.toMatchObject({ code: 'WEBHOOK_ENDPOINTS_FULL' });
    // Somebody was quicker, between the look and the entry.
    await expect(besides(200, 199).create(wanted, meta('one'))).rejects.toMatchObject({ code: 'WEBHOOK_ENDPOINTS_FULL' });
  });

  it('is the same when it is asked for again, though it was the last that there was room for; its secret is shown once', async () => {
    const endpoints = besides(199);
    const { endpoint, secret } = await endpoints.create(wanted, meta('one'));
    expect(secret).not.toBeNull();
    expect(await endpoints.create(wanted, meta('one'))).toEqual({ endpoint, secret: null });
  });
});

it('an endpoint whose secrets are lost is given a new one', async () => {
  const endpoints = besides(0);
  const { endpoint } = await endpoints.create(wanted, meta('one'));
  await expect(endpoints.test(endpoint.endpointId)).rejects.toMatchObject({ code: 'WEBHOOK_SECRETS_LOST' });
  const { endpoint: rotated, secret } = await endpoints.rotateSecret(endpoint.endpointId, { keepMs: 1_000 });
  expect(JSON.parse(rotated.secrets.box)).toEqual([{ secret }]);
});
