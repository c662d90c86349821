import { Topics } from '@cartage/contracts';
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
