export { isoTime } from './iso-time';
export { commentStatements, nameStatements, tableOf, tableStatements } from './definition';
export { keptModel, type KeptModel } from './kept-model';
export { runViews } from './run-views';
export type { ReachedOptions, RebuildOptions, ViewHealth, ViewNeeds, ViewRunner } from './runner';
export { prepareTables } from './tables';
export { prepared } from './transaction';
export { asJson } from './writing';
export { rowsAfter } from './spec';
export {
  add,
  patch,
  put,
  remove,
  type AnyView,
  type Change,
  type Column,
  type Deltas,
  type Fold,
  type Row,
  type Sql,
  type View,
} from './view';
