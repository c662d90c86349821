import { RouteConfig } from '@nestjs/platform-fastify';

const CONFIG = Symbol('what Fastify is told of a route');

/** On a handler: tells Fastify's hooks something of its route. Nest's own decorator keeps what was said last only; this one keeps all. */
export const routeConfig =
  (part: Readonly<Record<string, unknown>>): MethodDecorator =>
  (target, key, descriptor) => {
    const handler = Reflect.get(target, key) as object;
    const all = { ...(Reflect.getMetadata(CONFIG, handler) as object | undefined), ...part };
    Reflect.defineMetadata(CONFIG, all, handler);
    RouteConfig(all)(target, key, descriptor);
  };
