import createClient, { type Client } from 'openapi-fetch';
import { authorizationOf, baseOf, type At } from '../src/asking';

export type { At } from '../src/asking';

/** A client of the commands and questions that `Paths` describes, the types of an OpenAPI document. */
export const commandsOf = <Paths extends object>(at: At): Client<Paths> => {
  const client = createClient<Paths>({ baseUrl: baseOf(at) });
  client.use({
    onRequest: async ({ request }) => {
      const authorization = await authorizationOf(at);
      if (authorization !== undefined) request.headers.set('authorization', authorization);
      return request;
    },
  });
  return client;
};
