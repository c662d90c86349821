export { Audit, lineOf, nameOf } from './audit';
export type { Book, Heard, Stamp } from './book';
export { booksOf, hear } from './hearing';
export { expectationsOf, findingsOf, isOpen, metBy, nextLook, type Expectation, type Finding, type FindingKind } from './judging';
