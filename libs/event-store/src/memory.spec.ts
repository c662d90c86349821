import { memoryStore } from '@cartage/eventsourcing';
import { eventStoreContract } from '@cartage/testkit';

// Here, because the kernel imports nothing: the reference implementation keeps the promises that it is the reference of.
eventStoreContract('memory', async () => ({ store: memoryStore(), gapless: true, stop: async () => undefined }));
