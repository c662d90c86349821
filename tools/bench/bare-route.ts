// A bare Fastify route with one insert: the limit that accepting an order is compared with. Runs as a process of its own, like Cartage.
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { randomUUID } from 'node:crypto';
import { Pool } from 'pg';

const main = async (databaseUrl: string): Promise<void> => {
  const pool = new Pool({ connectionString: databaseUrl, max: 16 });
  await pool.query(
    'create table if not exists bare_order (id uuid primary key, body json not null, at timestamptz not null default clock_timestamp())',
  );
  const server = new FastifyAdapter({ logger: false }).getInstance();
  server.post('/orders', async (request, reply) => {
    const id = randomUUID();
    await pool.query({
      name: 'bare',
      text: 'insert into bare_order (id, body) values ($1, $2)',
      values: [id, JSON.stringify(request.body)],
    });
    return reply.code(201).send({ orderId: id });
  });
  process.stdout.write(`${await server.listen({ host: '127.0.0.1', port: 0 })}\n`);
  process.once('SIGTERM', () => void server.close().then(() => pool.end()));
};

void main(process.argv[2] ?? '');
