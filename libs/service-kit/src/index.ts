export { Headers } from './http/headers';
export { cursorOf, limitOf, PageQuery, pageOf, readCursor, type CursorValue, type Page } from './http/page';
export { CommandMeta, RequestMeta } from './http/request-meta';
export { answered, etagOf, IfMatch, type Answered } from './http/version';
export { idFor, newId } from './ids';
export { type AnyService, type Kit, type Parts, type Service, type Vault } from './service';
export { type SettingsSpec } from './settings/spec';
