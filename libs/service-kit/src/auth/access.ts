import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { routeConfig } from '../http/route-config';
import { callerOf } from './caller';
import { scopeOf, type AreaAt, type Scope } from './scopes';

/**
 * Why an address needs no token. `probe`: health and metrics, which tell nothing of anybody; `documents`: what the API is; `link`: whoever has the link;
 * `signed`: the body is signed by whom it is from; `application`: a program that shows nothing before somebody has logged in.
 */
export type PublicReason = 'probe' | 'documents' | 'link' | 'signed' | 'application';

/** Where a handler is told whose the thing is: a field of its query or body, or of each item of a list there, such as `body.shipments.shipmentId`. */
export type FieldPath = `${'query' | 'body'}.${string}`;

/** What a route demands of whoever asks. */
export interface Access {
  readonly scope: Scope;
  /** Demanded beside it. */
  readonly also?: readonly Scope[];
  readonly reason?: PublicReason;
  /** Where the request names a channel, a location or a thing of one, beyond its path. */
  readonly within?: readonly FieldPath[];
  /** The same for every channel and location. */
  readonly isShared?: boolean;
  /** The handler keeps who belongs to one of these within it. */
  readonly keeps?: readonly Belonging[];
}

/** What somebody may belong to. */
export type Belonging = 'channel' | 'location';

export interface AccessConfig {
  readonly scope?: Scope;
  readonly also?: readonly Scope[];
  readonly publicFor?: PublicReason;
  readonly within?: readonly FieldPath[];
  readonly isShared?: boolean;
  readonly keeps?: readonly Belonging[];
}

declare module 'fastify' {
  interface FastifyContextConfig extends AccessConfig {
    access?: Access;
  }
}

/** On a handler that anybody may ask, and why. */
export const Public = (reason: PublicReason): MethodDecorator => routeConfig({ publicFor: reason } satisfies AccessConfig);

/** On a handler that demands another scope than its address and method would, or several at once. */
export const Needs = (scope: Scope, ...also: readonly Scope[]): MethodDecorator =>
  routeConfig({ scope, ...(also.length > 0 ? { also } : {}) } satisfies AccessConfig);

/**
 * On a handler that somebody who belongs to a channel or a location may ask although no parameter of its path says whose it is: which fields of the query or body say
 * it, such as `query.channel`. Who has one channel only may leave it out. Without this they are refused: nothing is shown to them by forgetting.
 */
export const Within = (...fields: readonly FieldPath[]): MethodDecorator => routeConfig({ within: fields } satisfies AccessConfig);

/** On a handler whose answer is the same for every channel and location, and about nobody's orders. */
export const Shared = (): MethodDecorator => routeConfig({ isShared: true } satisfies AccessConfig);

/**
 * On a handler of things of which only parts belong to a channel or a location, such as the lines of a purchase order: it is told by `MyLocations` to what the caller belongs, and
 * shows and changes nothing else. Whoever belongs to the other is refused as ever.
 */
export const KeepsWithin = (...keeps: readonly Belonging[]): MethodDecorator => routeConfig({ keeps } satisfies AccessConfig);

/** Parameter of such a handler: the locations that the caller works at; nothing: any. */
export const MyLocations = createParamDecorator(
  (_: unknown, context: ExecutionContext): ReadonlySet<string> | undefined =>
    callerOf(context.switchToHttp().getRequest<FastifyRequest>())?.locations,
);

/** A route as it is registered. */
export interface Route extends Access {
  readonly method: string;
  /** As Fastify has it: `/orders/:orderId`. */
  readonly url: string;
}

/** Addresses that no handler of ours answers. */
const documents = /^\/docs(-json|-yaml|\/.*)?$/;

const accessOf = (method: string, url: string, config: AccessConfig, areaAt: AreaAt): Access => ({
  scope: config.scope ?? scopeOf(method, url, areaAt),
  ...(config.also ? { also: config.also } : {}),
  ...(config.publicFor ? { reason: config.publicFor } : documents.test(url) ? { reason: 'documents' as const } : {}),
  ...(config.within ? { within: config.within } : {}),
  ...(config.isShared ? { isShared: true } : {}),
  ...(config.keeps ? { keeps: config.keeps } : {}),
});

/** Notes of every route what it demands, as it is registered: call it before. */
export const accessOfRoutes = (server: FastifyInstance, areaAt: AreaAt): readonly Route[] => {
  const routes: Route[] = [];
  server.addHook('onRoute', (route) => {
    for (const method of [route.method].flat()) {
      const access = accessOf(method, route.url, route.config ?? {}, areaAt);
      route.config = { ...route.config, access };
      routes.push({ method, url: route.url, ...access });
    }
  });
  return routes;
};
