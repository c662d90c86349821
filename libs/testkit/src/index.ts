export { containersRun } from './containers';
export { eventually, type EventuallyOptions } from './eventually';
export { eventStoreContract, type StoreUnderTest } from './event-store.contract';
export { kurrentForTests, type KurrentForTests } from './kurrentdb';
export { testDatabase, type TestDatabase } from './postgres';
export { servedBy } from './served-by';
