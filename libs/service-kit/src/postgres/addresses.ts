import { str } from 'envalid';
import { readCommonSettings } from '../settings/common';
import { readSettings, type Environment } from '../settings/settings';

/** Where data is, and where data keys are if apart; with what the settings say of certificates. For a command that connects by itself. */
export interface DatabaseAddresses {
  readonly url: string;
  readonly vaultUrl?: string;
}

export const databaseAddresses = (environment: Environment): DatabaseAddresses => {
  const { DATABASE_URL: url, VAULT_DATABASE_URL: vaultUrl } = readCommonSettings(environment, 0);
  return vaultUrl === undefined ? { url } : { url, vaultUrl };
};

/** `DATABASE_URL` as it is given, by itself or by a file, for a program that can do without; throws `StartFailure` where it is given in both ways. */
export const databaseUrlIn = (environment: Environment): string | undefined =>
  readSettings<{ readonly DATABASE_URL: string | undefined }>({ DATABASE_URL: str({ default: undefined }) }, environment).DATABASE_URL;
