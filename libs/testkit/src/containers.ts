import { connect } from 'node:net';

/** Where Docker listens, if it does: `docker` on the path says nothing about that. */
const dockerAddress = (): { readonly path: string } | { readonly host: string; readonly port: number } => {
  const host = process.env['DOCKER_HOST'];
  if (!host) return { path: '/var/run/docker.sock' };
  const url = new URL(host);
  return url.protocol === 'unix:' ? { path: url.pathname } : { host: url.hostname, port: Number(url.port || 2375) };
};

/** Whether containers can be started here. Cheap: one connection, no package loaded. */
export const containersRun = (): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(dockerAddress());
    const answer = (runs: boolean) => (): void => {
      socket.destroy();
      resolve(runs);
    };
    socket.once('connect', answer(true)).once('error', answer(false)).setTimeout(1_000, answer(false));
  });
