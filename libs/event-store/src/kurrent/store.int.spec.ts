import { eventStoreContract, kurrentForTests } from '@cartage/testkit';
import { randomUUID } from 'node:crypto';
import { kurrentEventStore } from './store';

eventStoreContract('KurrentDB', async () => {
  const server = await kurrentForTests();
  const store = kurrentEventStore({ connectionString: server.connectionString, log: `contract-${randomUUID()}` });
  return {
    store,
    stop: async () => {
      await store.dispose();
      await server.stop();
    },
  };
});
