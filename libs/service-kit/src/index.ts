export { type AnyService, type Kit, type Parts, type Service, type Vault } from './service';
export { type SettingsSpec } from './settings';
