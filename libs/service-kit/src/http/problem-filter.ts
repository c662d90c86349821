import { Previewed } from '@cartage/eventsourcing';
import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { sendPreview } from '../preview/answering';
import type { PublicationAt } from '../preview/previewing';
import { problemOf } from './problem';

/** Answers with the problem that an error is; a fault leaves one log line, a refusal none above debug. */
export const sendProblem = (error: unknown, request: FastifyRequest, reply: FastifyReply, log: Logger): void => {
  const problem = problemOf(error, request.id);
  const where = { method: request.method, path: request.url.split('?', 1)[0], correlationId: request.id };
  if (problem.status >= 500) log.error({ ...where, err: error }, 'request failed');
  else log.debug({ ...where, status: problem.status, code: problem.code }, 'request refused');
  if (reply.sent) return;
  if (problem.status === 503) void reply.header('Retry-After', '1');
  void reply.code(problem.status).header('Content-Type', 'application/problem+json; charset=utf-8').send(JSON.stringify(problem));
};

/** Every error of every handler ends here, and every preview. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(
    private readonly log: Logger,
    private readonly publicationAt: PublicationAt,
  ) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const [request, reply] = [http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>()];
    if (error instanceof Previewed && sendPreview(error, request, reply, this.publicationAt)) return;
    sendProblem(error, request, reply, this.log);
  }
}
