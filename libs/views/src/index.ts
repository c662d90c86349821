export { runViews } from './run-views';
export type { ReachedOptions, ViewHealth, ViewNeeds, ViewRunner } from './runner';
export { patch, put, remove, type AnyView, type Change, type Column, type Row, type Sql, type View } from './view';
