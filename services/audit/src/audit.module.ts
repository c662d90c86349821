export { Audit, lineOf, nameOf } from './domain/audit';
export type { Book, Heard, Stamp } from './domain/book';
export { type Expectation, type Finding, type FindingKind } from './domain/judging';
