import { readCommonSettings } from '../settings/common';
import type { Environment } from '../settings/settings';

/** Where data is, and where data keys are if apart; with what the settings say of certificates. For a command that connects by itself. */
export interface DatabaseAddresses {
  readonly url: string;
  readonly vaultUrl?: string;
}

export const databaseAddresses = (environment: Environment): DatabaseAddresses => {
  const { DATABASE_URL: url, VAULT_DATABASE_URL: vaultUrl } = readCommonSettings(environment, 0);
  return vaultUrl === undefined ? { url } : { url, vaultUrl };
};
