import { eventStoreContract } from '@cartage/testkit';
import { fixture } from './fixture';

eventStoreContract('Postgres', async () => {
  const { openStore, stop } = await fixture();
  return { store: openStore(), gapless: true, elsewhere: Array.from({ length: 7 }, () => openStore()), stop };
});
