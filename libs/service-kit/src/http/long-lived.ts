import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { callerOf } from '../auth/caller';
import { routeConfig } from './route-config';

declare module 'fastify' {
  interface FastifyContextConfig {
    readonly isLongLived?: boolean;
  }
}

/** On a handler whose answer goes on for as long as somebody listens. It bounds by itself how many do, and ends with `GoodUntil`; it counts neither as work in hand nor as a slow request. */
export const LongLived = (): MethodDecorator => routeConfig({ isLongLived: true });

export const isLongLived = ({ routeOptions }: Pick<FastifyRequest, 'routeOptions'>): boolean => routeOptions.config.isLongLived === true;

/** Parameter of such a handler: until when whoever listens was let in, in milliseconds of the clock; nothing where nobody checks callers. */
export const GoodUntil = createParamDecorator(
  (_: unknown, context: ExecutionContext): number | undefined => callerOf(context.switchToHttp().getRequest<FastifyRequest>())?.until,
);
