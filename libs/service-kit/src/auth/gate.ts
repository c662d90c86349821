import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Access } from './access';
import { admit, anybody, type Caller } from './caller';
import { demandToken, refuseScope, refuseToken } from './challenge';
import type { Tokens } from './tokens';

type Done = (error?: Error) => void;

/** Whether so many unknown tokens come from this address that no more are looked at. Answers with what to say. */
export type Patience = (request: FastifyRequest) => Promise<Error | undefined>;

export interface GateOptions {
  readonly tokens: Pick<Tokens, 'remembered' | 'verify'>;
  readonly patience: Patience;
}

const tokenIn = ({ headers }: FastifyRequest): string | undefined => /^bearer +([^\s]+) *$/i.exec(headers.authorization ?? '')?.[1];

/** A route that notes nothing is none of ours: there is nothing at the address, and that is for anybody to know. */
const isOpen = ({ is404, routeOptions }: FastifyRequest): boolean => is404 || routeOptions.config.access?.reason !== undefined;

const enter = (request: FastifyRequest, reply: FastifyReply, caller: Caller): Error | undefined => {
  const { scope, also = [] }: Pick<Access, 'scope' | 'also'> = request.routeOptions.config.access ?? { scope: 'operations:write' };
  const missing = [scope, ...also].find((each) => !caller.scopes.has(each));
  if (missing !== undefined) return refuseScope(missing, reply);
  admit(request, caller);
  return undefined;
};

/** Lets in who belongs, before anything of a request's body is read. What was verified before costs one digest. */
export const standGuard = (server: FastifyInstance, { tokens, patience }: GateOptions): void => {
  const examine = async (request: FastifyRequest, reply: FastifyReply, token: string): Promise<Error | undefined> => {
    const impatient = await patience(request);
    if (impatient) return impatient;
    try {
      return enter(request, reply, await tokens.verify(token));
    } catch (error) {
      throw refuseToken(error, reply);
    }
  };
  server.addHook('onRequest', (request, reply, done: Done) => {
    if (isOpen(request)) {
      admit(request, anybody);
      return done();
    }
    const token = tokenIn(request);
    if (token === undefined) return done(demandToken(reply));
    const known = tokens.remembered(token);
    if (known) return done(enter(request, reply, known));
    void examine(request, reply, token).then(done, done);
  });
};
