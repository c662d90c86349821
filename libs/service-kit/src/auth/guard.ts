import type { Clock } from '@cartage/eventsourcing';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { fetchJson } from './asking-issuers';
import { keepWithin, type OwnersAt } from './within';
import { standGuard } from './gate';
import { allowOrigins, limitRates, patienceOf, setSecurityHeaders } from './limits';
import type { AuthSettings } from './settings';
import { Tokens } from './tokens';

const tokensOf = (settings: AuthSettings, { now }: Pick<Clock, 'now'>): Tokens =>
  new Tokens({
    issuers: settings.AUTH_ISSUER ?? [],
    jwksUrls: settings.AUTH_JWKS ?? new Map(),
    audiences: settings.AUTH_AUDIENCE ?? [],
    algorithms: settings.AUTH_ALGORITHMS,
    clockSkewSeconds: settings.AUTH_CLOCK_SKEW_SECONDS,
    claims: { scopes: settings.AUTH_SCOPE_CLAIMS, channels: settings.AUTH_CHANNELS_CLAIM, locations: settings.AUTH_LOCATIONS_CLAIM },
    fetchJson,
    now: () => now().getTime(),
  });

export interface GuardOptions {
  readonly settings: AuthSettings;
  readonly clock: Pick<Clock, 'now'>;
  /** Whose the things of an address are, by the first segment of its path. */
  readonly ownersAt: OwnersAt;
}

/** All that stands between a caller and a handler. Where nobody checks callers nothing of it is there, and no request pays for it. Call it before routes are registered. */
export const guard = async (app: NestFastifyApplication, { settings, clock, ownersAt }: GuardOptions): Promise<void> => {
  // The browser's question before the question carries no token: it is answered first.
  if (settings.CORS_ORIGINS) allowOrigins(app, settings.CORS_ORIGINS);
  if (settings.AUTH === 'none') return;
  await setSecurityHeaders(app);
  if (settings.AUTH !== 'oidc') return;
  const server = app.getHttpAdapter().getInstance() as FastifyInstance;
  await limitRates(app, settings);
  standGuard(server, { tokens: tokensOf(settings, clock), patience: patienceOf(server, settings) });
  keepWithin(server, ownersAt);
};
