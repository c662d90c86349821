import type { SettingsSpec } from '@cartage/service-kit';
import { str } from 'envalid';

export interface ConsoleSettings {
  readonly CONSOLE_CLIENT_ID: string;
  readonly CONSOLE_SCOPE: string;
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
};
