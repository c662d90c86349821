/**
 * How Cartage uses Postgres, wherever it does: one transaction wrapper, one advisory lock, one way to make tables, one list of what may be tried
 * again, and the settings that every session keeps to.
 */
export { lockForTransaction, tryAdvisoryLock, withAdvisoryLock } from './advisory-lock';
export { integerArray, textArray } from './binary-array';
export { isCutOff, isDataFault, isTaken, isVictim, retrying, type RetryingOptions } from './faults';
export { migrate } from './migrate';
export { CONNECTION, SESSION_SETTINGS, sessionOptions } from './session';
export { connectionTo, tlsModeOf, tlsTroubles, withTlsFiles } from './address';
export { inTransaction } from './transaction';
