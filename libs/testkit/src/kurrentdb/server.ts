import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import {
  Server,
  ServerCredentials,
  status,
  type sendUnaryData,
  type ServerReadableStream,
  type ServerUnaryCall,
  type ServerWritableStream,
} from '@grpc/grpc-js';
import { ServerFeaturesService } from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/serverfeatures_grpc_pb';
import { SupportedMethods } from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/serverfeatures_pb';
import { StreamsService } from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_grpc_pb';
import { AppendReq, ReadReq, type AppendResp, type ReadResp } from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb';
import type { TestCertificate } from '../certificates';
import { kurrentLog, type KurrentLog, type Proposed } from './log';
import { appendedOf, confirmation, expectedOf, nameOf, notFound, proposedOf, readOf } from './messages';
import { select, selectionOf } from './selection';

type AppendCall = ServerReadableStream<AppendReq, AppendResp>;
type ReadCall = ServerWritableStream<ReadReq, ReadResp>;

/**
 * A stand-in for a KurrentDB server: speaks its gRPC protocol to the real client, keeps everything in memory. It knows appending, reading
 * and catch-up subscriptions, with filters; everything else answers "unimplemented".
 */
export interface KurrentStandIn {
  readonly connectionString: string;
  /** Breaks off every open subscription, as a server that restarts does. */
  breakSubscriptions(): void;
  stop(): void;
}

const receive = (log: KurrentLog) => (call: AppendCall, answer: sendUnaryData<AppendResp>) => {
  const events: Proposed[] = [];
  let options = new AppendReq.Options();
  call.on('data', (request: AppendReq) => {
    const message = request.getProposedMessage();
    if (message) events.push(proposedOf(message));
    else options = request.getOptions() ?? options;
  });
  call.on('end', () => {
    const expected = expectedOf(options);
    answer(null, appendedOf(log.append(nameOf(options.getStreamIdentifier()), expected, events), expected));
  });
};

const read = (log: KurrentLog, options: ReadReq.Options, call: ReadCall): void => {
  const selection = selectionOf(options);
  const found = select(log, selection);
  if (found) for (const event of found.slice(0, Number(options.getCount()))) call.write(readOf(event));
  else call.write(notFound(selection.stream ?? ''));
  call.end();
};

/** What is there and what comes are told without a gap, because nothing can be appended in between. */
const subscribe = (log: KurrentLog, options: ReadReq.Options, call: ReadCall): (() => void) => {
  const selection = selectionOf(options);
  call.write(confirmation(randomUUID()));
  for (const event of select(log, selection) ?? []) call.write(readOf(event));
  return log.listen((event) => {
    if ((selection.stream ?? event.stream) === event.stream && selection.filter(event)) call.write(readOf(event));
  });
};

const features = (_call: ServerUnaryCall<unknown, SupportedMethods>, answer: sendUnaryData<SupportedMethods>): void => {
  const supported = new SupportedMethods();
  supported.setEventStoreServerVersion('24.10.0');
  answer(null, supported);
};

const credentialsOf = (certificate: TestCertificate | undefined): ServerCredentials =>
  certificate
    ? ServerCredentials.createSsl(null, [
        { cert_chain: readFileSync(certificate.certificateFile), private_key: readFileSync(certificate.keyFile) },
      ])
    : ServerCredentials.createInsecure();

const bind = (server: Server, credentials: ServerCredentials): Promise<number> =>
  new Promise((resolve, reject) => server.bindAsync('127.0.0.1:0', credentials, (error, port) => (error ? reject(error) : resolve(port))));

/** By TLS where it is given a certificate for its address. */
export const startKurrentStandIn = async (certificate?: TestCertificate): Promise<KurrentStandIn> => {
  const log = kurrentLog();
  const subscriptions = new Set<ReadCall>();
  const server = new Server({ 'grpc.max_receive_message_length': -1 });
  server.addService(ServerFeaturesService, { getSupportedMethods: features });
  server.addService(StreamsService, {
    append: receive(log),
    read: (call: ReadCall) => {
      const options = call.request.getOptions() ?? new ReadReq.Options();
      if (!options.hasSubscription()) return read(log, options, call);
      const leave = subscribe(log, options, call);
      subscriptions.add(call);
      call.on('close', () => subscriptions.delete(call));
      call.on('cancelled', leave);
      call.on('error', leave);
    },
  });
  const port = await bind(server, credentialsOf(certificate));
  return {
    connectionString: `kurrentdb://127.0.0.1:${port}?tls=${certificate !== undefined}`,
    breakSubscriptions: () => {
      for (const call of subscriptions) call.emit('error', { code: status.UNAVAILABLE, details: 'The stand-in broke it off.' });
      subscriptions.clear();
    },
    stop: () => server.forceShutdown(),
  };
};
