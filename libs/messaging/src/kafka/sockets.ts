import type { ISocketFactoryArgs } from 'kafkajs';
import { connect, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';

/** When a connection that says nothing is asked whether it is alive; as long as kafkajs has it. */
const KEEP_ALIVE_MS = 60_000;

type Wanted = Omit<ISocketFactoryArgs, 'ssl'> & Partial<Pick<ISocketFactoryArgs, 'ssl'>>;

/**
 * As kafkajs makes them itself, but for one thing: it closes both connections to a broker each time that one of them fails. A socket that is closed takes each
 * `unref` as a listener for a connection that never comes, so that Node warned of a leak while a broker was away.
 */
export const socketTo = ({ host, port, ssl, onConnect }: Wanted): Socket => {
  const name = isIP(host) === 0 ? { servername: host } : {};
  const socket = ssl ? connectTls({ host, port, ...name, ...ssl }, onConnect) : connect({ host, port }, onConnect);
  socket.setKeepAlive(true, KEEP_ALIVE_MS);
  return socket.once('close', () => (socket.unref = () => socket));
};
