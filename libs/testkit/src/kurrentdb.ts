import { opensslMissing, testAuthority, type TestCertificate } from './certificates';
import { containersRun } from './containers';
import type { Running, TestServer } from './describe-with';
import { servedBy } from './served-by';

/** A KurrentDB for a suite. */
export interface KurrentForTests {
  readonly connectionString: string;
  /** Breaks off every open subscription; only the stand-in can. */
  readonly breakSubscriptions?: () => void;
  stop(): Promise<void>;
}

const IMAGE = 'kurrentplatform/kurrentdb:25.1';
const PORT = 2113;
const NOTHING_TO_STOP = async (): Promise<void> => undefined;

const inContainer = async (): Promise<KurrentForTests> => {
  const { GenericContainer, Wait } = await import('testcontainers');
  const container = await new GenericContainer(IMAGE)
    .withEnvironment({ KURRENTDB_INSECURE: 'true', KURRENTDB_MEM_DB: 'true', KURRENTDB_MAX_APPEND_SIZE: '16777216' })
    .withExposedPorts(PORT)
    .withWaitStrategy(Wait.forHttp('/health/live', PORT).forStatusCode(204))
    .start();
  return {
    connectionString: `kurrentdb://${container.getHost()}:${container.getMappedPort(PORT)}?tls=false`,
    stop: async () => void (await container.stop()),
  };
};

const inProcess = async (certificate?: TestCertificate): Promise<KurrentForTests> => {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded only when needed, as gRPC takes its time; `import()` would want a file extension here, which Jest cannot resolve
  const { startKurrentStandIn } = require('./kurrentdb/server') as typeof import('./kurrentdb/server');
  const { connectionString, breakSubscriptions, stop } = await startKurrentStandIn(certificate);
  return { connectionString, breakSubscriptions, stop: async () => stop() };
};

/** The server at KURRENTDB_URL, else a container where Docker is, else a stand-in that speaks KurrentDB's protocol. Says which it was. */
export const kurrentForTests = async (): Promise<KurrentForTests> => {
  const connectionString = process.env['KURRENTDB_URL'];
  if (connectionString) {
    servedBy('KurrentDB', 'the server at KURRENTDB_URL');
    return { connectionString, stop: NOTHING_TO_STOP };
  }
  if (await containersRun()) {
    servedBy('KurrentDB', `a container of ${IMAGE}`);
    return inContainer();
  }
  servedBy('KurrentDB', 'the stand-in that speaks its protocol (no KURRENTDB_URL, no Docker)');
  return inProcess();
};

export interface SecuredKurrent extends Running {
  /** Without the authority: whoever believes everybody's only does not get in. */
  readonly connectionString: string;
  readonly caFile: string;
}

/** For `describeWith`: the stand-in, by TLS, with a certificate of an authority that nobody knows. */
export const securedKurrent: TestServer<SecuredKurrent> = {
  name: 'a KurrentDB with TLS',
  missing: opensslMissing,
  start: async () => {
    const authority = await testAuthority();
    const { connectionString, stop } = await inProcess(await authority.issue('IP:127.0.0.1'));
    const { caFile } = authority;
    return {
      ...{ connectionString, caFile, from: 'the stand-in that speaks its protocol, by TLS' },
      stop: async () => {
        await stop();
        await authority.remove();
      },
    };
  },
};
