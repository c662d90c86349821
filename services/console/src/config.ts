import { wholeNumber, type SettingsSpec } from '@cartage/service-kit';
import { str } from 'envalid';

export interface ConsoleSettings {
  readonly CONSOLE_CLIENT_ID: string;
  readonly CONSOLE_SCOPE: string;
  readonly CONSOLE_WORK_DAYS: number;
}

export const settings: SettingsSpec<ConsoleSettings> = {
  CONSOLE_CLIENT_ID: str({
    desc: 'the public client (authorization code with PKCE, no secret) by which people log in to the console at the first AUTH_ISSUER, with AUTH=oidc.',
    default: 'cartage-console',
  }),
  CONSOLE_SCOPE: str({
    desc: 'the scope that is asked for with it: `openid`, and what the issuer wants to be asked for before it puts the scopes of Cartage into a token.',
    default: 'openid',
    example: 'openid api://cartage/.default',
  }),
  CONSOLE_WORK_DAYS: wholeNumber(
    1,
    3_650,
  )({
    desc: 'so many days after anybody did something about an item of a queue it is forgotten who had it and what was written about it: notes may name people. 1 to 3650.',
    default: 90,
  }),
};
