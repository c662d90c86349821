import { describeWith, kafka } from '@cartage/testkit';
import { clientOf } from './client';
import { distributedSystem, type DistributedSystem } from './distributed-system';
import { flowContract } from './flow.contract';
import { shopOver } from './shop';

describeWith(kafka, 'six processes over Kafka', (broker) => {
  let system: DistributedSystem;
  const shop = shopOver(clientOf(() => system.url));

  beforeAll(async () => {
    system = await distributedSystem({ brokers: broker().brokers });
  }, 120_000);

  afterAll(() => system.remove(), 60_000);

  flowContract(() => shop);
});
