import type { SettingsSpec } from '@cartage/service-kit';

/** Returns has no settings beyond the common ones. */
export type ReturnsSettings = Readonly<Record<never, never>>;

export const returnsSettings: SettingsSpec<ReturnsSettings> = {};
