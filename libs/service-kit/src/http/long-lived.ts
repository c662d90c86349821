import type { FastifyRequest } from 'fastify';
import { routeConfig } from './route-config';

declare module 'fastify' {
  interface FastifyContextConfig {
    readonly isLongLived?: boolean;
  }
}

/** On a handler whose answer goes on for as long as somebody listens. It bounds by itself how many do; it counts neither as work in hand nor as a slow request. */
export const LongLived = (): MethodDecorator => routeConfig({ isLongLived: true });

export const isLongLived = ({ routeOptions }: Pick<FastifyRequest, 'routeOptions'>): boolean => routeOptions.config.isLongLived === true;
