import type { ValidatorSpec } from 'envalid';

/** Settings of a service: each name an environment variable with its envalid validator, default and description. */
export type SettingsSpec<Settings> = { readonly [Name in keyof Settings]: ValidatorSpec<Settings[Name]> };
