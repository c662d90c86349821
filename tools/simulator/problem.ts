export { Trouble } from '../client/client';

/** What Cartage refused, in its own words and codes. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    request: string,
    detail: string,
  ) {
    super(`${request} was refused (${status} ${code}): ${detail}`);
    this.name = 'Problem';
  }
}

/** Nobody answers, or not in the way Cartage would. */
export class Unreachable extends Error {
  constructor(message: string, cause: unknown) {
    super(message, { cause });
    this.name = 'Unreachable';
  }
}

const textOf = (body: unknown, field: string): string | undefined => {
  const value = typeof body === 'object' && body !== null ? (body as Readonly<Record<string, unknown>>)[field] : undefined;
  return typeof value === 'string' ? value : undefined;
};

/** The problem details of an answer as an error. */
export const problemIn = (status: number, request: string, body: unknown): Problem =>
  new Problem(status, textOf(body, 'code') ?? 'NO_CODE', request, textOf(body, 'detail') ?? 'It does not say why.');
