import { clientOf } from './client';
import { embeddedSystem, type EmbeddedSystem } from './embedded-system';
import { flowContract } from './flow.contract';
import { shopOver } from './shop';

let system: EmbeddedSystem;
const shop = shopOver(clientOf(() => system.process.url));

beforeAll(async () => {
  system = await embeddedSystem();
  await system.process.start();
}, 90_000);

afterAll(() => system.remove(), 60_000);

describe('all services in one process', () => {
  flowContract(() => shop);
});
