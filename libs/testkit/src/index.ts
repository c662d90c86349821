export { eventually, type EventuallyOptions } from './eventually';
export { testDatabase, type TestDatabase } from './postgres';
