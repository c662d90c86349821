export { patch, put, remove, type AnyView, type Change, type Column, type Row, type Sql, type View } from './view';
