import { memoryInbox } from './inbox';
import { inboxContract } from './inbox.contract';

describe('the inbox in memory', () => inboxContract({ open: async (options) => memoryInbox(options) }));
