import { Previewed, Refused } from '@cartage/eventsourcing';
import { applyDecorators, SetMetadata, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { ApiExtension } from '@nestjs/swagger';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Headers } from '../http/headers';
import { previewOf } from './preview';
import { isItemsPreview } from './items';
import { pathOf, wantsPreview, type PublicationAt } from './previewing';

const DECIDES = Symbol('takes the meta of its request');
const NO_PREVIEW = 'x-no-preview';

/** Notes that a handler decides with the meta that the kit gives it, which is how a preview comes to the decision. */
export const noteDecides = (target: object, key: string | symbol): void => {
  const handler: unknown = Reflect.get(target, key);
  if (typeof handler === 'function') Reflect.defineMetadata(DECIDES, true, handler);
};

/** On a handler that takes meta and has no preview, such as of a message that is not for us to refuse. */
export const NoPreview = (): MethodDecorator => applyDecorators(SetMetadata(NO_PREVIEW, true), ApiExtension(NO_PREVIEW, true));
export const noPreviewExtension = NO_PREVIEW;

const unsupported = (): Refused =>
  new Refused('PREVIEW_UNSUPPORTED', 'This has no preview: leave `preview` out. Nothing was done.', 'invalid', [
    { field: 'preview', code: 'PREVIEW_UNSUPPORTED', message: 'Leave it out.' },
  ]);

/** Lets no preview through to a handler that would do what it is only asked about. */
export class PreviewGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    if (!wantsPreview(context.switchToHttp().getRequest<FastifyRequest>())) return true;
    const handler = context.getHandler();
    if (Reflect.hasMetadata(DECIDES, handler) && !Reflect.hasMetadata(NO_PREVIEW, handler)) return true;
    throw unsupported();
  }
}

/** Answers with the preview; false where the path has no service to speak for it. */
export const sendPreview = (previewed: Previewed, request: FastifyRequest, reply: FastifyReply, at: PublicationAt): boolean => {
  const publication = at(pathOf(request));
  if (!publication) return false;
  const body = JSON.stringify(previewOf(previewed, publication));
  void reply.code(200).header('Content-Type', 'application/json; charset=utf-8').send(body);
  return true;
};

/** A handler that came to its end had nothing to decide: whatever it answers, the preview is that nothing would happen. */
export const answerUndecided = (server: FastifyInstance, at: PublicationAt): void => {
  server.addHook('preSerialization', (request, reply, payload, done) => {
    if (isItemsPreview(payload)) {
      void reply.code(200);
      return done(null, payload);
    }
    const publication = wantsPreview(request) ? at(pathOf(request)) : undefined;
    if (!publication) return done(null, payload);
    const repeated = reply.getHeader(Headers.repeated) === 'true';
    void reply.code(200);
    done(null, previewOf(new Previewed([], repeated), publication));
  });
};
