import { randomBytes } from 'node:crypto';
import { AddressGuard, forgetting, idFor, ownedBy, type Kit, type Owner, type Parts, type Vault } from '@cartage/service-kit';
import type { FactLog } from './app/fact-log';
import { Deliveries } from './app/webhooks/deliveries';
import { Delivering } from './app/webhooks/delivering';
import { secretsLost, unknownEndpoint, WebhookEndpoints, type SecretBoxes } from './app/webhooks/webhook-endpoints';
import type { SubscriptionsSettings } from './config';
import type { SigningSecret } from './domain/webhook-endpoint';
import type { Nudge } from './edge/nudge';
import { WEBHOOK_DELIVERIES, WebhookDeliveriesController } from './edge/webhooks/deliveries.controller';
import { deliveryLog } from './edge/webhooks/delivery-log';
import { deliveryQueue } from './edge/webhooks/delivery-queue';
import { endpointTable } from './edge/webhooks/endpoint-rows';
import { WEBHOOK_CLOCK, WEBHOOK_ENDPOINTS, WebhookEndpointsController } from './edge/webhooks/endpoints.controller';
import { faultOfUrl, webhookPost } from './edge/webhooks/webhook-post';
import { webhookReadings } from './edge/webhooks/webhook-readings';

type Given = Kit<SubscriptionsSettings>;

interface Box {
  readonly secrets: readonly SigningSecret[];
}

/** Under a key of the endpoint's own, which is destroyed with it: nobody's, because no id of a person has two lines. */
const secretBoxes = (vault: Vault, { forget }: Given['people']): SecretBoxes => ({
  seal: (endpointId, secrets) => vault.seal(`webhook endpoint\n${endpointId}`, { secrets } satisfies Box),
  open: async (sealed) => {
    const box = await vault.open<Box>(sealed);
    if (!box) throw secretsLost();
    return box.secrets;
  },
  destroy: async ({ key }) => void (await forget([key])),
});

/** As Standard Webhooks has it: 24 to 64 bytes. */
const newSecret = (): string => `whsec_${randomBytes(32).toString('base64')}`;

export interface WebhookParts extends Required<Pick<Parts, 'controllers' | 'providers' | 'readings' | 'start' | 'stop'>> {
  readonly owner: Owner;
  readonly endpoint: WebhookEndpoints['find'];
}

/** Everything that sends events to webhook endpoints. */
export const webhookParts = (kit: Given, facts: Pick<FactLog, 'head'>, nudge: Nudge): WebhookParts => {
  const { pool, vault, people, clock, now, newId, log, settings } = kit;
  const guard = new AddressGuard({ allowsLoopback: settings.WEBHOOK_LOOPBACK });
  const timeoutMs = settings.WEBHOOK_TIMEOUT_SECONDS * 1_000;
  const post = webhookPost({ guard, clock, timeoutMs });
  const [table, lines, boxes] = [endpointTable(pool), deliveryLog(pool), secretBoxes(vault, people)];
  const endpoints = new WebhookEndpoints({
    ...{ table, boxes, post, newSecret, newId, now, head: facts.head, faultOfUrl: faultOfUrl(guard) },
    idOf: ({ commandId }) => idFor('webhook-endpoint', commandId),
  });
  const delivering = new Delivering({
    ...{ queue: deliveryQueue(pool), post, open: boxes.open, clock, wait: nudge.wait, nudge: nudge.give },
    ...{ parallel: settings.WEBHOOK_PARALLEL, timeoutMs, tracing: kit.tracing },
    onTrouble: (error) => log.warn({ err: error }, 'a delivery to a webhook endpoint could not be made or noted, which is tried again'),
  });
  const forgets = forgetting([{ what: 'deliveries to webhook endpoints', days: settings.WEBHOOK_LOG_DAYS, forget: lines.forget }], kit);
  const requireEndpoint = (endpointId: string) => endpoints.find(endpointId);
  return {
    controllers: [WebhookEndpointsController, WebhookDeliveriesController],
    providers: [
      { provide: WEBHOOK_ENDPOINTS, useValue: endpoints },
      { provide: WEBHOOK_CLOCK, useValue: now },
      { provide: WEBHOOK_DELIVERIES, useValue: new Deliveries({ log: lines, requireEndpoint, now, nudge: nudge.give }) },
    ],
    endpoint: requireEndpoint,
    readings: webhookReadings(pool, now),
    owner: { ...ownedBy({ channel: table.channelsOf }, unknownEndpoint), isWhole: true },
    start: async () => {
      await delivering.start();
      await forgets.start();
    },
    stop: async () => void (await Promise.all([delivering.stop(), forgets.stop()])),
  };
};
