import { memoryDeadlines } from '@cartage/eventsourcing';
import { deadlinesContract } from '@cartage/testkit';

deadlinesContract('in memory', async () => {
  const queue = memoryDeadlines();
  return { open: () => queue, stop: async () => undefined };
});
