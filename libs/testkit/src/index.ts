export { eventually, type EventuallyOptions } from './eventually';
export { eventStoreContract, type StoreUnderTest } from './event-store.contract';
export { testDatabase, type TestDatabase } from './postgres';
