import type { SettingsSpec } from '@cartage/service-kit';

/** Inventory has no settings beyond the common ones. */
export type Settings = object;
export const settings: SettingsSpec<Settings> = {};
