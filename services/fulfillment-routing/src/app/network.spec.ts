import { MemoryNetwork } from './network.fixture';
import { stockWaitContract } from './stock-wait-contract.fixture';

describe('who waits for stock, in memory', () => stockWaitContract(() => new MemoryNetwork()));
