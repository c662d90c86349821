import fastify from 'fastify';
import { Pool } from 'pg';
import { poolForPreviews, separatePreviews } from './previewing';

/** A connection that Postgres ends while it is asked. */
const lost = (released: unknown[]): Pool =>
  Object.assign(new Pool(), {
    connect: async () => ({
      query: () => Promise.reject(new Error('Connection terminated unexpectedly')),
      release: (broken?: boolean) => released.push(broken),
    }),
  });

it('a connection that is lost while a preview reads is given back, as broken: it does not stay out for ever', async () => {
  const released: unknown[] = [];
  const pool = poolForPreviews(lost(released));
  const server = fastify();
  separatePreviews(server, () => undefined);
  server.post('/orders', () => pool.query('select 1'));
  expect((await server.inject({ method: 'POST', url: '/orders?preview=true' })).json()).toMatchObject({ statusCode: 500 });
  expect(released).toEqual([true]);
});
