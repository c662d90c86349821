import { Topics } from '@cartage/contracts';
import { positionOf } from '@cartage/eventsourcing';
import { followersOf, headsOf } from './followers';

const logAt = (position: number) => ({ head: () => Promise.resolve(positionOf(position)) });
const service = (topic: string | undefined, position: number, listeners: readonly object[] = []) =>
  ({ service: { publication: topic === undefined ? undefined : { topic } }, store: logAt(position), parts: { listeners } }) as never;

const order = service(Topics.order, 1_000, [
  { group: 'order.shipping', topic: Topics.shipping },
  { group: 'order.returns', topic: Topics.returns },
]);
const inProcess = [order, service(Topics.shipping, 30), service(undefined, 5)];

it('a follower is behind the log that it follows, whose ever that is', async () => {
  const heads = await headsOf(order, inProcess);
  const checkpoints = [
    { name: 'order.shipping', position: 28 },
    { name: 'publisher.order.events', position: 1_000 },
  ];
  expect(followersOf(checkpoints, heads)).toEqual([
    { name: 'order.shipping', behind: 2 },
    { name: 'publisher.order.events', behind: 0 },
  ]);
});

it('nothing is said of a log that is in another process', async () =>
  expect(followersOf([{ name: 'order.returns', position: 7 }], await headsOf(order, inProcess))).toEqual([]));
