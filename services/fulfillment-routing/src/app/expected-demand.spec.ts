import { demandTableContract, memoryDemand } from './expected-demand.fixture';

describe('what inventory expects, in memory', () => demandTableContract(memoryDemand));
