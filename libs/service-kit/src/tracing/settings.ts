import { EnvError, makeValidator } from 'envalid';
import type { SettingsSpec } from '../settings/settings';

/** Named as OpenTelemetry names them. */
export interface TracingSettings {
  readonly OTEL_EXPORTER_OTLP_ENDPOINT: string | undefined;
  readonly OTEL_EXPORTER_OTLP_HEADERS: Readonly<Record<string, string>> | undefined;
  readonly OTEL_TRACES_SAMPLER_ARG: number;
}

const httpUrl = makeValidator((input) => {
  const url = URL.canParse(input) ? new URL(input) : undefined;
  if (url && /^https?:$/.test(url.protocol) && url.search === '' && url.hash === '') return input.replace(/\/$/, '');
  throw new EnvError('not such a URL');
});

const headerList = makeValidator<Readonly<Record<string, string>>>((input) => {
  const pairs = input.split(',').map((pair) => /^\s*([\w-]+)=(\S(?:.*\S)?)\s*$/.exec(pair));
  if (pairs.some((pair) => pair === null)) throw new EnvError('not a list of headers');
  return Object.fromEntries(pairs.flatMap((pair) => (pair ? [[pair[1] ?? '', pair[2] ?? '']] : [])));
});

const share = makeValidator<number>((input) => {
  const value = Number(input);
  if (input.trim() !== '' && value >= 0 && value <= 1) return value;
  throw new EnvError('out of range');
});

export const tracingSpec: SettingsSpec<TracingSettings> = {
  OTEL_EXPORTER_OTLP_ENDPOINT: httpUrl({
    desc: 'the OpenTelemetry collector that traces are sent to, by OTLP over HTTP; /v1/traces is added. Without it nothing is traced.',
    default: undefined,
    example: 'http://otel-collector:4318',
  }),
  OTEL_EXPORTER_OTLP_HEADERS: headerList({
    desc: 'headers that are sent to the collector, name=value parted by commas, such as its key.',
    default: undefined,
  }),
  OTEL_TRACES_SAMPLER_ARG: share({
    desc: 'the share of traces that are kept, 0 to 1, of those that begin here: a request whose traceparent says so is kept, or not, with its caller’s.',
    default: 0.1,
    example: '0.05',
  }),
};
