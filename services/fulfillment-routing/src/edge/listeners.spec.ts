import { contracts, Topics, type PublicEvent } from '@cartage/contracts';
import type { Meta } from '@cartage/eventsourcing';
import { sampleOf } from '@cartage/testkit';
import { listenersOf, type Hearing } from './listeners';

const meta: Meta = { commandId: 'c', correlationId: 'c', actor: 'spec' };

it('takes a fulfilment for accepted when whoever fulfils it takes all of it, and not some lines so far', async () => {
  const accepted: string[] = [];
  const desk: Pick<Hearing['desk'], 'acceptedThere'> = {
    acceptedThere: async ({ fulfillmentId }: { readonly fulfillmentId: string }) => void accepted.push(fulfillmentId),
  };
  const shipping = listenersOf({ desk: desk as Hearing['desk'] } as Hearing).find(({ topic }) => topic === Topics.shipping);
  const hear = shipping?.on['ShipmentAccepted'] as (data: object, meta: Meta) => Promise<void>;
  const whole = sampleOf('ShipmentAccepted');
  await hear({ ...whole, lines: [{ lineId: '1', sku: 'MUG', quantity: 1 }] }, meta);
  expect(accepted).toEqual([]);
  await hear(whole, meta);
  expect(accepted).toEqual([whole.fulfillmentId]);
});

it('learns what locations have from every fact that says so, whatever moved it, and offers what has arrived', async () => {
  const telling = contracts.flatMap(({ topic, type, data }) =>
    topic === Topics.inventory && 'levels' in (data.json['properties'] as object) ? [type as PublicEvent['type']] : [],
  );
  const [learnt, offered]: [unknown[], unknown[]] = [[], []];
  const network: Pick<Hearing['network'], 'learnLevels'> = {
    learnLevels: async (levels) => {
      learnt.push(levels);
      return [{ sku: 'MUG', location: 'LDN' }];
    },
  };
  const quiet = async (): Promise<never> => undefined as never;
  const routing: Pick<Hearing['routing'], 'stockArrived' | 'stockLost' | 'unitsReleased' | 'allocationRefused'> = {
    ...{ stockLost: quiet, unitsReleased: quiet, allocationRefused: quiet },
    stockArrived: async (arrivals) => void offered.push(arrivals),
  };
  const hearing = { routing: routing as Hearing['routing'], network: network as Hearing['network'] } as Hearing;
  const inventory = listenersOf(hearing).find(({ topic }) => topic === Topics.inventory);
  for (const type of telling) {
    const hear = inventory?.on[type] as ((data: object, meta: Meta) => Promise<void>) | undefined;
    expect([type, typeof hear]).toEqual([type, 'function']);
    await hear?.(sampleOf(type), meta);
  }
  expect(learnt).toEqual(telling.map((type) => (sampleOf(type) as { readonly levels?: unknown }).levels));
  expect(offered).toHaveLength(telling.length);
  expect(telling).toEqual(expect.arrayContaining(['StockReceived', 'StockTransferred', 'StockDisposed']));
});

it('asks again for what waits when units of a fulfilment are the order’s again, and not when they are lost', async () => {
  const asked: string[] = [];
  const routing: Pick<Hearing['routing'], 'stockArrived' | 'stockLost' | 'unitsReleased'> = {
    stockArrived: async () => undefined,
    stockLost: async ({ reason }) => Promise.reject(new Error(`told of a loss: ${reason.code}`)),
    unitsReleased: async ({ fulfillmentId }, { commandId }) => void asked.push(`${fulfillmentId} ${commandId}`),
  };
  const network: Pick<Hearing['network'], 'learnLevels'> = { learnLevels: async () => [] };
  const hearing = { routing: routing as Hearing['routing'], network: network as Hearing['network'] } as Hearing;
  const inventory = listenersOf(hearing).find(({ topic }) => topic === Topics.inventory);
  const hear = inventory?.on['AllocationReleased'] as (data: object, meta: Meta) => Promise<void>;
  const release = sampleOf('AllocationReleased');
  await hear({ ...release, reason: { code: 'changed-mind', by: 'customer' } }, meta);
  expect(asked).toEqual([`${release.fulfillmentId} c.released`]);
  await expect(hear({ ...release, reason: { code: 'stock-lost', by: 'system' } }, meta)).rejects.toThrow('told of a loss');
  expect(asked).toHaveLength(1);
});
