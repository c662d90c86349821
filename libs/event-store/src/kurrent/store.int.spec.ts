import { eventStoreContract, kurrentForTests } from '@cartage/testkit';
import { randomUUID } from 'node:crypto';
import { kurrentEventStore } from './store';

eventStoreContract('KurrentDB', async () => {
  const server = await kurrentForTests();
  const log = `contract-${randomUUID()}`;
  const open = () => kurrentEventStore({ connectionString: server.connectionString, log });
  const [store, elsewhere] = [open(), [open(), open()]];
  return {
    store,
    elsewhere,
    gapless: false,
    stop: async () => {
      for (const each of [store, ...elsewhere]) await each.dispose();
      await server.stop();
    },
  };
});
