import { itemWeightsContract } from './item-weights-contract.fixture';
import { MemoryNetwork } from './network.fixture';
import { stockWaitContract } from './stock-wait-contract.fixture';

describe('who waits for stock, in memory', () => stockWaitContract(() => new MemoryNetwork()));
describe('what things weigh, in memory', () => itemWeightsContract(() => new MemoryNetwork()));
